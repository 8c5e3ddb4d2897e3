"""What a person who had to do with a ticket may know of it when its content is closed to them."""

from dataclasses import dataclass

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from gongyou.desk.people.accounts import Person
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.tickets.scope import listed, readable, reads
from gongyou.desk.tickets.table import Status, Ticket


@dataclass(frozen=True, slots=True)
class Standing:
    """The ticket's state, and how this person stands to it; nothing of what is in it."""

    status: Status
    is_holder: bool
    is_held: bool
    can_read: bool


def fetch_standing(session: Session, ticket_id: int, person: Person) -> Standing | None:
    """None for a ticket that this person never held, was never offered and may not list."""
    asked = exists().where(Offer.ticket_id == Ticket.id, Offer.person_id == person.id)
    known = or_(Ticket.person_id == person.id, asked, listed(session, person))
    ticket = session.scalars(select(Ticket).where(Ticket.id == ticket_id, known)).one_or_none()
    if ticket is None:
        return None
    return Standing(
        status=ticket.status,
        is_holder=ticket.person_id == person.id,
        is_held=ticket.person_id is not None,
        can_read=reads(session, ticket_id, person),
    )


def reads_content(ticket: Ticket, person: Person) -> bool:
    """Of a ticket they may read: the whole of it, not only what an offer shows."""
    return ticket.person_id == person.id or person.role == "officer"


def fetch_open_to(session: Session, ticket_id: int, person: Person) -> Ticket | None:
    """The ticket whose files and documents this person works with; the caller tells the trail."""
    query = select(Ticket).where(Ticket.id == ticket_id, readable(session, person))
    ticket = session.scalars(query).one_or_none()
    return ticket if ticket is not None and reads_content(ticket, person) else None


def fetch_listed(session: Session, ticket_id: int, person: Person) -> Ticket | None:
    """A ticket whose way this person may see: a line of it, and whom it went to. None of what the
    worker took back; the caller shows nothing that the worker told."""
    seen = and_(listed(session, person), Ticket.status != "withdrawn")
    query = select(Ticket).where(Ticket.id == ticket_id, seen)
    return session.scalars(query).one_or_none()
