"""What is promised a worker and what an offered lawyer is given, from promises.yaml beside this.

`hours` are the office's (`desk_hours`) except where a function says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from gongyou.desk.routing.worktime import (
    IsWorkday,
    OfficeHours,
    in_china,
    office_hours,
    read_spans,
)

PROMISES: Final = Path(__file__).with_name("promises.yaml")
PRIORITIES: Final = ("crisis", "urgent", "soon", "normal")  # by a ticket's number
URGENT: Final = PRIORITIES.index("urgent")


@dataclass(frozen=True, slots=True)
class _Time:
    """Minutes on one of three clocks: office, waking, clock."""

    clock: str
    length: timedelta

    def after(self, now: datetime, hours: OfficeHours) -> datetime:
        match self.clock:
            case "office":
                return hours.add(now, self.length)
            case "waking":
                return _waking_hours().add(now, self.length)
        return in_china(now) + self.length


def desk_hours(is_workday: IsWorkday) -> OfficeHours:
    """The office's hours on the days that are worked."""
    return office_hours(is_workday, read_spans(_promises()["office_hours"]))


def offer_until(
    kind: str, priority: int, now: datetime, hours: OfficeHours, own: OfficeHours | None = None
) -> datetime:
    """When an offer made now is passed on.

    `own`: the lawyer's own hours. An offer that is not urgent also waits until they have had a
    while in which to see it, an evening say, within limits.
    """
    until = _time(kind, priority, "offer").after(now, hours)
    if own is None or priority <= URGENT:
        return until
    waits = _minutes(_promises()["waits_for_own_hours"])
    limit = hours.add(now, waits["at_most"])
    if own.next_opening(now) >= limit:
        return until
    return max(until, min(own.add(now, waits["reachable"]), limit))


def answer_due(kind: str, priority: int, now: datetime, hours: OfficeHours) -> datetime:
    """By when the worker is promised the first answer to what was asked now."""
    return _time(kind, priority, "answer").after(now, hours)


def warn_at(start: datetime, due: datetime, hours: OfficeHours) -> datetime:
    """When whoever must answer is warned: always before `due`, while there is time to act.

    `hours`: those in which the assignee can be reached. With too little of them left it is at
    once, so that a warning never waits for hours that begin only after the promise is broken.
    """
    reachable = hours.between(start, due)
    warning = _promises()["warning"]
    least = timedelta(minutes=warning["minutes_left"])
    left = max(least, reachable * warning["part_left"])
    if reachable <= left:
        return in_china(min(start, due))
    return hours.add(start, reachable - left)


def most_offers() -> int:
    """Declined or expired offers after which the duty officer gets the case."""
    most: int = _promises()["most_offers"]
    return most


def _time(kind: str, priority: int, what: str) -> _Time:
    ((clock, length),) = _minutes(_promise(kind, priority)[what]).items()
    return _Time(clock, length)


def _promise(kind: str, priority: int) -> dict[str, Any]:
    """KeyError for a kind, IndexError for a priority nobody promised anything about."""
    promise: dict[str, Any] = _promises()["promises"][kind][PRIORITIES[priority]]
    return promise


def _minutes(written: Mapping[str, int]) -> dict[str, timedelta]:
    return {name: timedelta(minutes=minutes) for name, minutes in written.items()}


@cache
def _waking_hours() -> OfficeHours:
    return office_hours(lambda _: True, read_spans(_promises()["waking_hours"]))


@cache
def _promises() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(PROMISES.read_text(encoding="utf-8"))
    return read
