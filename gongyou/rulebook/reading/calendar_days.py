"""Reads calendar.csv: the days the State Council has announced."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from gongyou.rulebook.model.holidays import KINDS, Calendar
from gongyou.rulebook.reading.source import Reader


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
