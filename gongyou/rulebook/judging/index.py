"""Finds the rules in force for a topic, a region and a day without looking through them all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from gongyou.rulebook.model import Rule, Topic
from gongyou.rulebook.model.regions import chain

_MOST_PLACES: Final = 20_000  # topic and region pairs kept; the rest is worked out again


class RuleIndex:
    """The rules of each topic and region, cut at the days on which any begins or ends."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._rules: dict[str, dict[str, list[Rule]]] = {}
        for topic in topics:
            by_region = self._rules.setdefault(topic.name, {})
            for rule in topic.rules:
                by_region.setdefault(rule.region, []).append(rule)
        self._periods: dict[tuple[str, str], _Periods] = {}

    def in_force(self, topic: str, region: str, day: date) -> tuple[Rule, ...]:
        """The rules of the region and of all that contain it, the nearest place first."""
        periods = self._periods.get((topic, region))
        if periods is None:
            if len(self._periods) >= _MOST_PLACES:
                self._periods.clear()
            periods = self._periods[topic, region] = _cut(self._rules[topic], region)
        return periods.on(day)


class _Periods:
    """Days in order, and for each stretch between two of them the rules that hold."""

    def __init__(self, days: list[date], rules: list[tuple[Rule, ...]]) -> None:
        self._days, self._rules = days, rules

    def on(self, day: date) -> tuple[Rule, ...]:
        place = bisect_right(self._days, day)
        return self._rules[place - 1] if place else ()


def _cut(by_region: Mapping[str, list[Rule]], region: str) -> _Periods:
    rules = [rule for code in chain(region) for rule in by_region.get(code, ())]
    days = sorted({day for rule in rules for day in (rule.since, rule.until) if day is not None})
    return _Periods(days, [tuple(r for r in rules if r.holds_on(day)) for day in days])
