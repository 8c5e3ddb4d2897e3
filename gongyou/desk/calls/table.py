"""The calls' table: which clerk entered which conversation, and until when it is theirs to see."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gongyou.desk.base import Base, UtcDateTime


class HotlineCall(Base):
    """One call. What was said is in its conversation, the caller's number in a ticket.

    `region`: a GB/T 2260 code, "000000" when the caller did not say. `start_key`: the form that
    started it, so that one sent twice starts one call.
    """

    __tablename__ = "hotline_calls"
    __table_args__ = (
        UniqueConstraint("conversation_id"),
        UniqueConstraint("person_id", "start_key"),
        Index("ix_hotline_calls_person_id_started_at", "person_id", "started_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    region: Mapped[str] = mapped_column(String(6))
    start_key: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
