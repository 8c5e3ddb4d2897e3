"""China's official calendar: which days are holidays, days off, or make-up workdays.

The State Council fixes each year's days by notice; the days stand in rulebook/calendar.csv.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

KINDS: Final = ("statutory", "rest", "workday", "extended")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days whose kind is not that of an ordinary weekday or weekend."""

    kinds: Mapping[date, str]
    years: frozenset[int]

    def kind(self, day: date) -> str | None:
        """workday, rest, statutory or extended; None for a year nobody has announced."""
        if day.year not in self.years:
            return None
        return self.kinds.get(day, "workday" if day.weekday() < 5 else "rest")

    def workdays(self, since: date, until: date) -> Decimal:
        """Workdays of [since, until); Mondays to Fridays in a year nobody has announced."""
        days = (since + timedelta(days=n) for n in range((until - since).days))
        return Decimal(sum(self.is_workday(day) for day in days))

    def is_workday(self, day: date) -> bool:
        """Whether people work on that day; in a year nobody has announced, Monday to Friday."""
        kind = self.kind(day)
        return day.weekday() < 5 if kind is None else kind == "workday"
