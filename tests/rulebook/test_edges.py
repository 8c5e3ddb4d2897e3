"""Each regional rule holds from its first day to its last, and on no day around them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongyou.rulebook import Answer, Question, Rulebook, evaluate, read_rulebook
from gongyou.rulebook.model import FactValue, Rule
from gongyou.rulebook.regions import NATION

BOOK: Rulebook = read_rulebook(Path(__file__).parents[2] / "rulebook")
TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
OLDEST = date(1995, 1, 1)
TOLD: dict[str, FactValue] = {
    "monthly_wage": 4000, "worked": "none", "owed_amount": 5000, "still_employed": "yes",
    "industry": "other", "union_agreed": "no", "home_office_full": "yes", "pay_cut_agreed": "no",
    "paid_amount": 0,
}  # fmt: skip
REGIONAL = [rule for topic in BOOK.topics.values() for rule in topic.rules if rule.region != NATION]


def trace(rule: Rule, day: date) -> tuple[str, ...]:
    """What is used for a stoppage whose cycle that counts begins on the day."""
    facts, on = {**TOLD, "region": rule.region}, day
    if BOOK.topics[rule.topic].segments:
        on = TODAY
        later = any(c.fact == "cycle" and "later" in c.values for c in rule.when)
        before = day.replace(day=1) - DAY
        start = day - timedelta(days=monthrange(before.year, before.month)[1]) if later else day
        facts |= {"stop_from": start, "stop_until": day + DAY}
        facts["pay_cycle_start_day"] = min(day.day, 28)
    outcome = evaluate(BOOK, Question(rule.topic, facts, on))
    return outcome.trace if isinstance(outcome, Answer) else ()


def edges() -> Iterator[object]:
    for rule in REGIONAL:
        if rule.since > OLDEST:
            yield pytest.param(rule, rule.since - DAY, False, id=f"{rule.id} the day before")
            yield pytest.param(rule, rule.since, True, id=f"{rule.id} the first day")
        if rule.until:
            yield pytest.param(rule, rule.until - DAY, True, id=f"{rule.id} the last day")
            yield pytest.param(rule, rule.until, False, id=f"{rule.id} the day after")
        else:
            yield pytest.param(rule, date(2026, 11, 20), True, id=f"{rule.id} now")


@pytest.mark.parametrize(("rule", "day", "holds"), list(edges()))
def test_a_regional_rule_holds_between_its_days(rule: Rule, day: date, holds: bool) -> None:
    assert (rule.id in trace(rule, day)) is holds
