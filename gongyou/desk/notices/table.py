"""The outbox's table: one row, one delivery, and what a notice may say."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from gongyou.desk.base import Base, UtcDateTime, one_of

type Channel = Literal["email", "robot"]
type State = Literal["pending", "sending", "sent", "failed", "doubtful"]
type Value = int | datetime

CHANNELS = ("email", "robot")
STATES = ("pending", "sending", "sent", "failed", "doubtful")

# kind: what it speaks of, and the only things of a case that a notice may carry
KINDS: Mapping[str, Mapping[str, type]] = {
    "offer": {"ticket": int, "until": datetime},  # look at it until then, or it passes on
    "offer_ends": {"ticket": int, "until": datetime},  # still not answered
    "offer_passed": {"ticket": int},  # was not answered, somebody else is asked
    "transfer": {"ticket": int},  # the holder gave it away
    "reply_due": {"ticket": int, "due": datetime},  # the worker was promised an answer until then
    "called": {"ticket": int},  # a worker asks for a person
    "applied": {"ticket": int},  # a worker handed in an application for aid
    "fell_to_duty": {"ticket": int},  # no lawyer took it
    "worker_wrote": {"ticket": int},
    "withdrawn": {"ticket": int},
    "early_warning": {"alert": int},  # a cell of a closed week passed a threshold
    "weekly_report": {"week": int},  # the reports of a week are made: 202647
}


class Notice(Base):
    """One notice to one e-mail address or one robot. It never holds a case's content.

    pending    waits until `next_at`, or is being prepared by the clerk who set `next_at`
    sending    the end of the message is on the wire: from here on a crash leaves a doubt
    sent       accepted by the mail server or the robot
    failed     not tried again; the last attempt surely delivered nothing
    doubtful   not tried again; the last attempt may have delivered it

    `attempts` numbers the claims, so a clerk that was overtaken can tell. `error` is what went
    wrong last, as a short code (`refused 550`), never a server's words. A notice to a robot has
    no person; where there are several robots, `values["robot"]` is the robot's place in the list.
    """

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint(one_of("channel", CHANNELS), name="channel"),
        CheckConstraint(one_of("state", STATES), name="state"),
        Index("ix_notices_state_next_at", "state", "next_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(String(128), unique=True)
    kind: Mapped[str] = mapped_column(String(32))
    channel: Mapped[Channel] = mapped_column(String(16))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    subject: Mapped[str] = mapped_column(String(64))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[State] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(String(200))


def to_json(kind: str, values: Mapping[str, Value]) -> dict[str, int | str]:
    """The values as stored: numbers, and times in ISO 8601.

    Raises ValueError unless they are exactly the numbers and aware times this kind speaks of:
    nothing else of a case may ever reach a mail server or a chat group.
    """
    wanted = KINDS.get(kind)
    if wanted is None or values.keys() != wanted.keys():
        raise ValueError(f"A notice of kind {kind!r} must carry {sorted(wanted or ())}.")
    return {name: _plain(name, values[name], wanted[name]) for name in wanted}


def _plain(name: str, value: Value, wanted: type) -> int | str:
    if not isinstance(value, wanted):
        raise ValueError(f"A notice's {name!r} must be of type {wanted.__name__}.")
    if isinstance(value, int):
        return value
    if value.tzinfo is None:
        raise ValueError(f"A notice's {name!r} must be an aware time.")
    return value.isoformat()
