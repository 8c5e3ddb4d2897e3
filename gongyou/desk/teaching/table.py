"""The corrections' table: a sentence, what it was taken for, and what it really asks."""

from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from gongyou.desk.base import Base, EncryptedJson, EncryptedText, Json, UtcDateTime, one_of

type State = Literal["proposed", "approved", "rejected", "withdrawn"]

STATES = ("proposed", "approved", "rejected", "withdrawn")
LIVE: tuple[State, ...] = ("proposed", "approved")  # the states that contradict others


class Correction(Base):
    """A worker's sentence without its names, and the topic (and facts) an officer gives it.

    `was_topic`: what the bot acted on, None when that is not kept. `facts` are values by name as
    the rulebook encodes them, {} when only the topic is corrected. `settled_by`: who approved,
    rejected or withdrew it; `reason` is their word on it.
    """

    __tablename__ = "corrections"
    __table_args__ = (
        CheckConstraint(one_of("state", STATES), name="state"),
        Index("ix_corrections_state_id", "state", "id"),
        {"sqlite_autoincrement": True},  # the trail's numbers stand for one each, for good
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    was_topic: Mapped[str | None] = mapped_column(String(64))
    topic: Mapped[str] = mapped_column(String(64))
    facts: Mapped[Json] = mapped_column(EncryptedJson)
    text: Mapped[str] = mapped_column(EncryptedText)
    state: Mapped[State] = mapped_column(String(16), default="proposed")
    proposed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(EncryptedText)
