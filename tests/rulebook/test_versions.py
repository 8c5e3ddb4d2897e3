"""The hash of a rule tells whether what it says was corrected, and nothing else."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from gongyou.rulebook import Rulebook, read_rulebook
from gongyou.rulebook.versions import contents, versions, versions_of
from tests.fixtures import REPOSITORY


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return read_rulebook(REPOSITORY / "rulebook")


def with_rule(rulebook: Rulebook, **changes: Any) -> tuple[str, str]:
    """The hash of the first rule that works an amount out: as it is, and with the changes."""
    topic = rulebook.topics["wage_shutdown"]
    rule = next(rule for rule in topic.rules if rule.amount)
    changed = replace(topic, rules=(replace(rule, **changes),))
    other = replace(rulebook, topics=MappingProxyType({"wage_shutdown": changed}))
    return contents(rulebook)[rule.id], contents(other)[rule.id]


def test_every_rule_and_figure_has_one(rulebook: Rulebook) -> None:
    rules = sum(len(topic.rules) for topic in rulebook.topics.values())
    rows = sum(len(r) for one in rulebook.parameters.values() for r in one.rows.values())
    assert len(contents(rulebook)) == rules + rows


def test_the_same_rulebook_read_again_has_the_same(rulebook: Rulebook) -> None:
    assert contents(rulebook) == contents(read_rulebook(REPOSITORY / "rulebook"))


@pytest.mark.parametrize(
    "changes",
    [
        {"since": date(1999, 1, 1)},
        {"status": "unverified"},
        {"region": "420000"},
        {"says": "别的话"},
        {"when": ()},
        {"amount": None},
        {"favourable": True},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_changes_an_answer_changes_it(rulebook: Rulebook, changes: dict[str, Any]) -> None:
    before, after = with_rule(rulebook, **changes)
    assert before != after


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "别的名字"},
        {"notes": ("多一句",)},
        {"until": date(2099, 1, 1)},
        {"verified_on": date(2026, 11, 1)},
        {"place": "别的文件:7"},
        {"sources": ("https://example.com",)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_changes_no_answer_does_not(rulebook: Rulebook, changes: dict[str, Any]) -> None:
    before, after = with_rule(rulebook, **changes)
    assert before == after


def test_a_corrected_formula_changes_it(rulebook: Rulebook) -> None:
    rule = next(rule for rule in rulebook.topics["wage_shutdown"].rules if rule.amount)
    assert rule.amount is not None
    formula = replace(rule.amount.formula, text=f"{rule.amount.formula.text} * 2")
    before, after = with_rule(rulebook, amount=replace(rule.amount, formula=formula))
    assert before != after


def test_a_corrected_figure_changes_it(rulebook: Rulebook) -> None:
    name, parameter = next(iter(rulebook.parameters.items()))
    place, rows = next(iter(parameter.rows.items()))
    corrected = replace(parameter, rows={place: (replace(rows[0], value="987"),)})
    other = replace(rulebook, parameters=MappingProxyType({name: corrected}))
    assert contents(rulebook)[rows[0].id] != contents(other)[rows[0].id]


def test_a_trace_is_told_once_each_and_in_its_order(rulebook: Rulebook) -> None:
    first, second = (rule.id for rule in rulebook.topics["wage_shutdown"].rules[:2])
    told = versions_of(versions(rulebook), [second, first, second, "gone"])
    assert [one["id"] for one in told] == [second, first]
    assert set(told[0]) == {"id", "since", "status", "content"}
