"""deadlines.yaml and priority.yaml name only what the rulebook has."""

from collections.abc import Iterator
from typing import Any

import pytest

from gongyou.casework import priority
from gongyou.casework.plans import Concern, Plan, read_plans
from gongyou.rulebook import UNKNOWN
from tests.casework.the_law import real_rulebook

PLANS = read_plans()
NOT_TOPICS = {"crisis"}


def concerns() -> Iterator[Concern]:
    for plan in PLANS.periods:
        yield from plan.concerns
    for window in PLANS.windows:
        yield from window.concerns
    for reason in priority._read()[1].values():
        yield from reason.any


def conditions() -> Iterator[tuple[str, Any]]:
    for one in concerns():
        yield from (*one.when.items(), *one.unless.items())
    for plan in PLANS.periods:
        for when in (*plan.gone_with, *(w for w, _ in plan.suppose), *(w for _, w in plan.needs)):
            yield from when.items()


def test_every_topic_is_one_of_the_rulebook() -> None:
    named = {t for one in concerns() if one.topics != "any" for t in one.topics}
    named |= {plan.ask for plan in PLANS.periods}
    assert named - NOT_TOPICS <= set(real_rulebook().topics)


def test_every_condition_names_a_fact_and_values_it_may_have() -> None:
    for name, test in conditions():
        fact = real_rulebook().facts[name]
        values = test if isinstance(test, list) else []
        assert set(values) <= {UNKNOWN, *(choice.value for choice in fact.choices)}, (name, test)


@pytest.mark.parametrize("plan", PLANS.periods, ids=lambda plan: plan.key)
def test_a_period_takes_supposes_and_needs_known_facts(plan: Plan) -> None:
    facts, uses = set(real_rulebook().facts), real_rulebook().topics[plan.ask].uses
    asked = {*plan.take, *plan.facts, *(name for name, _ in plan.needs)}
    asked |= {name for _, supposed in plan.suppose for name in supposed}
    assert asked <= facts & uses
    assert {source.fact for found in plan.take.values() for source in found} <= facts


@pytest.mark.parametrize("plan", PLANS.periods, ids=lambda plan: plan.key)
def test_a_period_s_amount_and_doubts_are_the_topic_s(plan: Plan) -> None:
    rules = real_rulebook().topics[plan.ask].rules
    assert plan.amount in {"", *(rule.amount.name for rule in rules if rule.amount)}
    assert plan.doubts <= {rule.id for rule in rules}


def test_keys_are_unique() -> None:
    keys = [plan.key for plan in PLANS.periods] + [window.key for window in PLANS.windows]
    assert len(keys) == len(set(keys))
