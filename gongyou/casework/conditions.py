"""Conditions on a case's facts, as the YAML files of this folder write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from gongyou.rulebook import UNKNOWN, FactValue

type When = Mapping[str, Any]

_TESTS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "at_least": lambda value, bound: Decimal(value) >= bound,
    "not_before": lambda value, bound: bool(value >= bound),
    "before": lambda value, bound: bool(value < bound),
}


def is_told(facts: Mapping[str, FactValue], name: str) -> bool:
    """Whether the fact is known: told, and not as 不清楚."""
    return facts.get(name) not in (None, UNKNOWN)


def holds(when: When, facts: Mapping[str, FactValue]) -> bool:
    """Whether every line holds. A fact that was not told meets only `given: false`.

    A line is a list of values, or a mapping of `given`, `at_least`, `not_before`, `before`.
    """
    return all(_meets(facts, name, test) for name, test in when.items())


def _meets(facts: Mapping[str, FactValue], name: str, test: Any) -> bool:
    if isinstance(test, list):
        return facts.get(name) in test
    if "given" in test:
        return is_told(facts, name) is bool(test["given"])
    if not is_told(facts, name):
        return False
    return all(_TESTS[kind](facts[name], bound) for kind, bound in test.items())
