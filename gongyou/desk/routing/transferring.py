"""A case given away: its reason kept, the next lawyer asked at once, the officers told."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.notices.telling import tell_all
from gongyou.desk.people.accounts import Person
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.routing.offers import fetch_on_duty, route_ticket
from gongyou.desk.routing.promises import answer_due, desk_hours
from gongyou.desk.routing.worktime import IsWorkday
from gongyou.desk.tickets.life import transfer_ticket
from gongyou.desk.tickets.moves import HELD
from gongyou.desk.tickets.table import Ticket


def give_away(
    session: Session,
    ticket_id: int,
    person: Person,
    reason: str,
    is_workday: IsWorkday,
    now: datetime,
    due_at: datetime | None = None,
) -> Ticket:
    """The holder's case goes to another; `reason` stands with the offer by which they took it.

    Raises NotFound, NotAllowed, WrongState.
    """
    ticket = transfer_ticket(session, ticket_id, person, now, due_at)
    taken = select(Offer).where(
        Offer.ticket_id == ticket_id, Offer.person_id == person.id, Offer.answer == "accepted"
    )
    offer = session.scalars(taken.order_by(Offer.id.desc())).first()
    if offer is not None:
        offer.note = reason
    event = f"transfer:{ticket_id}:{now.isoformat()}"
    tell_all(session, fetch_on_duty(session, ticket), "transfer", ticket, event, now)
    route_ticket(session, ticket_id, is_workday, now)
    return ticket


def take_from_leavers(session: Session, is_workday: IsWorkday, now: datetime) -> list[int]:
    """Cases in the hands of people who no longer work here find another. Gives their numbers."""
    held = select(Ticket, Person).join(Person, Ticket.person_id == Person.id)
    left = held.where(Ticket.status.in_(HELD), Person.active.is_(False)).order_by(Ticket.id)
    numbers = []
    for ticket, person in session.execute(left).all():
        due_at = answer_due(ticket.kind, ticket.priority, now, desk_hours(is_workday))
        transfer_ticket(session, ticket.id, person, now, due_at, actor="system")
        event = f"left:{ticket.id}:{person.id}:{now.isoformat()}"
        tell_all(session, fetch_on_duty(session, ticket), "transfer", ticket, event, now)
        route_ticket(session, ticket.id, is_workday, now)
        numbers.append(ticket.id)
    return numbers


def fetch_pending(session: Session, ticket_ids: list[int]) -> dict[int, Offer]:
    """The offers on the table, by ticket, in one query."""
    query = select(Offer).where(Offer.ticket_id.in_(ticket_ids), Offer.answer == "pending")
    return {offer.ticket_id: offer for offer in session.scalars(query)} if ticket_ids else {}
