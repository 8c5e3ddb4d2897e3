"""A case given away: its reason kept, the next lawyer asked at once, the officers told."""

from datetime import datetime

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from gongyou.desk.notices.telling import tell_all
from gongyou.desk.people.accounts import Person
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.routing.offers import fetch_on_duty, route_ticket
from gongyou.desk.routing.promises import answer_due, desk_hours
from gongyou.desk.routing.worktime import IsWorkday
from gongyou.desk.tickets.life import transfer_ticket
from gongyou.desk.tickets.moves import HELD
from gongyou.desk.tickets.scope import in_scope
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
    """The holder's case goes to another. Raises NotFound, NotAllowed, WrongState."""
    ticket = transfer_ticket(session, ticket_id, person, now, due_at, note=reason)
    event = f"transfer:{ticket_id}:{now.isoformat()}"
    tell_all(session, fetch_on_duty(session, ticket), "transfer", ticket, event, now)
    route_ticket(session, ticket_id, is_workday, now)
    return ticket


def take_from_leavers(session: Session, is_workday: IsWorkday, now: datetime) -> list[int]:
    """Cases in the hands of people who no longer work here, or whose account no longer lets them
    read the case, find another. Gives their numbers."""
    numbers = []
    for ticket, person in [*_of_people_who_left(session), *_of_officers_out_of_scope(session)]:
        due_at = answer_due(ticket.kind, ticket.priority, now, desk_hours(is_workday))
        transfer_ticket(session, ticket.id, person, now, due_at, actor="system")
        event = f"left:{ticket.id}:{person.id}:{now.isoformat()}"
        tell_all(session, fetch_on_duty(session, ticket), "transfer", ticket, event, now)
        route_ticket(session, ticket.id, is_workday, now)
        numbers.append(ticket.id)
    return numbers


def _of_people_who_left(session: Session) -> list[tuple[Ticket, Person]]:
    held = select(Ticket, Person).join(Person, Ticket.person_id == Person.id)
    left = held.where(Ticket.status.in_(HELD), Person.active.is_(False)).order_by(Ticket.id)
    return [(ticket, person) for ticket, person in session.execute(left)]


def _of_officers_out_of_scope(session: Session) -> list[tuple[Ticket, Person]]:
    """Their regions or employer were changed, or the case's region was corrected."""
    holders = select(Ticket.person_id).where(Ticket.status.in_(HELD))
    officers = select(Person).where(
        Person.id.in_(holders), Person.role == "officer", Person.active.is_(True)
    )
    found = []
    for officer in session.scalars(officers.order_by(Person.id)).all():
        held = select(Ticket).where(Ticket.person_id == officer.id, Ticket.status.in_(HELD))
        outside = held.where(not_(in_scope(session, officer))).order_by(Ticket.id)
        found += [(ticket, officer) for ticket in session.scalars(outside)]
    return found


def fetch_pending(session: Session, ticket_ids: list[int]) -> dict[int, Offer]:
    """The offers on the table, by ticket, in one query."""
    query = select(Offer).where(Offer.ticket_id.in_(ticket_ids), Offer.answer == "pending")
    return {offer.ticket_id: offer for offer in session.scalars(query)} if ticket_ids else {}
