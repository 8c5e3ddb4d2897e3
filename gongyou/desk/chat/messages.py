"""What was said, by whom, and whether the bot has answered it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gongyou.desk.base import Base, EncryptedJson, EncryptedText, Json, UtcDateTime, one_of
from gongyou.desk.chat.conversations import lock_conversation
from gongyou.desk.errors import NotFound

type Sender = Literal["worker", "bot", "lawyer", "officer", "system"]
type State = Literal["received", "answered", "failed", "flagged", "none"]

SENDERS = ("worker", "bot", "lawyer", "officer", "system")
STATES = ("received", "answered", "failed", "flagged", "none")
UNANSWERED = ("received", "failed")


class Message(Base):
    """One message. `state` speaks of a worker's message only; every other has "none".

    `attempts` counts how often the bot failed to answer it. `staff_only`: what the bot still said
    after a person had taken the chat; the desk sees it, the worker does not.
    """

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint(one_of("sender", SENDERS), name="sender"),
        CheckConstraint(one_of("state", STATES), name="state"),
        UniqueConstraint("conversation_id", "client_key"),
        Index("ix_messages_conversation_id_id", "conversation_id", "id"),
        Index("ix_messages_state_created_at", "state", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    sender: Mapped[Sender] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(EncryptedText)
    payload: Mapped[Json | None] = mapped_column(EncryptedJson)
    client_key: Mapped[str | None] = mapped_column(String(128))
    state: Mapped[State] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(default=0)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    staff_only: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


def write_message(
    session: Session,
    conversation_id: str,
    *,
    sender: Sender,
    text: str,
    now: datetime,
    payload: Json | None = None,
    client_key: str | None = None,
    state: State = "none",
    person_id: int | None = None,
    staff_only: bool = False,
) -> Message:
    """Store a message; a client_key seen before in this conversation gives the stored one.

    The conversation is locked first, so numbers within it grow in the order of commits and a
    reader who asks for "after N" misses none. Raises NotFound.
    """
    lock_conversation(session, conversation_id)
    if client_key is not None:
        stored = _fetch_by_key(session, conversation_id, client_key)
        if stored is not None:
            return stored
    message = Message(
        conversation_id=conversation_id,
        sender=sender,
        text=text,
        payload=payload,
        client_key=client_key,
        state=state,
        person_id=person_id,
        staff_only=staff_only,
        created_at=now,
    )
    session.add(message)
    session.flush()
    return message


def _fetch_by_key(session: Session, conversation_id: str, client_key: str) -> Message | None:
    query = select(Message).where(
        Message.conversation_id == conversation_id, Message.client_key == client_key
    )
    return session.scalars(query).one_or_none()


def fetch_messages(
    session: Session,
    conversation_id: str,
    after_id: int = 0,
    limit: int | None = None,
    *,
    for_worker: bool = False,
) -> list[Message]:
    """The conversation's messages with a higher number than `after_id`, in order.

    `for_worker` leaves out what only the desk sees.
    """
    query = select(Message).where(Message.conversation_id == conversation_id, Message.id > after_id)
    if for_worker:
        query = query.where(Message.staff_only.is_(False))
    return list(session.scalars(query.order_by(Message.id).limit(limit)))


def is_sent(session: Session, conversation_id: str, client_key: str) -> bool:
    """Whether a message with this client_key is stored already."""
    return _fetch_by_key(session, conversation_id, client_key) is not None


def fetch_unanswered(session: Session, before: datetime, limit: int = 100) -> list[Message]:
    """The oldest worker messages written before this time that the bot still owes an answer."""
    query = select(Message).where(
        Message.state.in_(UNANSWERED), Message.sender == "worker", Message.created_at < before
    )
    return list(session.scalars(query.order_by(Message.created_at, Message.id).limit(limit)))


def is_sentence(message: Message) -> bool:
    """Whether it is a worker's own words, and no button they pressed."""
    is_pressed = bool((message.payload or {}).get("pressed"))
    return message.sender == "worker" and not is_pressed and bool(message.text.strip())


def mark_message(session: Session, message_id: int, state: State) -> Message:
    """Set what became of a worker's message; "failed" adds one attempt. Raises NotFound."""
    message = session.get(Message, message_id, with_for_update=True)
    if message is None:
        raise NotFound("message_missing")
    message.state = state
    message.attempts += state == "failed"
    session.flush()
    return message


def fetch_button(session: Session, conversation_id: str, message_id: int, index: int) -> str | None:
    """The payload behind a button of a message in this very conversation, else None."""
    message = session.get(Message, message_id)
    if message is None or message.conversation_id != conversation_id or not message.payload:
        return None
    buttons: Sequence[Json] = message.payload.get("buttons") or []
    if message.sender == "worker" or message.staff_only or not 0 <= index < len(buttons):
        return None
    return str(buttons[index]["payload"])
