"""What changed in the law between two days: rules and figures that begin, end, are replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongyou.rulebook.model import ParameterRow, Rule, Rulebook
from gongyou.rulebook.model.regions import chain

type Kind = Literal["begins", "ends", "replaced"]


@dataclass(frozen=True, slots=True)
class Change:
    """On `day` `old` holds no longer, or `new` holds for the first time, or both."""

    day: date
    old: Rule | ParameterRow | None
    new: Rule | ParameterRow | None

    @property
    def kind(self) -> Kind:
        """begins, ends, or replaced."""
        if self.old is None:
            return "begins"
        return "ends" if self.new is None else "replaced"


def changes(
    rulebook: Rulebook,
    since: date,
    until: date,
    region: str | None = None,
    topic: str | None = None,
) -> tuple[Change, ...]:
    """What changes after `since`, up to and including `until`, in order of the days.

    `region`: only what holds there, the nation's and wider regions' too. `topic`: only its rules
    and the figures they use.
    """
    places = None if region is None else chain(region)
    made = []
    for alike in _series(rulebook, topic).values():
        if places is None or alike[0].region in places:
            made += [one for one in _steps(alike) if since < one.day <= until]
    return tuple(sorted(made, key=lambda one: (one.day, _id(one))))


def _id(one: Change) -> str:
    shown = one.old or one.new
    return shown.id if shown else ""


def _series(rulebook: Rulebook, topic: str | None) -> dict[object, list[Rule | ParameterRow]]:
    """What follows one another: rules of one place and kind, figures of one place and tier."""
    made: dict[object, list[Rule | ParameterRow]] = defaultdict(list)
    topics = [one for one in rulebook.topics.values() if topic in (None, one.name)]
    for rule in (rule for one in topics for rule in one.rules):
        made[_kind(rule)].append(rule)
    used = {name for one in topics for name in one.uses} if topic else set(rulebook.parameters)
    for name in used & set(rulebook.parameters):
        for row in _rows(rulebook, name):
            made["figure", name, row.region, row.tier].append(row)
    return made


def _kind(rule: Rule) -> tuple[object, ...]:
    name = rule.amount.name if rule.amount else rule.eligibility.name if rule.eligibility else None
    own = rule.id if name is None else ""  # a rule that only says something replaces nothing
    return (rule.topic, rule.region, name, rule.when, own)


def _rows(rulebook: Rulebook, name: str) -> Iterator[ParameterRow]:
    for rows in rulebook.parameters[name].rows.values():
        yield from rows


def _steps(alike: Iterable[Rule | ParameterRow]) -> Iterator[Change]:
    """Each day on which one of the series begins or ends."""
    begins = {one.since: one for one in alike}
    ends = {one.until: one for one in alike if one.until is not None}
    for day in {**begins, **ends}:
        yield Change(day, ends.get(day), begins.get(day))
