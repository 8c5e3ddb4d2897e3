"""「标出来」: a mark on a case for everybody who may see it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.review.holding import hold_readable
from gongyou.desk.review.table import CaseFlag


def flag_case(session: Session, ticket_id: int, person: Person, now: datetime) -> bool:
    """Mark it; whether it was not marked before. Raises NotFound."""
    hold_readable(session, ticket_id, person)
    if session.get(CaseFlag, ticket_id) is not None:
        return False
    session.add(CaseFlag(ticket_id=ticket_id, person_id=person.id, created_at=now))
    record(session, actor_of(person), "ticket.flag", f"ticket:{ticket_id}", now)
    return True


def unflag_case(session: Session, ticket_id: int, person: Person, now: datetime) -> bool:
    """Take the mark away, whoever set it; whether there was one. Raises NotFound."""
    hold_readable(session, ticket_id, person)
    flag = session.get(CaseFlag, ticket_id)
    if flag is None:
        return False
    session.delete(flag)
    record(session, actor_of(person), "ticket.unflag", f"ticket:{ticket_id}", now)
    return True


def fetch_flag(session: Session, ticket_id: int) -> CaseFlag | None:
    """The caller has checked who reads."""
    return session.get(CaseFlag, ticket_id)


def find_flagged(session: Session, tickets: Collection[int]) -> frozenset[int]:
    """Those of these tickets that are marked."""
    query = select(CaseFlag.ticket_id).where(CaseFlag.ticket_id.in_(tickets))
    return frozenset(session.scalars(query)) if tickets else frozenset()
