"""Each rule can be reached, holds from its first day to its last, and on no day around them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gongyou.rulebook import Rulebook, read_rulebook
from gongyou.rulebook.model import Rule
from tests.rulebook.made_up import DAY, is_reached

BOOK: Rulebook = read_rulebook(Path(__file__).parents[2] / "rulebook")
TODAY = date(2026, 11, 21)
OLDEST = date(1995, 1, 1)


def edges() -> Iterator[object]:
    for rule in (rule for topic in BOOK.topics.values() for rule in topic.rules):
        if rule.since >= TODAY:
            continue
        if rule.since > OLDEST:
            yield pytest.param(rule, rule.since - DAY, False, id=f"{rule.id} the day before")
            yield pytest.param(rule, rule.since, True, id=f"{rule.id} the first day")
        if rule.until:
            yield pytest.param(rule, rule.until - DAY, True, id=f"{rule.id} the last day")
            yield pytest.param(rule, rule.until, False, id=f"{rule.id} the day after")
        else:
            yield pytest.param(rule, TODAY - DAY, True, id=f"{rule.id} now")


@pytest.mark.parametrize(("rule", "day", "holds"), list(edges()))
def test_a_rule_holds_between_its_days(rule: Rule, day: date, holds: bool) -> None:
    assert is_reached(BOOK, rule, day, TODAY) is holds
