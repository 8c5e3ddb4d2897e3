"""Dated figures by region: minimum wages, rates, days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongyou.rulebook.model.rule import Status


@dataclass(frozen=True, slots=True, eq=False)
class ParameterRow:
    """One dated figure for one region. `value` None: looked for and not found."""

    parameter: str
    region: str
    tier: str | None
    value: str | None
    since: date
    until: date | None
    document: str
    number: str
    article: str
    status: Status
    note: str = ""
    beside_wider: bool = False
    verified_on: date | None = None
    sources: tuple[str, ...] = ()
    place: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the figure is in force on that day."""
        return self.since <= day and (self.until is None or day < self.until)

    @property
    def id(self) -> str:
        """How a trace names this row."""
        parts = (self.parameter, self.region, self.tier or "", self.since.isoformat())
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    title: str
    unit: str
    rows: Mapping[str, tuple[ParameterRow, ...]]
