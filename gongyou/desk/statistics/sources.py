"""Who asked in a week: one row for each time a worker came, from tickets and from kept answers.

Every source gives the same columns, so that another is a function more. No text is among them.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import CompoundSelect, Select, String, case, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from gongyou.desk.answers.table import Answer
from gongyou.desk.tickets.table import WITH_CONSENT, Ticket

type Columns = Select[str, str, str, str, int, bool]  # as workers.Asked names them
type Source = Callable[[datetime, datetime], Columns]

CASE, ANSWER, CALL = 1, 2, 3  # whose topic is the better one


def tickets(start: datetime, end: datetime) -> Columns:
    """Cases, applications, calls for a person and reviews of the span, but for those taken back."""
    rank = case((Ticket.kind.in_(WITH_CONSENT), CASE), else_=CALL)
    return select(
        Ticket.conversation_id,
        Ticket.topic,
        Ticket.region,
        Ticket.employer_key,
        rank.label("rank"),
        (Ticket.answered_at < end).label("is_answered"),
    ).where(Ticket.created_at >= start, Ticket.created_at < end, Ticket.status != "withdrawn")


def answers(start: datetime, end: datetime) -> Columns:
    """Answers the assistant gave."""
    return select(
        Answer.conversation_id,
        Answer.topic,
        Answer.region,
        null().cast(String).label("employer_key"),
        literal(ANSWER).label("rank"),
        literal(True).label("is_answered"),
    ).where(Answer.created_at >= start, Answer.created_at < end)


SOURCES: Final[Sequence[Source]] = (tickets, answers)


def asked_between(start: datetime, end: datetime) -> CompoundSelect[str, str, str, str, int, bool]:
    return union_all(*(source(start, end) for source in SOURCES))


def first_asked(session: Session) -> datetime | None:
    """When anybody first came; None on an empty desk."""
    columns = (Ticket.created_at, Answer.created_at)
    found = [session.scalar(select(func.min(column))) for column in columns]
    return min((at for at in found if at is not None), default=None)
