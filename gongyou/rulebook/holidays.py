"""China's official calendar: which days are holidays, days off, or make-up workdays.

The State Council fixes each year's days by notice; the days stand in rulebook/calendar.csv.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from gongyou.rulebook.source import Reader

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
        return Decimal(sum(self._is_worked(day) for day in days))

    def _is_worked(self, day: date) -> bool:
        kind = self.kind(day)
        return day.weekday() < 5 if kind is None else kind == "workday"


def read_calendar(reader: Reader, path: Path) -> Calendar:
    """The calendar; lines that cannot be read are recorded as problems."""
    kinds: dict[date, str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for line, row in enumerate(csv.DictReader(stream), start=2):
                _add(reader, line, row, kinds)
    except (OSError, UnicodeDecodeError) as error:
        reader.problem(1, "file", f"cannot be read ({error})", "Put calendar.csv there, in UTF-8")
    else:
        if not kinds:
            cure = "Begin it with date,kind,name and a line for each day"
            reader.problem(1, "file", "holds no day", cure)
    return Calendar(kinds, frozenset(day.year for day in kinds))


def _add(reader: Reader, line: int, row: dict[str, str], kinds: dict[date, str]) -> None:
    kind = row.get("kind") or ""
    try:
        day = date.fromisoformat(row.get("date") or "")
    except ValueError:
        reader.problem(line, "date", f"{row.get('date')!r} is no date", "Write 2020-01-25")
        return
    if kind not in KINDS:
        reader.problem(line, str(day), f"kind is {kind!r}", f"Use one of {', '.join(KINDS)}")
    elif day in kinds:
        reader.problem(line, str(day), "is there twice", "Keep one line")
    else:
        kinds[day] = kind
