"""Who is told what happened to a case: an e-mail to a person, a line in the staff's group.

Put into the outbox within the step's own transaction; nothing of the case is in it.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from gongyou.desk.notices.outbox import put_notice
from gongyou.desk.notices.table import KINDS
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.table import Ticket


def tell_person(
    session: Session,
    person_id: int | None,
    kind: str,
    ticket: Ticket,
    event: str,
    now: datetime,
    at: datetime | None = None,
) -> None:
    """One e-mail for one `event` (its dedupe key), if the person works here and has an address.

    `at`: the time the notice speaks of.
    """
    person = session.get(Person, person_id) if person_id else None
    if person is None or not person.active or not person.email:
        return
    put_notice(
        session,
        dedupe_key=f"{event}:person:{person.id}",
        kind=kind,
        channel="email",
        person_id=person.id,
        subject=f"ticket:{ticket.id}",
        values=_values(kind, ticket, at),
        now=now,
    )


def tell_group(
    session: Session,
    kind: str,
    ticket: Ticket,
    event: str,
    now: datetime,
    at: datetime | None = None,
) -> None:
    """One line in the staff's group chats."""
    put_notice(
        session,
        dedupe_key=f"{event}:group",
        kind=kind,
        channel="robot",
        person_id=None,
        subject=f"ticket:{ticket.id}",
        values=_values(kind, ticket, at),
        now=now,
    )


def tell_all(
    session: Session,
    people: Iterable[Person],
    kind: str,
    ticket: Ticket,
    event: str,
    now: datetime,
    at: datetime | None = None,
) -> None:
    """The same to several people, and to the group; of a care case not to the group, once one of
    the care people gets it."""
    told = list(people)
    for person in told:
        tell_person(session, person.id, kind, ticket, event, now, at)
    if not (ticket.is_care and any(one.cares and one.email for one in told)):
        tell_group(session, kind, ticket, event, now, at)


def _values(kind: str, ticket: Ticket, at: datetime | None) -> dict[str, int | datetime]:
    values: dict[str, int | datetime] = {"ticket": ticket.id}
    times = [name for name, is_a in KINDS[kind].items() if is_a is datetime]
    return values | ({name: at for name in times} if at else {})
