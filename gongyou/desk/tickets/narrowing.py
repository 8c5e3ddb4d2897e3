"""What narrows a list of tickets, and how many there are for each cause."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, and_, func, select, true

from gongyou.desk.review.table import CaseFlag, SavedCase
from gongyou.desk.tickets.scope import covers
from gongyou.desk.tickets.table import Cause, Ticket

type Order = Literal["urgent", "longest", "newest"]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """None and False for no wish.

    `region` is a code, a province's with its cities; "000000" for a region not known. `since`:
    waiting from this moment on or longer.
    """

    cause: Cause | None = None
    region: str | None = None
    since: datetime | None = None
    flagged: bool = False
    order: Order = "urgent"


EVERYTHING: Final = Narrowing()


def narrowed(wanted: Narrowing) -> ColumnElement[bool]:
    """To be joined with what the person may see."""
    parts: list[ColumnElement[bool]] = []
    if wanted.cause is not None:
        parts.append(Ticket.cause == wanted.cause)
    if wanted.region is not None:
        parts.append(covers(wanted.region))
    if wanted.since is not None:
        parts.append(_waiting_since() <= wanted.since)
    if wanted.flagged:
        parts.append(Ticket.id.in_(select(CaseFlag.ticket_id)))
    return and_(true(), *parts)


def ordered(order: Order) -> tuple[ColumnElement[Any], ...]:
    """The most urgent first; or who waits longest; or the newest."""
    orders: Mapping[Order, tuple[ColumnElement[Any], ...]] = {
        "urgent": (Ticket.priority.expression, Ticket.id.expression),
        "longest": (_waiting_since(), Ticket.id.expression),
        "newest": (Ticket.id.desc(),),
    }
    return orders[order]


def _waiting_since() -> ColumnElement[datetime]:
    return func.coalesce(Ticket.asked_at, Ticket.created_at)


def by_day(person_id: int) -> tuple[ColumnElement[Any], ...]:
    """One's cases for later: those with a day first, by day."""
    until = (
        select(SavedCase.until)
        .where(SavedCase.ticket_id == Ticket.id, SavedCase.person_id == person_id)
        .scalar_subquery()
    )
    return (until.is_(None), until, Ticket.id.expression)


def saved_by(person_id: int) -> ColumnElement[bool]:
    """On this person's list for later, and not taken back by the worker."""
    saved = select(SavedCase.ticket_id).where(SavedCase.person_id == person_id)
    return and_(Ticket.id.in_(saved), Ticket.status != "withdrawn")
