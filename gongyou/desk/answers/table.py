"""The answers' tables: an answer, the versions of the rules it rests on, what a worker thought."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gongyou.desk.base import Base, EncryptedText, UtcDateTime, one_of

type Verdict = Literal["useful", "unsolved"]

VERDICTS = ("useful", "unsolved")


class Answer(Base):
    """One answer card. `total`: what it came to, None where it is no sure number.

    `asked_on`: the day it was worked out for. `offered_at`: when the worker was told that its
    rules were corrected. `settled_at`: when a newer answer on the same topic took its place.
    """

    __tablename__ = "answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), unique=True)
    topic: Mapped[str] = mapped_column(String(64))
    region: Mapped[str] = mapped_column(String(6))
    total: Mapped[str | None] = mapped_column(EncryptedText)
    status: Mapped[str] = mapped_column(String(16))
    asked_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RuleVersion(Base):
    """A rule or figure as it once stood; `content` is the hash of what it says and works out."""

    __tablename__ = "rule_versions"
    __table_args__ = (UniqueConstraint("rule_id", "content"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[str] = mapped_column(String(160))
    content: Mapped[str] = mapped_column(String(64))
    since: Mapped[date]
    status: Mapped[str] = mapped_column(String(16))


class AnswerRule(Base):
    """An answer rests on this version of a rule."""

    __tablename__ = "answer_rules"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("rule_versions.id"), primary_key=True, index=True
    )


class Rating(Base):
    """What the worker thought of an answer: one tap, and a word that may be empty."""

    __tablename__ = "ratings"
    __table_args__ = (
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),
        Index("ix_ratings_created_at", "created_at"),
    )

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(String(8))
    word: Mapped[str] = mapped_column(EncryptedText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
