"""Windows in time: two rules at once between which only the later start decides, and gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, pairwise
from typing import Final

from gongyou.rulebook.checking.findings import Check, Finding, Linted, error
from gongyou.rulebook.checking.narrower import implies
from gongyou.rulebook.judging.precedence import apart
from gongyou.rulebook.model import Rule
from gongyou.rulebook.model.regions import chain

type Series = tuple[str, str, str]


def overlaps(linted: Linted) -> Iterator[Finding]:
    """Two rules in force for one topic, region, figure and day, that one case can meet."""
    for rivals in _rivals(linted.rules, by_region=True).values():
        for earlier, later in combinations(sorted(rivals, key=lambda r: r.since), 2):
            if _only_the_start_decides(earlier, later):
                yield error(
                    earlier,
                    f"is still in force when {later.id} ({later.place}) begins on {later.since},"
                    " and one case can meet both",
                    f"End {earlier.id} (until: {later.since}) or tell the two apart in when:",
                )


def _only_the_start_decides(earlier: Rule, later: Rule) -> bool:
    settled = earlier.rank != later.rank or earlier.favourable or later.favourable
    at_once = earlier.since < later.since and earlier.holds_on(later.since)
    return at_once and not settled and not apart(earlier.when, later.when)


def gaps(linted: Linted) -> Iterator[Finding]:
    """One rule of a series ends, the next begins later, and nothing holds in between."""
    for rivals in _rivals(linted.rules, by_region=False).values():
        series = defaultdict(list)
        for rule in rivals:
            series[rule.region, rule.when].append(rule)
        for alike in series.values():
            for one, two in pairwise(sorted(alike, key=lambda r: r.since)):
                if (
                    one.until is not None
                    and one.until < two.since
                    and not _filled(
                        one, one.until, two.since, linted.rulebook.topics[one.topic].rules
                    )
                ):
                    yield error(
                        two,
                        f"begins on {two.since}, but {one.id} ({one.place}) before it ends on"
                        f" {one.until}: nothing holds in between",
                        "Let the one begin where the other ends, or add the rule of these days",
                    )


def _filled(like: Rule, since: date, until: date, rules: Iterable[Rule]) -> bool:
    """Whether rules every such case meets speak on all days of [since, until): a line will do."""
    day = since
    places = chain(like.region)
    spoken = [rule for rule in rules if rule.under == "workings" and rule.region in places]
    wider = [rule for rule in spoken if implies(like.when, rule.when)]
    while day < until:
        ends = [r.until or until for r in wider if r.holds_on(day)]
        if not ends:
            return False
        day = max(ends)
    return True


def _rivals(rules: Iterable[Rule], *, by_region: bool) -> dict[tuple[str, ...], list[Rule]]:
    """Rules that work the same amount out or judge the same entitlement, of one topic."""
    made: dict[tuple[str, ...], list[Rule]] = defaultdict(list)
    for rule in rules:
        region = (rule.region,) if by_region else ()
        if rule.amount:
            made[(rule.topic, "amount", rule.amount.name, *region)].append(rule)
        if rule.eligibility:
            made[(rule.topic, "eligibility", rule.eligibility.name, *region)].append(rule)
    return made


CHECKS: Final[tuple[Check, ...]] = (overlaps, gaps)
