"""Cuts an interval into the pieces that are judged one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gongyou.rulebook.known import Known
from gongyou.rulebook.model import ONGOING, UNKNOWN, FactValue

MOST_CYCLES: Final = 36
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of time: the part that counts [since, until), and the whole it belongs to."""

    since: date
    until: date
    cycle_since: date
    cycle_until: date
    number: int
    kind: str

    @property
    def facts(self) -> dict[str, FactValue]:
        """What the rules may ask of this piece."""
        part = "yes" if self.kind == "later" and self.until < self.cycle_until else "no"
        return {"cycle": self.kind, "part": part}


@dataclass(frozen=True, slots=True)
class Cut:
    """The pieces; or the facts still missing; or the key of the words why there are none."""

    segments: tuple[Segment, ...] = ()
    missing: tuple[str, ...] = ()
    refused: str | None = None


def whole(known: Known) -> Cut:
    """No cutting: one piece, the day of the question."""
    day = known.on
    return Cut((Segment(day, day + _DAY, day, day + _DAY, 1, "whole"),))


def pay_cycles(known: Known) -> Cut:
    """[stop_from, stop_until) cut at the starts of pay cycles; asks for what it needs."""
    start = known.get("stop_from")
    if start is None:
        return Cut(missing=("stop_from",))
    end = known.get("stop_until")
    if end in (UNKNOWN, ONGOING) or end is None:
        end = known.on + _DAY
    if not isinstance(start, date) or not isinstance(end, date):
        return Cut(refused="stop_from_unknown")
    cycles = list(_cycles(start, end, 1))
    missing: tuple[str, ...] = ()
    if len(cycles) > 1:
        first_day = known.get("pay_cycle_start_day")
        if isinstance(first_day, int):
            cycles = list(_cycles(start, end, first_day))
        else:
            missing = ("pay_cycle_start_day",)
    if len(cycles) > MOST_CYCLES:
        return Cut(refused="too_long")
    return Cut((*cycles, *_after_resume(known, cycles[-1])), missing)


def _cycles(start: date, end: date, first_day: int) -> Iterator[Segment]:
    since = start.replace(day=first_day)
    if since > start:
        since = _next_month(since, back=True)
    number = 1
    while since < end:
        until = _next_month(since)
        kind = "first" if number == 1 else "later"
        yield Segment(max(since, start), min(until, end), since, until, number, kind)
        since, number = until, number + 1


def _after_resume(known: Known, last: Segment) -> tuple[Segment, ...]:
    """The days worked after a stoppage that ended inside a later cycle, when they are known."""
    if last.facts["part"] == "no" or not isinstance(known.get("workdays_after_resume"), int):
        return ()
    span = (last.until, last.cycle_until, last.cycle_since, last.cycle_until)
    return (Segment(*span, last.number, "after_resume"),)


def _next_month(day: date, back: bool = False) -> date:
    months = day.year * 12 + day.month - 1 + (-1 if back else 1)
    return day.replace(year=months // 12, month=months % 12 + 1)


SEGMENTERS: Final[dict[str, Callable[[Known], Cut]]] = {"pay_cycles": pay_cycles}
