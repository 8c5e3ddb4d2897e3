"""Publishing a week: once, after it has ended, and for good."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gongyou.desk.people.employer_names import normalise
from gongyou.desk.statistics.classes import Domain, Group, form_classes
from gongyou.desk.statistics.parks import park_by_key
from gongyou.desk.statistics.sources import asked_between, first_asked
from gongyou.desk.statistics.table import Week, WeeklyCount
from gongyou.desk.statistics.weeks import WEEK, last_closed, start_of, week_of, weeks_between
from gongyou.desk.statistics.workers import to_cases
from gongyou.desk.tickets.table import Ticket
from gongyou.desk.vault import vault_of


def fetch_unpublished(session: Session, now: datetime) -> Sequence[date]:
    """Mondays of the closed weeks to publish, oldest first: since anybody came, none left out."""
    newest = session.scalar(select(func.max(Week.monday)))
    if newest is not None:
        return list(weeks_between(newest + WEEK, last_closed(now)))
    first = first_asked(session)
    return [] if first is None else list(weeks_between(week_of(first), last_closed(now)))


def publish_week(session: Session, monday: date, domain: Domain, now: datetime) -> bool:
    """Count the week and keep its classes; False when it is published already.

    ValueError for a week that has not ended.
    """
    if monday > last_closed(now):
        raise ValueError("a week is published when it has ended")
    if not _begin(session, monday, now):
        return False
    rows = session.execute(asked_between(start_of(monday), start_of(monday + WEEK)))
    cases = to_cases(rows, park_by_key(vault_of(session)))
    groups = form_classes(cases, domain)
    names = _employer_names(session, {one.label.employer for one in groups} - {None})
    session.add_all(_row(monday, group, names) for group in _without_order(groups))
    session.flush()
    return True


def _begin(session: Session, monday: date, now: datetime) -> bool:
    """Of two clerks one publishes the week; the other waits for it and does nothing."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = insert(Week).values(monday=monday, made_at=now).on_conflict_do_nothing()
    return session.scalar(new.returning(Week.monday)) is not None


def _without_order(groups: Iterable[Group]) -> list[Group]:
    """By label, so that the rows' numbers say nothing of when who came."""
    return sorted(groups, key=lambda one: (str(one.label), str(one.is_answered)))


def _row(monday: date, group: Group, names: dict[str, str]) -> WeeklyCount:
    label = group.label
    key = label.employer
    return WeeklyCount(
        monday=monday,
        region=label.city or label.province or "",
        park=label.park,
        employer_key=key,
        employer=names[key] if key else None,
        topic=label.topic,
        is_answered=group.is_answered,
        workers=len(group.cases),
    )


def _employer_names(session: Session, keys: Iterable[str | None]) -> dict[str, str]:
    """The normalised name behind each key; decrypted only here, for classes of five and more."""
    names = {}
    for key in keys:
        query = select(Ticket.employer).where(Ticket.employer_key == key).limit(1)
        names[str(key)] = normalise(session.scalars(query).one())
    return names
