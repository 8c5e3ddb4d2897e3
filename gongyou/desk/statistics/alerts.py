"""Warnings of a published week: many workers in one cell, or many more than before.

They rest on published figures alone, so a warning tells nothing that the page does not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.notices.outbox import put_notice
from gongyou.desk.people.accounts import Person
from gongyou.desk.statistics.figures import Count
from gongyou.desk.statistics.places import UNKNOWN, place_of
from gongyou.desk.statistics.reading import fetch_employer_names, read_counts
from gongyou.desk.statistics.sight import visible_alerts
from gongyou.desk.statistics.table import Alert, Subject, Week, Why
from gongyou.desk.statistics.weeks import WEEK, last_closed

THRESHOLDS: Final = Path(__file__).with_name("thresholds.yaml")


@dataclass(frozen=True, slots=True)
class Cell:
    """An employer, a park or a topic in a city; `name` is the employer's key."""

    subject: Subject
    region: str
    name: str


@dataclass(frozen=True, slots=True)
class Passed:
    """`before`: the mean of the weeks before, rounded; 0 when there are too few of them."""

    cell: Cell
    why: Why
    workers: int
    before: int


def find_warnings(
    now: Iterable[Count], before: Sequence[Sequence[Count]], thresholds: Mapping[str, Any]
) -> list[Passed]:
    """The cells of a week that pass a threshold. `before`: the weeks before it, each with its
    classes; a rise is judged only when there are as many as `rise.weeks` says."""
    rise = thresholds["rise"]
    earlier = [_cells(counts) for counts in before]
    found = []
    for cell, workers in _cells(now).items():
        mean = None
        if len(earlier) == rise["weeks"]:
            mean = sum(week.get(cell, rise["unseen"]) for week in earlier) / len(earlier)
        is_rise = (
            mean is not None and workers >= rise["times"] * mean and workers - mean >= rise["more"]
        )
        if is_rise or workers >= thresholds["many"][cell.subject]:
            why: Why = "rise" if is_rise else "many"
            found.append(Passed(cell, why, workers, round(mean or 0)))
    return found


def put_alerts(session: Session, monday: date, now: datetime) -> list[Alert]:
    """The week's alerts, in the transaction that publishes it.

    Officers on duty are noticed of the last week's; what is made up for long after tells nobody.
    """
    warnings = _judge(session, monday)
    keys = [one.cell.name for one in warnings if one.cell.subject == "employer"]
    names = fetch_employer_names(session, keys)
    alerts = [_alert(one, names, monday, now) for one in warnings]
    session.add_all(alerts)
    session.flush()
    for alert in alerts if monday == last_closed(now) else []:
        _notify(session, alert, now)
    return alerts


@cache
def read_thresholds() -> Mapping[str, Any]:
    thresholds: Mapping[str, Any] = yaml.safe_load(THRESHOLDS.read_text(encoding="utf-8"))
    return thresholds


def _judge(session: Session, monday: date) -> list[Passed]:
    thresholds = read_thresholds()
    earlier = [monday - WEEK * n for n in range(1, thresholds["rise"]["weeks"] + 1)]
    known = session.scalars(select(Week.monday).where(Week.monday.in_(earlier))).all()
    counts = read_counts(session, [monday, *known])
    weeks = [[count for count in counts if count.monday == one] for one in (monday, *known)]
    return find_warnings(weeks[0], weeks[1:], thresholds)


def _cells(counts: Iterable[Count]) -> Mapping[Cell, int]:
    pairs = [(cell, count) for count in counts for cell in _cells_of(count)]
    sums: dict[Cell, int] = {}
    for cell, count in pairs:
        sums[cell] = sums.get(cell, 0) + count.workers
    return sums


def _cells_of(count: Count) -> Iterator[Cell]:
    """None for classes of several cities: they are others from week to week."""
    if count.region != UNKNOWN and (not count.region or place_of(count.region).city is None):
        return
    if count.employer:
        yield Cell("employer", count.region, count.employer)
    if count.park:
        yield Cell("park", count.region, count.park)
    if count.topic:
        yield Cell("topic", count.region, count.topic)


def _alert(warning: Passed, names: Mapping[str, str], monday: date, now: datetime) -> Alert:
    cell = warning.cell
    return Alert(
        monday=monday,
        region=cell.region,
        subject=cell.subject,
        name=cell.name,
        shown=names[cell.name] if cell.subject == "employer" else cell.name,
        why=warning.why,
        workers=warning.workers,
        before=warning.before,
        created_at=now,
    )


def _notify(session: Session, alert: Alert, now: datetime) -> None:
    """An e-mail to each officer on duty who may see it, a line in the group: its number only."""
    for person in fetch_told(session, alert):
        _put(session, alert, f"alert:{alert.id}:person:{person.id}", person.id, now)
    _put(session, alert, f"alert:{alert.id}:group", None, now)


def fetch_told(session: Session, alert: Alert) -> list[Person]:
    officers = session.scalars(
        select(Person).where(
            Person.role == "officer", Person.active.is_(True), Person.on_duty.is_(True)
        )
    ).all()
    mine = select(Alert.id).where(Alert.id == alert.id)
    return [
        person
        for person in officers
        if person.email and session.scalar(mine.where(visible_alerts(session, person)))
    ]


def _put(session: Session, alert: Alert, key: str, person_id: int | None, now: datetime) -> None:
    put_notice(
        session,
        dedupe_key=key,
        kind="early_warning",
        channel="robot" if person_id is None else "email",
        person_id=person_id,
        subject=f"alert:{alert.id}",
        values={"alert": alert.id},
        now=now,
    )
