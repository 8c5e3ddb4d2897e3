"""Whether one list of conditions is at least as narrow as another."""

from __future__ import annotations

from collections.abc import Iterable

from gongyou.rulebook.model import UNKNOWN, Condition, FactValue


def implies(narrow: tuple[Condition, ...], wide: Iterable[Condition]) -> bool:
    """Whether every case that meets `narrow` meets `wide` too (False when in doubt)."""
    return all(any(_implies(a, b) for a in narrow if a.fact == b.fact) for b in wide)


def _implies(a: Condition, b: Condition) -> bool:
    if b.given is False:
        return a.given is False
    if b.given is True and not _told(a):
        return False
    if b.values and not (a.values and set(a.values) <= set(b.values)):
        return False
    if a.values:
        return all(within(b, value) for value in a.values)
    return _not_below(a.at_least, b.at_least) and _not_below(b.less_than, a.less_than)


def _told(a: Condition) -> bool:
    bounded = a.at_least is not None or a.less_than is not None
    return a.given is True or bounded or (bool(a.values) and UNKNOWN not in a.values)


def _not_below(value: FactValue | None, bound: FactValue | None) -> bool:
    """Whether a bound is at least as tight; no bound at all is the loosest."""
    return bound is None or (value is not None and value >= bound)  # type: ignore[operator]


def within(bounds: Condition, value: FactValue) -> bool:
    """Whether a value lies in a condition's bounds; text lies in none."""
    low, high = bounds.at_least, bounds.less_than
    if low is None and high is None:
        return True
    if isinstance(value, str | tuple):
        return False
    return (low is None or value >= low) and (high is None or value < high)  # type: ignore[operator]
