"""「稍后看」: cases that one person put aside, until a day or for whenever they like."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.review.holding import hold_readable
from gongyou.desk.review.table import SavedCase


def save_for_later(
    session: Session, ticket_id: int, person: Person, until: date | None, now: datetime
) -> SavedCase:
    """Put it on this person's own list, or change the day. Raises NotFound."""
    hold_readable(session, ticket_id, person)
    saved = session.get(SavedCase, (person.id, ticket_id))
    if saved is None:
        saved = SavedCase(person_id=person.id, ticket_id=ticket_id, until=until, created_at=now)
        session.add(saved)
    saved.until = until
    record(session, actor_of(person), "ticket.save", f"ticket:{ticket_id}", now)
    return saved


def drop_saved(session: Session, ticket_id: int, person: Person, now: datetime) -> bool:
    """Take it off the list, also when it is not theirs to read any more; whether it was there."""
    saved = session.get(SavedCase, (person.id, ticket_id))
    if saved is None:
        return False
    session.delete(saved)
    record(session, actor_of(person), "ticket.unsave", f"ticket:{ticket_id}", now)
    return True


def fetch_saved(
    session: Session, person: Person, tickets: Collection[int]
) -> Mapping[int, SavedCase]:
    """Those of these tickets that are on this person's list."""
    query = select(SavedCase).where(
        SavedCase.person_id == person.id, SavedCase.ticket_id.in_(tickets)
    )
    return {saved.ticket_id: saved for saved in session.scalars(query)} if tickets else {}
