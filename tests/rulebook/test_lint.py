"""What can be read but is wrong is found, with file, line, rule and cure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongyou.rulebook import Rulebook, read_rulebook
from gongyou.rulebook.checking.lint import lint
from gongyou.rulebook.model import Condition, Rule
from gongyou.rulebook.reading.cases import Case, Cases, read_cases

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)
BOOK = read_rulebook(ROOT / "rulebook")
OWED = "CN-AR-002"
TOPIC = "wage_arrears"


def rule(rule_id: str = OWED, **changes: Any) -> Rule:
    """A real rule of wage_arrears, changed."""
    made = next(one for one in BOOK.topics[TOPIC].rules if one.id == rule_id)
    return replace(made, **changes)


def book(*rules: Rule, **changes: Any) -> Rulebook:
    """The rulebook with only these rules of wage_arrears, and that topic changed."""
    topic = replace(BOOK.topics[TOPIC], rules=rules, **changes)
    return replace(BOOK, topics={TOPIC: topic})


def found(
    *rules: Rule, cases: Cases | None = None, today: date = TODAY, **changes: Any
) -> list[str]:
    return [str(finding) for finding in lint(book(*rules, **changes), today, cases)]


def errors(*rules: Rule, **options: Any) -> str:
    return "\n".join(text for text in found(*rules, **options) if text.startswith("error"))


def told(*names: str) -> Cases:
    return {TOPIC: (Case("one", dict.fromkeys(names, "1"), None),)}


def when(**tests: Mapping[str, Any]) -> tuple[Condition, ...]:
    return tuple(Condition(fact, **values) for fact, values in tests.items())


def test_the_rulebook_has_no_errors() -> None:
    cases = read_cases(ROOT / "tests" / "rulebook", [])
    assert [str(one) for one in lint(BOOK, TODAY, cases) if one.is_error] == []


def test_a_finding_names_file_line_rule_and_cure() -> None:
    line = int(rule().place.rpartition(":")[2])
    text = errors(rule(says="发工资。"))
    assert f"rulebook/national/wage_arrears.yaml:{line}: {OWED}: " in text
    assert "Leave the last 。 out" in text


def test_two_rules_at_once_between_which_only_the_later_start_decides() -> None:
    text = errors(rule(), rule(id="X-1", since=date(2020, 1, 1)))
    assert f"{OWED}: is still in force when X-1" in text
    assert f"End {OWED} (until: 2020-01-01)" in text


def test_a_rule_that_ends_where_the_next_begins_is_no_overlap() -> None:
    assert errors(rule(until=date(2020, 1, 1)), rule(id="X-1", since=date(2020, 1, 1))) == ""


def test_rules_no_case_can_meet_both_of_are_no_overlap() -> None:
    other = rule(id="X-1", since=date(2020, 1, 1), when=when(owed_amount={"given": True}))
    assert errors(rule(), other) == ""


def test_a_smaller_region_is_no_overlap() -> None:
    assert errors(rule(), rule(id="X-1", since=date(2020, 1, 1), region="410000")) == ""


def test_the_better_of_two_for_the_worker_is_no_overlap() -> None:
    assert errors(rule(), rule(id="X-1", since=date(2020, 1, 1), favourable=True)) == ""


def test_a_gap_between_two_windows_of_one_series() -> None:
    text = errors(rule(until=date(2010, 1, 1)), rule(id="X-1", since=date(2012, 1, 1)))
    assert "X-1: begins on 2012-01-01" in text
    assert "it ends on 2010-01-01: nothing holds in between" in text


def test_windows_without_a_gap_in_whatever_order_they_are_written() -> None:
    assert errors(rule(id="X-1", since=date(2010, 1, 1)), rule(until=date(2010, 1, 1))) == ""


def test_a_gap_in_which_a_wider_rule_speaks_is_none() -> None:
    over = rule(id="X-0", amount=None, when=(), since=date(2010, 1, 1), until=date(2012, 1, 1))
    assert errors(rule(until=date(2010, 1, 1)), over, rule(id="X-1", since=date(2012, 1, 1))) == ""


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (when(months_owed={"at_least": 3, "less_than": 3}), "at least 3 and less than 3"),
        (when(months_owed={"at_least": 241}), "is at most 240"),
        (when(months_owed={"less_than": 0}), "is at least 0.1"),
        (when(months_owed={"values": (999,)}), "out of its range"),
        (when(left_on={"less_than": date(1949, 1, 1)}), "is at least 1950-01-01"),
        (when(months_owed={"given": False, "at_least": 3}), "yet is not to be given"),
    ],
)
def test_a_condition_nothing_can_meet_makes_a_rule_unreachable(
    condition: tuple[Condition, ...], why: str
) -> None:
    text = errors(rule(when=condition))
    assert f"{OWED}: can never hold" in text
    assert why in text


def test_a_fact_nobody_asks_assumes_or_tells_makes_a_rule_unreachable() -> None:
    asks_union = rule(when=when(union_agreed={"values": ("yes",)}))
    assert "union_agreed is never asked" in errors(asks_union, cases=told("months_owed"))
    assert errors(asks_union, cases=told("union_agreed")) == ""


def test_a_figure_that_needs_a_fact_nobody_asks_or_tells_is_never_worked_out() -> None:
    assert f"{OWED}: needs monthly_wage" in errors(rule(), cases=told("months_owed"), facts=())
    assert errors(rule(), cases=told("months_owed", "monthly_wage"), facts=()) == ""


def test_a_fact_that_only_counts_when_told_is_no_mistake() -> None:
    assert errors(rule(when=when(union_agreed={"given": True})), cases=told("months_owed")) == ""


def test_a_pay_cycle_is_known_only_where_time_is_cut_into_cycles() -> None:
    text = errors(rule(when=when(cycle={"values": ("first",)})))
    assert "rules of this topic are not told cycle" in text


def test_a_document_under_a_statute_that_holds_wherever_it_does_is_unreachable() -> None:
    local = rule(id="X-1", rank="document", region="410000", since=date(2010, 1, 1))
    assert f"X-1: is never used: {OWED}" in errors(rule(rank="statute"), local)


def test_a_document_under_a_narrower_statute_is_reached() -> None:
    narrower = rule(rank="statute", when=(*rule().when, *when(industry={"values": ("other",)})))
    assert errors(narrower, rule(id="X-1", rank="document", region="410000")) == ""


def test_a_topic_without_cases() -> None:
    assert f"{TOPIC}: has no cases. Write tests/rulebook/{TOPIC}.yaml" in errors(rule(), cases={})


def test_without_the_cases_at_hand_no_topic_is_blamed() -> None:
    assert errors(rule(), cases=None) == ""


@pytest.mark.parametrize(
    ("verified_on", "today", "is_old"),
    [
        (date(2024, 11, 21), date(2026, 11, 21), False),
        (date(2024, 11, 20), date(2026, 11, 21), True),
        (date(2024, 2, 29), date(2026, 2, 28), False),
        (date(2024, 2, 29), date(2026, 3, 1), True),
    ],
)
def test_what_was_verified_more_than_two_years_ago_is_old(
    verified_on: date, today: date, is_old: bool
) -> None:
    text = errors(rule(verified_on=verified_on), today=today)
    assert ("Compare it with the document again" in text) is is_old


def test_a_rule_nobody_verified_does_not_grow_old() -> None:
    assert errors(rule(status="secondary", verified_on=date(2020, 1, 1))) == ""


def test_a_rule_cannot_be_verified_tomorrow() -> None:
    assert "2026-11-22 is still to come" in errors(rule(verified_on=date(2026, 11, 22)))


def test_a_verified_rule_says_when() -> None:
    assert "yet no verified_on says when" in errors(rule(verified_on=None))


def test_a_verified_rule_without_sources_is_only_a_warning() -> None:
    texts = found(rule(sources=()))
    assert any(text.startswith("warning") and "yet has no sources" in text for text in texts)


def test_a_figure_that_stands_on_nothing() -> None:
    bare = replace(rule().basis[0], number="", article="")
    assert "gives a figure, but" in errors(rule(basis=(bare,), sources=()))


def test_a_dated_figure_that_stands_on_nothing() -> None:
    parameter = BOOK.parameters["paid_days_per_month"]
    row = replace(parameter.rows["000000"][0], document="", sources=())
    made = replace(parameter, rows={"000000": (row,)})
    bad = replace(BOOK, parameters={"paid_days_per_month": made})
    texts = [str(finding) for finding in lint(bad, TODAY)]
    assert any("the figure 21.75 stands on no document and no source" in text for text in texts)


def test_a_sentence_with_braces_nobody_fills() -> None:
    assert "nobody fills the braces" in errors(rule(says="欠你 {months_owed} 个月"))


def test_a_fact_a_topic_lists_for_nothing_is_a_warning() -> None:
    texts = found(rule())
    assert any("lists the fact industry, which none of its rules reads" in text for text in texts)


def test_errors_come_first() -> None:
    kinds = [text.partition(":")[0] for text in found(rule(says="发工资。"))]
    assert kinds == sorted(kinds)


def test_cases_that_are_no_cases_are_a_problem_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("cases: [{name: a, facts: [", encoding="utf-8")
    (tmp_path / "two.yaml").write_text("- 1\n", encoding="utf-8")
    problems: list[Any] = []
    assert read_cases(tmp_path, problems) == {"one": (), "two": ()}
    assert [str(one).split(": ")[1] for one in problems] == ["file", "file"]
