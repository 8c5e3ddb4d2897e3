"""A chat's own tickets, as the worker sees them: all they asked for, in any state."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from gongyou.desk.chat.messages import Message
from gongyou.desk.tickets.moves import HELD
from gongyou.desk.tickets.table import Ticket

MOST = 50  # of one chat; nobody comes near it


def fetch_own_tickets(session: Session, conversation_id: str) -> Sequence[Ticket]:
    """Newest first."""
    query = select(Ticket).where(_asked_for(conversation_id))
    return session.scalars(query.order_by(Ticket.id.desc()).limit(MOST)).all()


def fetch_own_ticket(session: Session, conversation_id: str, ticket_id: int) -> Ticket | None:
    """None for a ticket of another chat, as for one that is not there."""
    query = select(Ticket).where(Ticket.id == ticket_id, _asked_for(conversation_id))
    return session.scalars(query).one_or_none()


def has_tickets(session: Session, conversation_id: str) -> bool:
    query = select(Ticket.id).where(_asked_for(conversation_id))
    return session.scalars(query.limit(1)).first() is not None


def fetch_held(session: Session, conversation_id: str) -> Sequence[Ticket]:
    """Those of the chat that somebody has in hand."""
    query = select(Ticket).where(Ticket.conversation_id == conversation_id, Ticket.status.in_(HELD))
    return session.scalars(query.order_by(Ticket.id)).all()


def last_words_of(session: Session, conversation_id: str, person_id: int) -> int:
    """The number of what this person wrote last in the chat; 0 when they wrote nothing yet."""
    query = select(func.max(Message.id)).where(
        Message.conversation_id == conversation_id, Message.person_id == person_id
    )
    return session.scalars(query).one() or 0


def _asked_for(conversation_id: str) -> ColumnElement[bool]:
    """A review is the officers' own affair: nobody promised the worker anything."""
    return and_(Ticket.conversation_id == conversation_id, Ticket.kind != "review")
