"""Looks a dated figure up: county, city, province, nation; several options when in doubt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from gongyou.rulebook.model import STATUSES, ParameterRow, Rulebook, Status
from gongyou.rulebook.model.regions import chain

_TIER: Final = "min_wage_tier"
_MOST_PLACES: Final = 20_000  # figure and region pairs kept; the rest is looked up again


@dataclass(frozen=True, slots=True)
class Option:
    """One figure, the row it stands in, and the places it is for (empty: no choice)."""

    value: Decimal
    row: ParameterRow
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The options. `unsorted`: the place's tier is not known; `vague`: the place is too wide."""

    options: tuple[Option, ...] = ()
    rows: tuple[ParameterRow, ...] = ()
    status: Status = "unverified"
    unsorted: bool = False
    vague: bool = False
    note: str = ""


def look_up(rulebook: Rulebook, name: str, region: str, on: date) -> Found:
    """The figure in force on a day. No options when it is unknown or unverified."""
    key = (name, region)
    if key not in rulebook.figures:
        if len(rulebook.figures) >= _MOST_PLACES:
            rulebook.figures.clear()
        rulebook.figures[key] = (_changes(rulebook, name, region), {})
    days, found = rulebook.figures[key]
    period = bisect_right(days, on)
    if period not in found:
        found[period] = _look_up(rulebook, name, region, on)
    made: Found = found[period]
    return made


def _changes(rulebook: Rulebook, name: str, region: str) -> list[date]:
    """The days on which the figure, or what tier the place belongs to, may change."""
    rows: list[ParameterRow] = []
    for parameter in filter(None, (rulebook.parameters.get(n) for n in (name, _TIER))):
        for code, listed in parameter.rows.items():
            if code in chain(region) or code.startswith(region[:4]):
                rows += listed
    return sorted({day for row in rows for day in (row.since, row.until) if day is not None})


def _look_up(rulebook: Rulebook, name: str, region: str, on: date) -> Found:
    rows = _nearest(rulebook, name, region, on)
    note = next((row.note for row in rows if row.note), "")
    if not rows or any(row.value is None or row.status == "unverified" for row in rows):
        return Found((), rows, note=note)
    alike = len({row.value for row in rows}) == 1 and not any(row.beside_wider for row in rows)
    if alike or not any(row.tier for row in rows):
        options = _options(rows[:1] if alike else rows, {})
        return Found(options, rows, _worst(row.status for row in rows), note=note)
    return _by_tier(rulebook, rows, region, on, note)


def _by_tier(
    rulebook: Rulebook, rows: tuple[ParameterRow, ...], region: str, on: date, note: str
) -> Found:
    if region.endswith("0000"):
        return Found(_options(rows, {}), rows, _worst(r.status for r in rows), False, True, note)
    tiers = _tiers(rulebook, region, on)
    fitting = tuple(row for row in rows if row.tier in tiers)
    if None in tiers or not fitting:
        return Found(_options(rows, {}), rows, "unverified", True, False, note)
    status = _worst(row.status for row in (*fitting, *(r for t in tiers.values() for r in t)))
    names = {
        tier: tuple(rulebook.region_name(row.region, full=False) for row in listed)
        for tier, listed in tiers.items()
    }
    vague = len(fitting) > 1
    return Found(_options(fitting, names if vague else {}), fitting, status, False, vague, note)


def _options(
    rows: tuple[ParameterRow, ...], places: Mapping[str | None, tuple[str, ...]]
) -> tuple[Option, ...]:
    return tuple(Option(Decimal(row.value or 0), row, places.get(row.tier, ())) for row in rows)


def _worst(statuses: Iterable[Status]) -> Status:
    return max(statuses, key=STATUSES.index, default="verified")


def _nearest(rulebook: Rulebook, name: str, region: str, on: date) -> tuple[ParameterRow, ...]:
    """Rows of the smallest region that has any; wider ones too while all say `beside_wider`."""
    parameter = rulebook.parameters.get(name)
    found: tuple[ParameterRow, ...] = ()
    for code in chain(region):
        rows = parameter.rows.get(code, ()) if parameter else ()
        found += tuple(row for row in rows if row.holds_on(on))
        if found and not all(row.beside_wider for row in found):
            break
    return found


def _tiers(
    rulebook: Rulebook, region: str, on: date
) -> Mapping[str | None, tuple[ParameterRow, ...]]:
    """Tier -> its rows, of the county or of the counties of a city. None: not known."""
    listed = _nearest(rulebook, _TIER, region, on)
    if not rulebook.regions.is_county(region):
        inside = _counties(rulebook, region, on)
        known = {row.value for row in inside}
        listed = (*inside, *(row for row in listed if row.value not in known))
    made: dict[str | None, tuple[ParameterRow, ...]] = {}
    for row in listed:
        tier = row.value if row.status != "unverified" else None
        made[tier] = (*made.get(tier, ()), row)
    return made


def _counties(rulebook: Rulebook, city: str, on: date) -> tuple[ParameterRow, ...]:
    parameter = rulebook.parameters.get(_TIER)
    return tuple(
        row
        for code, listed in (parameter.rows if parameter else {}).items()
        if code.startswith(city[:4]) and code != city
        for row in listed
        if row.holds_on(on)
    )
