"""The audit trail as an auditor reads it: the newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from gongyou.desk.audit import AuditEvent, verify_chain

PAGE = 100  # events


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows the trail; "" and None for no wish. The time is [since, until)."""

    subject: str = ""
    actor: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Some events, newest first; `more` when older ones follow."""

    events: Sequence[AuditEvent]
    more: bool


def fetch_trail(session: Session, wanted: Wanted, before: int | None = None) -> TrailPage:
    """The events that fit, from number `before` (itself left out) backwards."""
    query = _narrowed(wanted).order_by(AuditEvent.id.desc()).limit(PAGE + 1)
    if before is not None:
        query = query.where(AuditEvent.id < before)
    events = session.scalars(query).all()
    return TrailPage(events[:PAGE], more=len(events) > PAGE)


def verify_trail(session: Session) -> int | None:
    """`verify_chain` of the trail as it is at this moment, however much is written meanwhile.

    Call it first in its session.
    """
    if session.get_bind().dialect.name == "postgresql" and not session.in_transaction():
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    return verify_chain(session)


def _narrowed(wanted: Wanted) -> Select[AuditEvent]:
    query = select(AuditEvent)
    for column, value in (
        (AuditEvent.subject, wanted.subject),
        (AuditEvent.actor, wanted.actor),
        (AuditEvent.action, wanted.action),
    ):
        if value:
            query = query.where(column == value)
    if wanted.since:
        query = query.where(AuditEvent.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditEvent.at < wanted.until)
    return query
