"""What is published of a week, the alerts it gave reason for, and the reports made of it."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from gongyou.desk.base import Base, EncryptedBytes, EncryptedText, UtcDateTime, one_of

type Subject = Literal["employer", "park", "topic"]
type Why = Literal["many", "rise"]

SUBJECTS = ("employer", "park", "topic")
WHYS = ("many", "rise")


class Week(Base):
    """A closed week that has been published, for good; `monday` is its first day."""

    __tablename__ = "weeks"

    monday: Mapped[date] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WeeklyCount(Base):
    """One class of a week: five workers or more (gongyou/desk/statistics).

    `region` is a GB/T 2260 code: a city's; a province's for its other cities together; "000000"
    for cases of no known region; "" for regions that are not told. `employer` is the normalised
    name. `topic` is None when it is not told, `is_answered` likewise.
    """

    __tablename__ = "weekly_counts"
    __table_args__ = (
        CheckConstraint("workers >= 5", name="workers"),
        Index("ix_weekly_counts_monday_region", "monday", "region"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    monday: Mapped[date] = mapped_column(ForeignKey("weeks.monday"))
    region: Mapped[str] = mapped_column(String(6))
    park: Mapped[str | None] = mapped_column(String(64))
    employer_key: Mapped[str | None] = mapped_column(String(64), index=True)
    employer: Mapped[str | None] = mapped_column(EncryptedText)
    topic: Mapped[str | None] = mapped_column(String(64))
    is_answered: Mapped[bool | None]
    workers: Mapped[int]


class Alert(Base):
    """A cell of a week that passed a threshold. `name` is an employer's key, a park or a topic."""

    __tablename__ = "alerts"
    __table_args__ = (
        CheckConstraint(one_of("subject", SUBJECTS), name="subject"),
        CheckConstraint(one_of("why", WHYS), name="why"),
        Index("ix_alerts_cell", "monday", "region", "subject", "name", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    monday: Mapped[date] = mapped_column(ForeignKey("weeks.monday"))
    region: Mapped[str] = mapped_column(String(6))
    subject: Mapped[Subject] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(64))
    shown: Mapped[str] = mapped_column(EncryptedText)
    why: Mapped[Why] = mapped_column(String(8))
    workers: Mapped[int]
    before: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KeptReport(Base):
    """A weekly report as it was made, of one week and region."""

    __tablename__ = "kept_reports"

    monday: Mapped[date] = mapped_column(ForeignKey("weeks.monday"), primary_key=True)
    region: Mapped[str] = mapped_column(String(6), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    document: Mapped[bytes] = mapped_column(EncryptedBytes)
    workbook: Mapped[bytes] = mapped_column(EncryptedBytes)
