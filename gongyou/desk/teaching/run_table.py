"""The training runs' tables: who asked, what came of it, and which examples each model has."""

from datetime import datetime
from typing import Literal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from gongyou.desk.base import Base, Json, UtcDateTime, one_of

type RunKind = Literal["train", "rollback", "release"]
type RunState = Literal["asked", "running", "promoted", "refused", "broken"]

RUN_KINDS = ("train", "rollback", "release")
RUN_STATES = ("asked", "running", "promoted", "refused", "broken")
UNFINISHED_RUNS: tuple[RunState, ...] = ("asked", "running")


class TrainingRun(Base):
    """One training, a return to an earlier set, or the same set under new code (release).

    `model` is the archive's file name, `base` the fingerprint of code and own sentences it was
    made from. `figures` are {"present": {...}, "candidate": {...}}; `why` are keys of sentences,
    for a refused or broken run.
    """

    __tablename__ = "training_runs"
    __table_args__ = (
        CheckConstraint(one_of("kind", RUN_KINDS), name="kind"),
        CheckConstraint(one_of("state", RUN_STATES), name="state"),
        Index("ix_training_runs_state_id", "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RunKind] = mapped_column(String(16))
    state: Mapped[RunState] = mapped_column(String(16), default="asked")
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    model: Mapped[str | None] = mapped_column(String(64))
    base: Mapped[str | None] = mapped_column(String(16))
    figures: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    why: Mapped[list[str]] = mapped_column(JSON, default=list)


class TrainingExample(Base):
    """A correction that a run learns."""

    __tablename__ = "training_examples"

    run_id: Mapped[int] = mapped_column(ForeignKey("training_runs.id"), primary_key=True)
    correction_id: Mapped[int] = mapped_column(
        ForeignKey("corrections.id"), primary_key=True, index=True
    )
