"""Who answers in a chat that somebody holds: the holder steps back, and steps in again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.chat.conversations import Mode, lock_conversation, set_mode
from gongyou.desk.errors import NotAllowed
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.tickets.moves import HELD
from gongyou.desk.tickets.scope import check_holder, readable
from gongyou.desk.tickets.table import Ticket


def hand_back(session: Session, ticket_id: int, person: Person, now: datetime) -> Mode | None:
    """The bot answers again and the ticket stays as it is, with its holder.

    Gives who answers from now on: "person" when somebody else holds another ticket of the chat.
    None when the bot answers already. Raises NotFound, WrongState, NotAllowed: nobody steps back
    from a worker who has not been answered.
    """
    ticket = check_holder(session, ticket_id, person, "reply")
    if ticket.status == "accepted":
        raise NotAllowed("answer_first")
    if lock_conversation(session, ticket.conversation_id).mode == "bot":
        return None
    mode: Mode = "person" if _has_another(session, ticket) else "bot"
    set_mode(session, ticket.conversation_id, mode)
    record(session, actor_of(person), "ticket.hand_back", f"ticket:{ticket_id}", now)
    return mode


def step_in(session: Session, ticket_id: int, person: Person, now: datetime) -> bool:
    """The holder answers again; whether that is news. Raises NotFound, WrongState, NotAllowed."""
    ticket = check_holder(session, ticket_id, person, "reply")
    if lock_conversation(session, ticket.conversation_id).mode == "person":
        return False
    set_mode(session, ticket.conversation_id, "person")
    record(session, actor_of(person), "ticket.step_in", f"ticket:{ticket_id}", now)
    return True


def _has_another(session: Session, ticket: Ticket) -> bool:
    others = select(Ticket.id).where(
        Ticket.conversation_id == ticket.conversation_id,
        Ticket.status.in_(HELD),
        Ticket.person_id != ticket.person_id,
    )
    return session.scalars(others.limit(1)).first() is not None


def fetch_held_chat(session: Session, ticket_id: int, person: Person) -> str | None:
    """The chat of a ticket that this person holds, and may read still."""
    mine = select(Ticket.conversation_id).where(
        Ticket.id == ticket_id,
        Ticket.person_id == person.id,
        Ticket.status.in_(HELD),
        readable(session, person),
    )
    return session.scalars(mine).one_or_none()
