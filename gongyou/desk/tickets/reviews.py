"""Nobody asked for a person, but somebody should look: one unfinished review a chat.

A review promises the worker nothing. Where somebody is in charge already, none is opened.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.base import Json
from gongyou.desk.chat.conversations import lock_conversation
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.tickets.care import belongs_to_care
from gongyou.desk.tickets.moves import UNFINISHED, lock_ticket, move_ticket
from gongyou.desk.tickets.opening import open_ticket
from gongyou.desk.tickets.scope import readable
from gongyou.desk.tickets.table import Cause, Ticket

STRONGER: Final[tuple[Cause, ...]] = ("low_confidence", "unclear", "rated_down")  # the last wins


def open_review(
    session: Session,
    conversation_id: str,
    *,
    cause: Cause,
    topic: str,
    region: str,
    now: datetime,
    words: str = "",
    facts: Json | None = None,
) -> Ticket | None:
    """The chat's unfinished review, or a new one; None where a person already has the chat.

    Of two causes the stronger stands; `words`: what the worker added. Raises NotFound.
    """
    chat = lock_conversation(session, conversation_id)
    waiting = fetch_review(session, conversation_id)
    if waiting is not None:
        _strengthen(waiting, cause, topic, words)
        session.flush()
        return waiting
    if chat.mode == "person" or _is_called(session, conversation_id):
        return None
    of_chat = select(func.count(Ticket.id)).where(Ticket.conversation_id == conversation_id)
    opened = open_ticket(
        session,
        conversation_id,
        kind="review",
        topic=topic,
        region=region,
        facts=facts or {},
        summary="",
        words=words,
        contact="",
        consent=False,
        idempotency_key=f"review:{session.scalars(of_chat).one()}",
        now=now,
        cause=cause,
    )
    return opened.ticket


def fetch_review(session: Session, conversation_id: str) -> Ticket | None:
    """The chat's unfinished review."""
    query = select(Ticket).where(
        Ticket.conversation_id == conversation_id,
        Ticket.kind == "review",
        Ticket.status.in_(UNFINISHED),
    )
    return session.scalars(query.order_by(Ticket.id.desc())).first()


def mark_reviewed(session: Session, ticket_id: int, person: Person, now: datetime) -> Ticket:
    """An officer has looked, and nothing is to be said; who took the chat over closes it instead.

    Raises NotFound, NotAllowed (not a review of theirs to read), WrongState.
    """
    lock_ticket(session, ticket_id)
    theirs = and_(Ticket.kind == "review", readable(session, person))
    seen = move_ticket(session, ticket_id, "look", theirs, person_id=person.id, closed_at=now)
    record(session, actor_of(person), "ticket.look", f"ticket:{ticket_id}", now)
    return seen


def _strengthen(review: Ticket, cause: Cause, topic: str, words: str) -> None:
    """A later cause counts when it is no weaker; what the worker wrote is not lost."""
    assert review.cause is not None
    if STRONGER.index(cause) >= STRONGER.index(review.cause):
        review.cause, review.topic = cause, topic
    review.words = words or review.words
    review.is_care = review.is_care or belongs_to_care(topic, cause, {})


def _is_called(session: Session, conversation_id: str) -> bool:
    """Whether the worker has called for a person who has not come or not finished yet."""
    query = select(Ticket.id).where(
        Ticket.conversation_id == conversation_id,
        Ticket.kind == "handoff",
        Ticket.status.in_(UNFINISHED),
    )
    return session.scalars(query.limit(1)).first() is not None
