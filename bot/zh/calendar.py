"""Days, months and years as half-open intervals, and the pieces the reading of dates is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

Festivals = Mapping[str, Mapping[int, tuple[int, int]]]
"""Name of a festival -> year (0: every year) -> (month, day) on which it begins."""


@dataclass(frozen=True)
class Period:
    """From `start` (inclusive) until `until` (exclusive); `precision` is day, month or year."""

    start: date
    until: date
    precision: str

    def years_later(self, years: int) -> Period | None:
        """Return the same days of another year, or None when that year has no such day."""
        try:
            start = self.start.replace(year=self.start.year + years)
            until = self.until.replace(year=self.until.year + years)
        except ValueError:
            return None
        return replace(self, start=start, until=until)


def day(year: int, month: int, number: int) -> Period:
    """Return one day. Raises ValueError when the calendar has no such day."""
    start = date(year, month, number)
    return Period(start, start + timedelta(days=1), "day")


def month(year: int, number: int) -> Period:
    """Return one month. Raises ValueError when `number` is not 1 to 12."""
    return Period(date(year, number, 1), next_month(year, number), "month")


def year(number: int) -> Period:
    """Return one year."""
    return Period(date(number, 1, 1), date(number + 1, 1, 1), "year")


def half(number: int, said: str) -> Period:
    """Return the first (上半年) or second half of a year."""
    if said.startswith("上"):
        return Period(date(number, 1, 1), date(number, 7, 1), "year")
    return Period(date(number, 7, 1), date(number + 1, 1, 1), "year")


def next_month(year_number: int, number: int) -> date:
    """Return the first day after a month."""
    return date(year_number + number // 12, number % 12 + 1, 1)


def shift_month(anchor: date, months: int) -> Period:
    """Return the month that lies `months` after (or before, when negative) that of `anchor`."""
    at = anchor.year * 12 + anchor.month - 1 + months
    return month(at // 12, at % 12 + 1)


def part_of(period: Period, part: str) -> Period:
    """Narrow a month to its beginning (初), middle (中) or end (底): a stretch, still imprecise."""
    first = period.start
    if part == "初":
        return Period(first, first + timedelta(days=10), "month")
    if part == "中":
        return Period(first + timedelta(days=10), first + timedelta(days=20), "month")
    return Period(first + timedelta(days=20), period.until, "month")


def last_day(period: Period) -> Period:
    """Return the last day of a period."""
    return Period(period.until - timedelta(days=1), period.until, "day")
