"""Which of the rules that match one segment wins: the nearest region, then the newest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from gongyou.rulebook.errors import Problem
from gongyou.rulebook.model import Condition, Rule
from gongyou.rulebook.regions import chain


def winner(rules: Iterable[Rule], region: str) -> Rule | None:
    """The rule of the most specific region, then of the latest start."""
    places = chain(region)
    return max(rules, key=lambda r: (-places.index(r.region), r.since), default=None)


def find_ties(rules: Iterable[Rule]) -> Iterator[Problem]:
    """Pairs of figures that precedence could not choose between."""
    paying = [rule for rule in rules if rule.amount is not None]
    for one, two in combinations(paying, 2):
        same = one.region == two.region and one.since == two.since
        if same and not _apart(one.when, two.when):
            file, _, line = two.place.rpartition(":")
            what = f"can match together with {one.id} ({one.place}), same region, same from"
            yield Problem(file, int(line), two.id, what, "Tell them apart in when:, or by from:")


def _apart(one: tuple[Condition, ...], two: tuple[Condition, ...]) -> bool:
    return any(_excludes(a, b) for a in one for b in two if a.fact == b.fact)


def _excludes(a: Condition, b: Condition) -> bool:
    if a.values and b.values:
        return not set(a.values) & set(b.values)
    if a.given is not None or b.given is not None:
        return False if a.given is None or b.given is None else a.given != b.given
    return _ends_before(a, b) or _ends_before(b, a)


def _ends_before(a: Condition, b: Condition) -> bool:
    if a.less_than is None or b.at_least is None:
        return False
    return bool(a.less_than <= b.at_least)  # type: ignore[operator]
