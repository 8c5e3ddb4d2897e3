"""`coverage`: how far the rulebook reaches, as a table or JSON."""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from gongyou.rulebook import Rulebook
from gongyou.rulebook.checking.coverage import REACHES, Cell, cover, periods, provinces
from gongyou.rulebook_command.checking import cases_of
from gongyou.rulebook_command.told import topic_named


def lines(rulebook: Rulebook, chosen: argparse.Namespace, today: date) -> Iterator[str]:
    """Provinces answered / unverified / needing a person, by matter and period."""
    topics = [topic_named(rulebook, chosen.topic)] if chosen.topic is not None else None
    cells = list(cover(rulebook, cases_of(chosen) or {}, today, topics))
    if chosen.json:
        yield json.dumps([_as_json(cell) for cell in cells], ensure_ascii=False, indent=1)
        return
    yield "\t".join(("topic", *(str(period) for period in periods(today))))
    yield "\t".join(("", *["answered/unverified/needs a person, of 31 provinces"] * 3))
    for name in dict.fromkeys(cell.topic for cell in cells):
        yield from _topic([cell for cell in cells if cell.topic == name])
    yield from _unverified(rulebook, cells)
    yield _sum("total", cells)


def _as_json(cell: Cell) -> dict[str, object]:
    return {
        "topic": cell.topic, "matter": cell.matter, "region": cell.region,
        "from": cell.period.since.isoformat(), "until": cell.period.until.isoformat(),
        "reach": cell.reach, "why": cell.why,
        "days_answered": cell.answered, "days_asked": cell.asked,
    }  # fmt: skip


def _topic(cells: list[Cell]) -> Iterator[str]:
    """A line for each matter, then one for the topic."""
    by_matter = defaultdict(list)
    for cell in cells:
        by_matter[cell.matter].append(cell)
    for matter, own in by_matter.items():
        if matter is not None:
            yield "\t".join((f"  {cells[0].topic}.{matter}", *_by_period(own)))
    title = _sum(cells[0].topic, cells)
    yield title if len(by_matter) > 1 else "\t".join((title, *_by_period(cells)))


def _by_period(cells: list[Cell]) -> Iterator[str]:
    for period in dict.fromkeys(cell.period for cell in cells):
        counts = Counter(cell.reach for cell in cells if cell.period == period)
        yield "/".join(str(counts[reach]) for reach in REACHES)


def _sum(name: str, cells: list[Cell]) -> str:
    counts = Counter(cell.reach for cell in cells)
    told = ", ".join(f"{counts[reach]} {reach}" for reach in REACHES)
    return f"{name}: {told}"


def _unverified(rulebook: Rulebook, cells: list[Cell]) -> Iterator[str]:
    """What stays unverified: each matter, where, and why, when it is the same everywhere."""
    left: dict[str, dict[str, str]] = defaultdict(dict)
    for cell in cells:
        if cell.reach == "unverified":
            matter = f"{cell.topic}.{cell.matter}" if cell.matter else cell.topic
            left[matter][cell.region] = cell.why
    if left:
        yield "unverified in some period (--json says when and why):"
    for matter, regions in left.items():
        names = ", ".join(rulebook.region_name(code, full=False) for code in regions)
        where = "everywhere" if len(regions) == len(provinces(rulebook)) else names
        whys = set(regions.values())
        yield f"  {matter}: {where}" + (f" ({whys.pop()})" if len(whys) == 1 else "")
