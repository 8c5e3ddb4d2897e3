"""Whom a case was offered to, and what they said."""

from datetime import datetime
from typing import Literal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from gongyou.desk.base import Base, EncryptedText, UtcDateTime, one_of

type OfferAnswer = Literal["pending", "accepted", "declined", "expired", "cancelled", "transferred"]

ANSWERS = ("pending", "accepted", "declined", "expired", "cancelled", "transferred")


class Offer(Base):
    """One lawyer asked to take one ticket; a ticket has one pending offer at most.

    `reasons` say why this lawyer, each a key with its values; `note` is why they declined, or gave
    the case away after all ("transferred"). `is_past`: the case was opened again since.
    """

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint(one_of("answer", ANSWERS), name="answer"),
        Index(
            "uq_offers_pending",
            "ticket_id",
            unique=True,
            sqlite_where=text("answer = 'pending'"),
            postgresql_where=text("answer = 'pending'"),
        ),
        Index("ix_offers_person_id_answer", "person_id", "answer"),
        Index("ix_offers_person_id_offered_at", "person_id", "offered_at"),
        Index("ix_offers_answer_expires_at", "answer", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    warned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[OfferAnswer] = mapped_column(String(16), default="pending")
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str | None] = mapped_column(EncryptedText)
    is_past: Mapped[bool] = mapped_column(default=False)
