"""A broken rulebook stops the start: every problem at once, with file, line, rule and cure."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gongyou.rulebook import RulebookError, read_rulebook

ROOT = Path(__file__).parents[2] / "rulebook"
SHUTDOWN = "national/wage_shutdown.yaml"

type Break = Callable[[str, str, str], None]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT, tmp_path / "rulebook"))


@pytest.fixture
def replace(copy: Path) -> Break:
    def change(file: str, old: str, new: str) -> None:
        text = (copy / file).read_text(encoding="utf-8")
        assert old in text
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def report(path: Path) -> str:
    with pytest.raises(RulebookError) as caught:
        read_rulebook(path)
    return str(caught.value)


def test_all_problems_are_reported_together(copy: Path, replace: Break) -> None:
    replace(SHUTDOWN, "formula: monthly_wage}", "formula: monthly_wages}")
    replace("facts/common.yaml", "sensitivity: personal", "sensitivity: secret")
    text = report(copy)
    assert text.startswith("2 problem(s)")
    assert "rulebook/facts/common.yaml:" in text
    assert "'monthly_wages' is neither fact nor parameter nor step" in text


def test_a_problem_names_file_line_and_rule(copy: Path, replace: Break) -> None:
    replace(SHUTDOWN, "from: 1995-01-01", "from: 1995-13-01")
    line = (copy / SHUTDOWN).read_text(encoding="utf-8").split("- id: CN-WS-001")[0].count("\n") + 1
    assert f"rulebook/{SHUTDOWN}:{line}: CN-WS-001: from is" in report(copy)


def test_a_misspelt_key_is_a_problem(copy: Path, replace: Break) -> None:
    replace(SHUTDOWN, "  until: 2025-01-01", "  untill: 2025-01-01")
    assert "CN-WS-018: 'untill' is not a key here" in report(copy)


def test_a_key_written_twice_is_a_problem(copy: Path, replace: Break) -> None:
    replace(SHUTDOWN, "title: 停工停产的工资", "title: 停工停产的工资\ntitle: 停工")
    assert "title is written twice" in report(copy)


def test_a_bare_yes_or_no_is_the_word(copy: Path, replace: Break) -> None:
    replace(SHUTDOWN, 'stoppage_caused_by_worker: "no"', "stoppage_caused_by_worker: no")
    rule = read_rulebook(copy).topics["wage_shutdown"].rules[0]
    assert ("no",) in [condition.values for condition in rule.when]


def test_a_truth_value_is_a_problem(copy: Path, replace: Break) -> None:
    replace(SHUTDOWN, 'stoppage_caused_by_worker: "no"', "stoppage_caused_by_worker: false")
    assert "Write yes or no, not true or false" in report(copy)


def test_a_value_that_is_no_choice_is_a_problem(copy: Path, replace: Break) -> None:
    replace(SHUTDOWN, "worked: none}", "worked: nothing}")
    assert "when worked is 'nothing'. Use one of none, all, some, unknown" in report(copy)


@pytest.mark.parametrize(
    ("formula", "problem"),
    [
        ("monthly_wage +", "is not a formula"),
        ("monthly_wage * 'two'", "* takes number, number, not number, text"),
        ("stop_from", "gives a date, a number is needed"),
        ("TWICE(monthly_wage)", "there is no function TWICE of 1 parts"),
        ("IF(monthly_wage, 1, 2)", "IF takes truth, number, number, not number, number, number"),
        ("DAYS(stop_from)", "DAYS takes date, date, not date"),
        ("monthly_wage ** 2", "'monthly_wage ** 2' cannot stand in a formula"),
        ("__import__('os')", "there is no function __import__ of 1 parts"),
        ("monthly_wage.real", "'monthly_wage.real' cannot stand in a formula"),
    ],
)
def test_a_formula_that_cannot_be_worked_out_is_a_problem(
    copy: Path, replace: Break, formula: str, problem: str
) -> None:
    replace(SHUTDOWN, "formula: monthly_wage}", f'formula: "{formula}"}}')
    assert problem in report(copy)


def test_two_figures_that_tie_are_a_problem(copy: Path, replace: Break) -> None:
    replace(SHUTDOWN, "cycle: later, worked: all}", "cycle: later, worked: [all, none]}")
    assert "CN-WS-003: can match together with CN-WS-002" in report(copy)


def test_an_id_used_twice_is_a_problem(copy: Path, replace: Break) -> None:
    replace(SHUTDOWN, "- id: CN-WS-002", "- id: CN-WS-001")
    assert "Give each rule its own id" in report(copy)


def test_a_rule_without_a_basis_is_a_problem(copy: Path, replace: Break) -> None:
    replace(SHUTDOWN, "  basis:\n", "  sources: []\n  notes_:\n")
    assert "CN-WS-001: no basis" in report(copy)


def test_overlapping_figures_of_one_place_are_a_problem(copy: Path, replace: Break) -> None:
    file = "parameters/paid_days_per_month.yaml"
    replace(file, "until: 2025-01-01", "until: 2025-02-01")
    assert "overlaps the row from 2008-01-03" in report(copy)


def test_a_figure_must_be_a_quoted_number(copy: Path, replace: Break) -> None:
    replace("parameters/paid_days_per_month.yaml", '"21.75"', "21.75")
    assert "not a quoted number" in report(copy)


def test_a_figure_nobody_found_must_be_unverified(copy: Path, replace: Break) -> None:
    replace("parameters/paid_days_per_month.yaml", 'value: "21.75"', "value: null")
    assert "no value, yet verified" in report(copy)


def test_a_region_that_does_not_exist_is_a_problem(copy: Path, replace: Break) -> None:
    replace("parameters/paid_days_per_month.yaml", '"000000"', '"999999"')
    assert "region 999999 is not in regions.csv" in report(copy)


def test_an_interval_that_ends_before_it_starts_is_a_problem(copy: Path, replace: Break) -> None:
    replace(SHUTDOWN, "  until: 2025-01-01", "  until: 2007-01-01")
    assert "until 2007-01-01 is not after from 2008-01-03" in report(copy)


def test_a_template_that_names_an_unknown_field_is_a_problem(copy: Path, replace: Break) -> None:
    replace("words.yaml", "{region}当时的最低工资", "{place}当时的最低工资")
    assert "names {place}" in report(copy)


def test_a_missing_sentence_is_a_problem(copy: Path, replace: Break) -> None:
    replace("words.yaml", "missing.fact:", "missing.facts:")
    assert "missing.fact is missing" in report(copy)


def test_a_regional_file_of_an_unknown_topic_is_a_problem(copy: Path) -> None:
    path = copy / "regions" / "410000-henan" / "lottery.yaml"
    path.write_text("topic: lottery\nrules: []\n", encoding="utf-8")
    assert "'lottery' has no national file" in report(copy)


def test_broken_yaml_is_a_problem_with_its_line(copy: Path, replace: Break) -> None:
    replace(SHUTDOWN, "needs: [region, stop_from]", "needs: [region, stop_from")
    assert f"rulebook/{SHUTDOWN}:" in report(copy)


def test_a_folder_without_a_rulebook_is_a_problem(tmp_path: Path) -> None:
    text = report(tmp_path)
    assert "calendar.csv" in text
    assert "regions.csv" in text


def test_a_topic_that_no_group_names_is_shown_among_the_others(copy: Path, replace: Break) -> None:
    replace("groups.yaml", ", home_office_pay]", "]")
    last = read_rulebook(copy).grouped()[-1]
    assert (last.title, last.topics) == ("其他", ("home_office_pay",))


def test_a_group_that_names_no_topic_is_a_problem(copy: Path, replace: Break) -> None:
    replace("groups.yaml", "[leave_pay]", "[leave_pays]")
    assert "'leave_pays' has no national file" in report(copy)
