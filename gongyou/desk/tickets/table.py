"""The tickets' table, and the line of it that a list shows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from gongyou.desk.base import Base, EncryptedJson, EncryptedText, Json, UtcDateTime, one_of

type Kind = Literal["legal_aid", "handoff", "review", "aid"]
type Status = Literal["opened", "offered", "accepted", "answered", "waiting", "closed", "withdrawn"]
type Cause = Literal["asked", "unclear", "low_confidence", "rated_down", "crisis", "silent"]

KINDS = ("legal_aid", "handoff", "review", "aid")
FOR_OFFICERS = ("handoff", "review", "aid")  # the kinds that no lawyer takes
WITH_CONSENT = ("legal_aid", "aid")  # the kinds a worker hands in, and agrees to
CAUSES: tuple[Cause, ...] = ("asked", "unclear", "low_confidence", "rated_down", "crisis", "silent")
CRISIS = "crisis"  # the topic that comes first
STATUSES = ("opened", "offered", "accepted", "answered", "waiting", "closed", "withdrawn")
FIRST, NORMAL = 0, 3  # priorities: crisis, urgent, soon, normal


class Ticket(Base):
    """One request for a person, an application (aid), or a chat to look at unasked (review).

    `cause`: why officers have it; None for what a worker handed in. `is_care`: the care people's
    (tickets/care.py), as it was opened or as its facts turned out; never taken back. `region` is a
    GB/T 2260 code, "000000" when not known.

    `reasons` are the keys of why the priority is what it is. `employer_key` is the employer's
    blinded name, None when no employer is known. `due_at` is when the next answer is promised to
    what was asked at `asked_at`, `warned_at` when the one who owes it was last warned.
    `deadline_on` is the nearest legal deadline. `fell_at`: no lawyer took it, the officers on duty
    have it. `sources` says which message each fact came from; `conclusion` is what the rulebook
    said, with its rules' versions. `transfer_note` is why an officer last gave it away.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        CheckConstraint(one_of("cause", CAUSES), name="cause"),
        CheckConstraint(one_of("status", STATUSES), name="status"),
        Index("ix_tickets_kind_status_priority_id", "kind", "status", "priority", "id"),
        Index("ix_tickets_person_id_status_priority_id", "person_id", "status", "priority", "id"),
        Index("ix_tickets_status_due_at", "status", "due_at"),
        Index("ix_tickets_cause_status_priority_id", "cause", "status", "priority", "id"),
        Index("ix_tickets_employer_key_id", "employer_key", "id"),
        Index(  # the few chats of care, among which every list looks
            "ix_tickets_care",
            "conversation_id",
            postgresql_where=text("is_care IS true"),
            sqlite_where=text("is_care IS 1"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    kind: Mapped[Kind] = mapped_column(String(16))
    cause: Mapped[Cause | None] = mapped_column(String(16))
    topic: Mapped[str] = mapped_column(String(64))
    is_care: Mapped[bool] = mapped_column(default=False)
    region: Mapped[str] = mapped_column(String(6))
    facts: Mapped[Json] = mapped_column(EncryptedJson)
    sources: Mapped[Json] = mapped_column(EncryptedJson)
    conclusion: Mapped[Json | None] = mapped_column(EncryptedJson)
    summary: Mapped[str] = mapped_column(EncryptedText)
    words: Mapped[str] = mapped_column(EncryptedText)
    contact: Mapped[str] = mapped_column(EncryptedText)
    employer: Mapped[str] = mapped_column(EncryptedText)
    employer_key: Mapped[str | None] = mapped_column(String(64))
    employer_agreed: Mapped[bool] = mapped_column(default=False)
    consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    status: Mapped[Status] = mapped_column(String(16), default="opened")
    priority: Mapped[int] = mapped_column(default=NORMAL)
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    warned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fell_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deadline_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(String(32))
    closing_note: Mapped[str | None] = mapped_column(EncryptedText)
    transfer_note: Mapped[str | None] = mapped_column(EncryptedText)


@dataclass(frozen=True, slots=True)
class TicketLine:
    """What a list shows of a ticket: nothing that is encrypted."""

    id: int
    kind: Kind
    cause: Cause | None
    topic: str
    region: str
    status: Status
    priority: int
    reasons: list[str]
    person_id: int | None
    created_at: datetime
    due_at: datetime | None
    deadline_on: date | None
    fell_at: datetime | None
    is_care: bool
    asked_at: datetime | None
