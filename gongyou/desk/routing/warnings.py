"""Whoever owes something is warned while there is time: an offer's lawyer, an answer's holder."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.notices.telling import tell_all, tell_person
from gongyou.desk.people.accounts import get_person
from gongyou.desk.people.lawyers import LawyerProfile
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.routing.offers import fetch_on_duty
from gongyou.desk.routing.promises import desk_hours, warn_at
from gongyou.desk.routing.worktime import IsWorkday, OfficeHours, own_hours
from gongyou.desk.tickets.moves import UNFINISHED
from gongyou.desk.tickets.table import Ticket

HORIZON = timedelta(days=14)  # a promise farther away than that is not near its end


def warn_of_offers(session: Session, is_workday: IsWorkday, now: datetime) -> list[int]:
    """Lawyers whose offer soon goes to another are told once. Gives the tickets' numbers."""
    pending = select(Offer).where(Offer.answer == "pending", Offer.warned_at.is_(None))
    hours_of = _known_hours(session, is_workday)
    warned = []
    for offer in session.scalars(pending.with_for_update(skip_locked=True)).all():
        if now < warn_at(offer.offered_at, offer.expires_at, hours_of(offer.person_id)):
            continue
        ticket = session.get_one(Ticket, offer.ticket_id)
        event = f"offer_ends:{offer.id}"
        tell_person(session, offer.person_id, "offer_ends", ticket, event, now, offer.expires_at)
        offer.warned_at = now
        warned.append(ticket.id)
    return warned


def warn_of_answers(session: Session, is_workday: IsWorkday, now: datetime) -> list[int]:
    """Whoever owes a worker an answer is told before the promised time. Gives the numbers."""
    near = select(
        Ticket.id, Ticket.person_id, Ticket.asked_at, Ticket.created_at, Ticket.due_at
    ).where(
        Ticket.status.in_(UNFINISHED),
        Ticket.due_at <= now + HORIZON,
        Ticket.warned_at.is_(None),
    )
    hours_of = _known_hours(session, is_workday)
    warned = []
    rows = session.execute(near.order_by(Ticket.due_at)).all()
    for ticket_id, person_id, asked_at, created_at, due in rows:
        assert due is not None  # the query leaves those out
        since = max(asked_at or created_at, due - HORIZON)
        if now >= warn_at(since, due, hours_of(person_id)) and _warn(session, ticket_id, due, now):
            warned.append(ticket_id)
    return warned


def _warn(session: Session, ticket_id: int, due: datetime, now: datetime) -> bool:
    """False when somebody has the ticket in hand at this moment: the next round looks again."""
    still = select(Ticket).where(
        Ticket.id == ticket_id, Ticket.due_at == due, Ticket.warned_at.is_(None)
    )
    ticket = session.scalars(still.with_for_update(skip_locked=True)).one_or_none()
    if ticket is None:
        return False
    event = f"reply_due:{ticket.id}:{due.isoformat()}"
    holder = get_person(session, ticket.person_id) if ticket.person_id else None
    if holder is not None and holder.active:
        tell_person(session, holder.id, "reply_due", ticket, event, now, due)
    else:
        tell_all(session, fetch_on_duty(session, ticket), "reply_due", ticket, event, now, due)
    ticket.warned_at = now
    return True


def _known_hours(session: Session, is_workday: IsWorkday) -> Callable[[int | None], OfficeHours]:
    """When somebody can be reached; the office's hours for an officer, or nobody yet."""
    query = select(LawyerProfile.person_id, LawyerProfile.hours)
    given = {person_id: hours for person_id, hours in session.execute(query) if hours}
    office = desk_hours(is_workday)

    @cache
    def hours_of(person_id: int | None) -> OfficeHours:
        own = given.get(person_id) if person_id else None
        return own_hours(is_workday, own) if own else office

    return hours_of
