"""A case finds its lawyer: offered to the best, passed on, at last to the officers on duty."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.chat.conversations import Conversation
from gongyou.desk.errors import NotAllowed
from gongyou.desk.notices.telling import tell_all, tell_person
from gongyou.desk.people.accounts import Person, actor_of, get_person
from gongyou.desk.people.lawyers import Conflict
from gongyou.desk.routing.candidates import fetch_candidates, wanted_for
from gongyou.desk.routing.matching import Match, hours_of, rank, reject_reason
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.routing.promises import desk_hours, most_offers, offer_until
from gongyou.desk.routing.settling import settle_offer
from gongyou.desk.routing.worktime import IsWorkday
from gongyou.desk.tickets.care import fetch_care_people, in_care
from gongyou.desk.tickets.moves import get_ticket, lock_ticket, move_ticket
from gongyou.desk.tickets.scope import in_scope
from gongyou.desk.tickets.table import Ticket

AT_ONCE = 20


def route_ticket(
    session: Session, ticket_id: int, is_workday: IsWorkday, now: datetime
) -> Offer | None:
    """Offer an opened legal-aid case to the best lawyer, else give it to the officers on duty.

    Nothing happens to any other ticket, or one that has fallen to them already. Raises NotFound.
    """
    ticket = lock_ticket(session, ticket_id)
    if ticket.kind != "legal_aid" or ticket.status != "opened" or ticket.fell_at is not None:
        return None
    candidates = fetch_candidates(session, ticket_id)
    matches = rank(wanted_for(ticket, now), candidates, is_workday)
    if not matches or _count_offers(session, ticket_id) >= most_offers():
        fall_to_duty(session, ticket, now)
        return None
    best = matches[0]
    chosen = next(each for each in candidates if each.person_id == best.person_id)
    until = offer_until(
        ticket.kind, ticket.priority, now, desk_hours(is_workday), hours_of(chosen, is_workday)
    )
    return _offer(session, ticket, best, now, until)


def assign_ticket(
    session: Session,
    ticket_id: int,
    officer: Person,
    lawyer_id: int,
    is_workday: IsWorkday,
    now: datetime,
) -> Offer:
    """An officer picks the lawyer for a case nobody has taken; the lawyer is asked as always.

    Raises NotFound, NotAllowed (outside the officer's scope, or a lawyer who may not have it),
    WrongState.
    """
    ticket = lock_ticket(session, ticket_id)
    visible = select(Ticket.id).where(Ticket.id == ticket_id, in_scope(session, officer))
    lawyer = get_person(session, lawyer_id)
    if session.scalars(visible).one_or_none() is None or ticket.kind != "legal_aid":
        raise NotAllowed("not_yours_to_assign")
    candidates = {each.person_id: each for each in fetch_candidates(session, ticket_id)}
    chosen = candidates.get(lawyer.id)
    if chosen is None or reject_reason(wanted_for(ticket, now), chosen) is not None:
        raise NotAllowed("lawyer_unfit")
    hours = desk_hours(is_workday)
    until = offer_until(ticket.kind, ticket.priority, now, hours, hours_of(chosen, is_workday))
    match = rank(wanted_for(ticket, now), [chosen], is_workday)[0]
    record(session, actor_of(officer), "ticket.assign", f"ticket:{ticket_id}", now)
    return _offer(session, ticket, match, now, until)


def decline_ticket(
    session: Session,
    ticket_id: int,
    person: Person,
    is_workday: IsWorkday,
    now: datetime,
    *,
    note: str = "",
    has_conflict: bool = False,
) -> Ticket:
    """The lawyer does not take it, and the next one is asked at once.

    With `has_conflict` the employer joins those this lawyer is never asked about again.
    Raises NotFound, NotAllowed.
    """
    ticket = lock_ticket(session, ticket_id)
    settle_offer(session, ticket_id, person, "declined", now, note or None)
    move_ticket(session, ticket_id, "decline")
    if has_conflict and ticket.employer:
        session.add(Conflict(person_id=person.id, name=ticket.employer))
    record(session, actor_of(person), "ticket.decline", f"ticket:{ticket_id}", now)
    route_ticket(session, ticket_id, is_workday, now)
    return ticket


def pass_on_expired(session: Session, is_workday: IsWorkday, now: datetime) -> list[int]:
    """Offers nobody answered in time go to the next lawyer. Gives the tickets' numbers.

    At most AT_ONCE of them, so that nobody waits long for this transaction; a ticket in somebody
    else's hands at this moment is left for the next round too.
    """
    passed = []
    for offer in _lock_expired(session, now):
        ticket = get_ticket(session, offer.ticket_id)
        person = get_person(session, offer.person_id)
        settle_offer(session, ticket.id, person, "expired", now)
        move_ticket(session, ticket.id, "pass_on")
        record(session, "system", "ticket.pass_on", f"ticket:{ticket.id}", now)
        tell_person(session, person.id, "offer_passed", ticket, f"passed:{offer.id}", now)
        route_ticket(session, ticket.id, is_workday, now)
        passed.append(ticket.id)
    return passed


def _lock_expired(session: Session, now: datetime) -> list[Offer]:
    """The expired offers of those chats that are free, all locked before the trail is."""
    expired = (Offer.answer == "pending", Offer.expires_at <= now)
    chats = select(Conversation.id).join(Ticket, Ticket.conversation_id == Conversation.id)
    free = chats.join(Offer, Offer.ticket_id == Ticket.id).where(*expired)
    oldest = free.order_by(Offer.expires_at).limit(AT_ONCE)
    locked = session.scalars(oldest.with_for_update(of=Conversation, skip_locked=True)).all()
    due = select(Offer).join(Ticket, Ticket.id == Offer.ticket_id)
    due = due.where(*expired, Ticket.conversation_id.in_(locked))
    now_due = due.order_by(Offer.expires_at).execution_options(populate_existing=True)
    return list(session.scalars(now_due))


def fall_to_duty(session: Session, ticket: Ticket, now: datetime) -> None:
    """No lawyer took it: the officers on duty have it now, and are told."""
    moved = move_ticket(session, ticket.id, "fall", Ticket.fell_at.is_(None), fell_at=now)
    record(session, "system", "ticket.fall", f"ticket:{ticket.id}", now)
    on_duty = fetch_on_duty(session, moved)
    tell_all(session, on_duty, "fell_to_duty", moved, f"fell:{ticket.id}", now, moved.due_at)


def fetch_on_duty(session: Session, ticket: Ticket) -> list[Person]:
    """The officers on duty whose scope holds the ticket; for one in care, the care people's."""
    caring = fetch_care_people(session) if _is_in_care(session, ticket) else ()
    on_duty = select(Person).where(
        Person.role == "officer", Person.active.is_(True), Person.on_duty.is_(True)
    )
    theirs = [each for each in caring if _holds(session, each, ticket)]
    if theirs:
        return theirs
    return [each for each in session.scalars(on_duty).all() if _holds(session, each, ticket)]


def _is_in_care(session: Session, ticket: Ticket) -> bool:
    query = select(Ticket.id).where(Ticket.id == ticket.id, in_care())
    return session.scalars(query).one_or_none() is not None


def fetch_offers(session: Session, ticket_id: int) -> list[Offer]:
    """Whom the case was offered to, in order."""
    query = select(Offer).where(Offer.ticket_id == ticket_id).order_by(Offer.id)
    return list(session.scalars(query))


def _holds(session: Session, officer: Person, ticket: Ticket) -> bool:
    query = select(Ticket.id).where(Ticket.id == ticket.id, in_scope(session, officer))
    return session.scalars(query).one_or_none() is not None


def _offer(session: Session, ticket: Ticket, match: Match, now: datetime, until: datetime) -> Offer:
    moved = move_ticket(session, ticket.id, "offer")
    offer = Offer(
        ticket_id=ticket.id,
        person_id=match.person_id,
        offered_at=now,
        expires_at=until,
        answer="pending",
        reasons=list(match.reasons),
    )
    session.add(offer)
    session.flush()
    record(session, "system", "ticket.offer", f"ticket:{ticket.id}", now)
    tell_person(session, match.person_id, "offer", moved, f"offer:{offer.id}", now, until)
    return offer


def _count_offers(session: Session, ticket_id: int) -> int:
    """Offers that came to nothing since the case was opened, or opened again."""
    query = select(func.count(Offer.id)).where(
        Offer.ticket_id == ticket_id,
        Offer.answer.in_(("declined", "expired")),
        Offer.is_past.is_(False),
    )
    return session.scalars(query).one()
