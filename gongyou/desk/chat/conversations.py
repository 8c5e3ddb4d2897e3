"""Conversations, and the keys (cookies) that open them."""

import secrets
from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gongyou.desk.base import Base, UtcDateTime, one_of
from gongyou.desk.errors import Erased, NotFound
from gongyou.desk.vault import hash_token

type Mode = Literal["bot", "person"]
type Origin = Literal["web", "hotline"]


class Conversation(Base):
    """One worker's chat. Its id is secret too: it is the sender that Rasa knows.

    `erased_at`: its words are gone at the worker's wish, and nothing more is written here.
    `origin`: a worker's own phone or computer, or a call that a clerk typed in. `opened_at`: when
    a key of the worker's own first opened it; that stays when the key is forgotten.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        CheckConstraint(one_of("mode", ("bot", "person")), name="mode"),
        CheckConstraint(one_of("origin", ("web", "hotline")), name="origin"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    mode: Mapped[Mode] = mapped_column(String(8), default="bot")
    origin: Mapped[Origin] = mapped_column(String(8), default="web")
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ConversationKey(Base):
    """A device's way in: the SHA-256 of its cookie."""

    __tablename__ = "conversation_keys"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


def open_conversation(session: Session, now: datetime) -> tuple[Conversation, str]:
    """A new conversation and the cookie that opens it: 256 random bits, stored only as a hash."""
    conversation = Conversation(id=secrets.token_hex(32), created_at=now, mode="bot", opened_at=now)
    session.add(conversation)
    session.flush()
    return conversation, add_key(session, conversation.id, now)


def open_by_phone(session: Session, now: datetime) -> Conversation:
    """A new conversation that no cookie opens: a clerk of the hotline types it in."""
    conversation = Conversation(
        id=secrets.token_hex(32), created_at=now, mode="bot", origin="hotline"
    )
    session.add(conversation)
    session.flush()
    return conversation


def add_key(session: Session, conversation_id: str, now: datetime) -> str:
    """One more cookie for the conversation, for another device."""
    token = secrets.token_urlsafe(32)
    conversation = session.get_one(Conversation, conversation_id)
    conversation.opened_at = conversation.opened_at or now
    key = ConversationKey(hash=hash_token(token), conversation_id=conversation_id, created_at=now)
    session.add(key)
    session.flush()
    return token


def forget_key(session: Session, token: str) -> None:
    """This cookie opens nothing any more; nothing happens when it did not."""
    session.execute(delete(ConversationKey).where(ConversationKey.hash == hash_token(token)))


def fetch_conversation(session: Session, token: str) -> Conversation | None:
    """The conversation this cookie opens."""
    query = select(Conversation).join(
        ConversationKey, ConversationKey.conversation_id == Conversation.id
    )
    return session.scalars(query.where(ConversationKey.hash == hash_token(token))).one_or_none()


def lock_conversation(session: Session, conversation_id: str) -> Conversation:
    """The conversation, held until the transaction ends; its writers queue here.

    Raises NotFound, Erased.
    """
    found = hold_conversation(session, conversation_id)
    if found.erased_at is not None:
        raise Erased("conversation_erased")
    return found


def hold_conversation(session: Session, conversation_id: str) -> Conversation:
    """The same for one that may have been erased. Raises NotFound."""
    query = select(Conversation).where(Conversation.id == conversation_id).with_for_update()
    found = session.scalars(query, execution_options={"populate_existing": True}).one_or_none()
    if found is None:
        raise NotFound("conversation_missing")
    return found


def set_mode(session: Session, conversation_id: str, mode: Mode) -> None:
    """Who answers from now on: the bot, or a person. Raises NotFound."""
    lock_conversation(session, conversation_id).mode = mode
    session.flush()
