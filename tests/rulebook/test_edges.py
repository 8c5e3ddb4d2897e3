"""Each rule can be reached, holds from its first day to its last, and on no day around them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongyou.rulebook import NATION, Rulebook, read_rulebook
from gongyou.rulebook.model import Rule
from tests.rulebook.made_up import DAY, is_reached

BOOK: Rulebook = read_rulebook(Path(__file__).parents[2] / "rulebook")
TODAY = date(2026, 11, 21)


RULES = [rule for topic in BOOK.topics.values() for rule in topic.rules if rule.since < TODAY]
ENDED = [rule for rule in RULES if rule.until]


def named(rule: Rule) -> str:
    return rule.id


def days_within(rule: Rule) -> list[date]:
    """Some days on which the rule is in force, its first and last among them."""
    last = (rule.until or TODAY) - DAY
    some = (*(rule.since + n * DAY for n in (0, 40, 80, 400)), last)
    return [day for day in some if rule.holds_on(day) and day < TODAY]


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_some_case_is_answered_with_the_rule(rule: Rule) -> None:
    assert any(is_reached(BOOK, rule, day, TODAY) for day in days_within(rule))


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_no_case_is_answered_with_it_before_its_first_day(rule: Rule) -> None:
    assert not is_reached(BOOK, rule, rule.since - DAY, TODAY)


@pytest.mark.parametrize("rule", ENDED, ids=named)
def test_no_case_is_answered_with_it_from_its_last_day_on(rule: Rule) -> None:
    assert rule.until is not None
    assert not is_reached(BOOK, rule, rule.until, TODAY)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_it_is_in_force_on_its_first_day_and_its_last(rule: Rule) -> None:
    region = rule.region if rule.region != NATION else "410802"
    for day in (rule.since, (rule.until or TODAY) - DAY):
        assert rule in BOOK.in_force(rule.topic, region, day)
