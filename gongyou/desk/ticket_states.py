"""A ticket's way: open → taken → answered → closed. Each step is guarded in its UPDATE."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.conversations import set_mode
from gongyou.desk.errors import NotAllowed, NotFound, WrongState
from gongyou.desk.messages import Message, write_message
from gongyou.desk.people import Person, Role, actor_of
from gongyou.desk.ticket_table import Kind, Status, Ticket

HANDLES: dict[Role, Kind] = {"lawyer": "legal_aid", "officer": "handoff"}


def take_ticket(session: Session, ticket_id: int, person: Person, now: datetime) -> Ticket:
    """The ticket becomes this person's, and the chat theirs to answer; of two, one wins.

    Taking one's own ticket again changes nothing. Raises NotFound, NotAllowed, WrongState.
    """
    ticket = _get(session, ticket_id)
    if HANDLES[person.role] != ticket.kind:
        raise NotAllowed("律师接法律援助工单，工会干部接转人工的会话。")
    if ticket.status == "taken" and ticket.person_id == person.id:
        return ticket
    taken = _move(session, ticket_id, "接手", ("open",), "taken", person_id=person.id, taken_at=now)
    set_mode(session, taken.conversation_id, "person")
    record(session, actor_of(person), "ticket.take", f"ticket:{ticket_id}", now)
    return taken


def reply_ticket(
    session: Session,
    ticket_id: int,
    person: Person,
    text: str,
    now: datetime,
    client_key: str | None = None,
) -> Message:
    """Answer in the worker's chat, as often as needed; a client_key makes a repeat harmless.

    Raises NotFound, NotAllowed, WrongState.
    """
    _check_holder(_get(session, ticket_id), person, "答复", ("taken", "answered"))
    ticket = _move(session, ticket_id, "答复", ("taken", "answered"), "answered", answered_at=now)
    message = write_message(
        session,
        ticket.conversation_id,
        sender=person.role,
        text=text,
        now=now,
        client_key=client_key,
        person_id=person.id,
    )
    record(session, actor_of(person), "ticket.reply", f"ticket:{ticket_id}", now)
    return message


def close_ticket(session: Session, ticket_id: int, person: Person, now: datetime) -> Ticket:
    """The matter is done; the bot answers again unless another ticket of the chat is held.

    Raises NotFound, NotAllowed, WrongState: a ticket is answered before it is closed.
    """
    _check_holder(_get(session, ticket_id), person, "办结", ("answered",))
    ticket = _move(session, ticket_id, "办结", ("answered",), "closed", closed_at=now)
    if not _is_held(session, ticket.conversation_id):
        set_mode(session, ticket.conversation_id, "bot")
    record(session, actor_of(person), "ticket.close", f"ticket:{ticket_id}", now)
    return ticket


def _get(session: Session, ticket_id: int) -> Ticket:
    ticket = session.get(Ticket, ticket_id, populate_existing=True)
    if ticket is None:
        raise NotFound("没有这张工单。")
    return ticket


def _check_holder(ticket: Ticket, person: Person, step: str, needed: tuple[Status, ...]) -> None:
    if ticket.status == "open":
        raise WrongState(step, ticket.status, needed)
    if ticket.person_id != person.id:
        raise NotAllowed("这张工单在别人手上。")


def _move(
    session: Session,
    ticket_id: int,
    step: str,
    needed: tuple[Status, ...],
    to: Status,
    **columns: Any,
) -> Ticket:
    guarded = update(Ticket).where(Ticket.id == ticket_id, Ticket.status.in_(needed))
    moved = session.scalars(
        guarded.values(status=to, **columns).returning(Ticket),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if moved is None:
        raise WrongState(step, _get(session, ticket_id).status, needed)
    return moved


def _is_held(session: Session, conversation_id: str) -> bool:
    held = select(Ticket.id).where(
        Ticket.conversation_id == conversation_id, Ticket.status.in_(("taken", "answered"))
    )
    return session.scalars(held.limit(1)).first() is not None
