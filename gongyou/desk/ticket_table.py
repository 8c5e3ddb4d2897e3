"""The tickets' table, and the line of it that a list shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from gongyou.desk.base import Base, EncryptedJson, EncryptedText, Json, UtcDateTime, one_of

type Kind = Literal["legal_aid", "handoff"]
type Status = Literal["open", "taken", "answered", "closed"]

KINDS = ("legal_aid", "handoff")
CRISIS = "crisis"  # the topic that comes first
STATUSES = ("open", "taken", "answered", "closed")


class Ticket(Base):
    """One request for a person. `region` is a GB/T 2260 code, "000000" when not known."""

    __tablename__ = "tickets"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        CheckConstraint(one_of("status", STATUSES), name="status"),
        Index("ix_tickets_kind_status_created_at", "kind", "status", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    kind: Mapped[Kind] = mapped_column(String(16))
    topic: Mapped[str] = mapped_column(String(64))
    region: Mapped[str] = mapped_column(String(6))
    facts: Mapped[Json] = mapped_column(EncryptedJson)
    summary: Mapped[str] = mapped_column(EncryptedText)
    words: Mapped[str] = mapped_column(EncryptedText)
    contact: Mapped[str] = mapped_column(EncryptedText)
    consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    status: Mapped[Status] = mapped_column(String(8), default="open")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class TicketLine:
    """What a list shows of a ticket: nothing that is encrypted."""

    id: int
    kind: Kind
    topic: str
    region: str
    status: Status
    person_id: int | None
    created_at: datetime
    taken_at: datetime | None
    answered_at: datetime | None
