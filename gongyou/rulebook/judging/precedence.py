"""Which of the rules that match one segment wins.

A statute before a document (Legislation Law articles 98–102), then the nearest region, then the
newest. Where the law says the better for the worker counts, `find` compares the figures instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from gongyou.rulebook.model import UNKNOWN, Condition, FactValue, Rule
from gongyou.rulebook.model.errors import Problem
from gongyou.rulebook.model.regions import chain


def winner(rules: list[Rule], region: str) -> Rule:
    """The rule of the highest rank, of the most specific region, of the latest start."""
    if len(rules) == 1:
        return rules[0]
    places = chain(region)
    return max(rules, key=lambda r: (r.rank == "statute", -places.index(r.region), r.since))


def find_ties(rules: Iterable[Rule]) -> Iterator[Problem]:
    """Pairs of figures that precedence could not choose between."""
    paying = [rule for rule in rules if rule.amount or rule.eligibility]
    for one, two in combinations(paying, 2):
        same = one.region == two.region and one.since == two.since and one.rank == two.rank
        if same and _compete(one, two) and not apart(one.when, two.when):
            file, _, line = two.place.rpartition(":")
            what = f"can match together with {one.id} ({one.place}), same region, same from"
            yield Problem(file, int(line), two.id, what, "Tell them apart in when:, or by from:")


def _compete(one: Rule, two: Rule) -> bool:
    """Whether both work the same amount out, or judge the same entitlement."""
    if one.amount and two.amount:
        return one.amount.name == two.amount.name and not (one.favourable and two.favourable)
    if one.eligibility and two.eligibility:
        return one.eligibility.name == two.eligibility.name
    return False


def apart(one: tuple[Condition, ...], two: tuple[Condition, ...]) -> bool:
    """Whether no case can meet both lists of conditions."""
    return any(_excludes(a, b) for a in one for b in two if a.fact == b.fact)


def _excludes(a: Condition, b: Condition) -> bool:
    if a.values and b.values:
        return not set(a.values) & set(b.values)
    if a.given is not None and b.given is not None:
        return a.given != b.given
    if a.given is False or b.given is False:
        return UNKNOWN not in (*a.values, *b.values)
    if a.values or b.values:
        listed, bounds = (a, b) if a.values else (b, a)
        return bounds.given is None and not any(_within(bounds, value) for value in listed.values)
    return _ends_before(a, b) or _ends_before(b, a)


def _within(bounds: Condition, value: FactValue) -> bool:
    if isinstance(value, str | tuple):
        return False
    low, high = bounds.at_least, bounds.less_than
    return (low is None or value >= low) and (high is None or value < high)  # type: ignore[operator]


def _ends_before(a: Condition, b: Condition) -> bool:
    if a.less_than is None or b.at_least is None:
        return False
    return bool(a.less_than <= b.at_least)  # type: ignore[operator]
