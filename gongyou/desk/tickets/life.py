"""The steps people take with a ticket; moves.yaml says which may follow which.

The first refusal wins: a step is checked against the holder, then guarded in its UPDATE.
`due_at` is when the next answer is promised; the caller works it out (routing/promises.py).
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.chat.conversations import lock_conversation, set_mode
from gongyou.desk.chat.messages import Message, write_message
from gongyou.desk.errors import ConflictNotAsked, NotAllowed, NotFound, UnknownOutcome
from gongyou.desk.notices.telling import tell_person
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.people.lawyers import is_bound_to
from gongyou.desk.routing.settling import (
    cancel_offer,
    give_up_offer,
    leave_offers_behind,
    settle_offer,
)
from gongyou.desk.tickets.moves import HELD, get_ticket, lock_ticket, move_ticket, outcomes_of
from gongyou.desk.tickets.scope import check_holder, fallen_to, in_scope, reads
from gongyou.desk.tickets.sheets import WORKER
from gongyou.desk.tickets.table import FOR_OFFICERS, Ticket


def accept_ticket(
    session: Session,
    ticket_id: int,
    person: Person,
    now: datetime,
    *,
    no_conflict: bool = True,
    due_at: datetime | None = None,
) -> Ticket:
    """The ticket becomes this person's, and the chat theirs to answer; of two, one wins.

    A lawyer takes what is offered to them and has said that they are not bound to the employer;
    an officer takes a call for a person or a review, or on duty a case no lawyer took. Taking
    one's own again changes nothing. Raises NotFound, NotAllowed, WrongState, ConflictNotAsked.
    """
    ticket = lock_ticket(session, ticket_id)
    if ticket.person_id == person.id and ticket.status in HELD:
        return ticket
    if not no_conflict:
        raise ConflictNotAsked("conflict_not_asked")
    fell_at = ticket.fell_at
    if person.role == "lawyer":
        settle_offer(session, ticket_id, person, "accepted", now)
        fell_at = None  # a lawyer has it after all: no longer the officers' on duty
    taken = move_ticket(
        session,
        ticket_id,
        "accept",
        _takeable(session, person),
        person_id=person.id,
        fell_at=fell_at,
        accepted_at=now,
        due_at=due_at,
        warned_at=None,
    )
    set_mode(session, taken.conversation_id, "person")
    record(session, actor_of(person), "ticket.accept", f"ticket:{ticket_id}", now)
    return taken


def _takeable(session: Session, person: Person) -> ColumnElement[bool]:
    """Checked in the UPDATE itself: a lawyer's offer was settled just before."""
    if person.role == "lawyer":
        return Ticket.kind == "legal_aid"
    if person.role != "officer":
        raise NotAllowed("not_yours_to_take")
    return and_(Ticket.status == "opened", _for_officers(person), in_scope(session, person))


def _for_officers(person: Person) -> ColumnElement[bool]:
    return Ticket.kind.in_(FOR_OFFICERS) | fallen_to(person)


def reply_ticket(
    session: Session,
    ticket_id: int,
    person: Person,
    text: str,
    now: datetime,
    client_key: str | None = None,
    *,
    asks: bool = False,
) -> Message:
    """Answer in the worker's chat, as often as needed; a client_key makes a repeat harmless: it
    gives what was stored and moves nothing, whatever became of the ticket since.

    With `asks` the worker is asked for something, and the ticket waits for them.
    Raises NotFound, NotAllowed, WrongState.
    """
    sent = _sent_before(session, lock_ticket(session, ticket_id), person, client_key)
    if sent is not None:
        return sent
    ticket = check_holder(session, ticket_id, person, "reply")
    step = "ask" if asks and ticket.status != "waiting" else "reply"
    if not (asks and ticket.status == "waiting"):
        mine = Ticket.person_id == person.id
        answered_at = ticket.answered_at or (None if asks else now)
        move_ticket(
            session, ticket_id, step, mine, answered_at=answered_at, due_at=None, warned_at=None
        )
    message = write_message(
        session,
        ticket.conversation_id,
        sender="lawyer" if person.role == "lawyer" else "officer",
        text=text,
        now=now,
        client_key=client_key,
        person_id=person.id,
    )
    record(session, actor_of(person), f"ticket.{step}", f"ticket:{ticket_id}", now)
    return message


def _sent_before(
    session: Session, ticket: Ticket, person: Person, client_key: str | None
) -> Message | None:
    query = select(Message).where(
        Message.conversation_id == ticket.conversation_id,
        Message.client_key == client_key,
        Message.person_id == person.id,
    )
    return None if client_key is None else session.scalars(query).one_or_none()


def hear_worker(
    session: Session, conversation_id: str, now: datetime, due_at: datetime | None = None
) -> list[Ticket]:
    """The worker wrote: what waited for them is the holder's again. Gives those tickets.

    Raises NotFound (no such conversation).
    """
    lock_conversation(session, conversation_id)
    waiting = select(Ticket.id).where(
        Ticket.conversation_id == conversation_id, Ticket.status == "waiting"
    )
    heard = []
    for ticket_id in session.scalars(waiting).all():
        heard.append(move_ticket(session, ticket_id, "hear", **_asked(now, due_at)))
        record(session, WORKER, "ticket.hear", f"ticket:{ticket_id}", now)
    return heard


def transfer_ticket(
    session: Session,
    ticket_id: int,
    person: Person,
    now: datetime,
    due_at: datetime | None = None,
    actor: str | None = None,
    note: str = "",
) -> Ticket:
    """Give the holder's case back for another to take; routing leaves this person out.

    `note`, why, stands with the offer by which they took it, else with the ticket. `actor`: who
    takes the step, if not the holder. Raises NotFound, NotAllowed, WrongState.
    """
    check_holder(session, ticket_id, person, "transfer")
    mine = Ticket.person_id == person.id
    ticket = move_ticket(
        session, ticket_id, "transfer", mine, person_id=None, **_asked(now, due_at)
    )
    if not give_up_offer(session, ticket_id, person.id, now, note):
        ticket.transfer_note = note or None
    _free_chat(session, ticket.conversation_id)
    record(session, actor or actor_of(person), "ticket.transfer", f"ticket:{ticket_id}", now)
    return ticket


def close_ticket(
    session: Session,
    ticket_id: int,
    person: Person,
    now: datetime,
    outcome: str = "advised",
    note: str = "",
) -> Ticket:
    """The matter is done; the bot answers again unless another ticket of the chat is held.

    Raises NotFound, NotAllowed, UnknownOutcome, WrongState: it is answered before it is closed.
    """
    check_holder(session, ticket_id, person, "close")
    if outcome not in outcomes_of(get_ticket(session, ticket_id).kind):
        raise UnknownOutcome("outcome_unknown")
    ticket = move_ticket(
        session,
        ticket_id,
        "close",
        Ticket.person_id == person.id,
        closed_at=now,
        outcome=outcome,
        closing_note=note,
        due_at=None,
    )
    _free_chat(session, ticket.conversation_id)
    record(session, actor_of(person), "ticket.close", f"ticket:{ticket_id}", now)
    return ticket


def withdraw_ticket(
    session: Session, conversation_id: str, ticket_id: int, now: datetime
) -> Ticket:
    """The worker takes the case back: from now on nobody at the desk reads it.

    Whoever had it, or was asked to take it, is told.
    Raises NotFound (also for a ticket of another chat), WrongState.
    """
    if lock_ticket(session, ticket_id).conversation_id != conversation_id:
        raise NotFound("ticket_missing")
    ticket = move_ticket(session, ticket_id, "withdraw", due_at=None, closed_at=now)
    asked = cancel_offer(session, ticket_id, now)
    _free_chat(session, conversation_id)
    record(session, WORKER, "ticket.withdraw", f"ticket:{ticket_id}", now)
    event = f"withdrawn:{ticket_id}:{now.isoformat()}"
    tell_person(session, ticket.person_id or asked, "withdrawn", ticket, event, now)
    return ticket


def reopen_ticket(
    session: Session,
    ticket_id: int,
    actor: str,
    now: datetime,
    due_at: datetime | None = None,
    only_if: ColumnElement[bool] | None = None,
) -> Ticket:
    """Open a finished case again: with its holder if they still work here, may read it and are
    not bound to the employer, else for routing.

    What was withdrawn comes back only through the worker. Raises NotFound, WrongState, NotAllowed
    (`only_if` does not hold, or it was withdrawn).
    """
    ticket = lock_ticket(session, ticket_id)
    condition = and_(
        true() if only_if is None else only_if,
        true() if actor == WORKER else Ticket.status == "closed",
    )
    holder = session.get(Person, ticket.person_id) if ticket.person_id else None
    is_theirs = (
        holder is not None
        and holder.active
        and reads(session, ticket_id, holder)
        and not is_bound_to(session, holder, ticket.employer)
    )
    if ticket.status == "closed" and is_theirs:
        again = move_ticket(
            session, ticket_id, "resume", condition, closed_at=None, **_asked(now, due_at)
        )
        set_mode(session, again.conversation_id, "person")
    else:
        again = move_ticket(
            session,
            ticket_id,
            "reopen",
            condition,
            person_id=None,
            closed_at=None,
            fell_at=None,
            **_asked(now, due_at),
        )
    leave_offers_behind(session, ticket_id)
    record(session, actor, "ticket.reopen", f"ticket:{ticket_id}", now)
    return again


def _asked(now: datetime, due_at: datetime | None) -> dict[str, datetime | None]:
    """The columns of a promise that begins now."""
    return {"asked_at": now, "due_at": due_at, "warned_at": None}


def _free_chat(session: Session, conversation_id: str) -> None:
    """The bot answers again, unless another ticket of the chat is held."""
    held = select(Ticket.id).where(
        Ticket.conversation_id == conversation_id, Ticket.status.in_(HELD)
    )
    if session.scalars(held.limit(1)).first() is None:
        set_mode(session, conversation_id, "bot")
