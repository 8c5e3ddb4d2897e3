"""Whatever a file of the rulebook holds: a problem with its place and cure, never a traceback."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gongyou.rulebook import (
    Answer,
    FactValue,
    Question,
    RulebookError,
    evaluate,
    read_rulebook,
    render_card,
)

ROOT = Path(__file__).parents[2] / "rulebook"
ARREARS = "national/wage_arrears.yaml"
FACTS = "facts/common.yaml"
FIGURE = "parameters/paid_days_per_month.yaml"
TODAY = date(2026, 11, 21)
OWED: dict[str, FactValue] = {
    "months_owed": Decimal(2),
    "monthly_wage": Decimal(5000),
    "still_employed": "yes",
    "industry": "other",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A small rulebook: one topic, its facts, its figures."""
    made = tmp_path / "rulebook"
    for name in ("words.yaml", "regions.csv", "calendar.csv", ARREARS, FACTS, FIGURE):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, made / name)
    return made


def change(copy: Path, file: str, old: str, new: str) -> None:
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def report(copy: Path) -> str:
    with pytest.raises(RulebookError) as caught:
        read_rulebook(copy)
    return str(caught.value)


def test_the_small_rulebook_is_sound(copy: Path) -> None:
    assert list(read_rulebook(copy).topics) == ["wage_arrears"]


@pytest.mark.parametrize(
    "file", [ARREARS, FACTS, FIGURE, "words.yaml", "calendar.csv", "regions.csv"]
)
def test_an_empty_file_is_a_problem(copy: Path, file: str) -> None:
    (copy / file).write_text("", encoding="utf-8")
    assert f"rulebook/{file}:1" in report(copy)


@pytest.mark.parametrize(
    "file", [ARREARS, FACTS, FIGURE, "words.yaml", "calendar.csv", "regions.csv"]
)
def test_a_folder_where_a_file_should_be_is_a_problem(copy: Path, file: str) -> None:
    (copy / file).unlink()
    (copy / file).mkdir()
    assert f"rulebook/{file}:1: file: cannot be read" in report(copy)


@pytest.mark.parametrize(
    "text",
    ["[1]: 2\n", "? {a: b}\n: c\n", "- 1\n", "topic: *nobody\n", "a: !own 1\n", "\0", "[" * 3000],
)
def test_a_file_that_is_no_mapping_of_words_is_a_problem(copy: Path, text: str) -> None:
    (copy / ARREARS).write_text(text, encoding="utf-8")
    text = report(copy)
    assert f"rulebook/{ARREARS}:" in text
    assert "file: is not" in text


def test_a_file_that_is_not_utf_8_is_a_problem(copy: Path) -> None:
    (copy / ARREARS).write_bytes("topic: 拖欠工资".encode("gbk"))
    assert "save it as UTF-8" in report(copy)


def test_a_rule_that_is_only_text_is_a_problem(copy: Path) -> None:
    change(copy, ARREARS, "rules:\n", "rules:\n- 欠的工资要发\n")
    assert "rules holds '欠的工资要发', not a mapping" in report(copy)


@pytest.mark.parametrize(
    "basis", ["劳动法", "[劳动法]", "2020-01-01", "{document: 劳动法}", "[[]]"]
)
def test_a_basis_that_is_no_list_of_documents_is_a_problem(copy: Path, basis: str) -> None:
    text = (copy / ARREARS).read_text(encoding="utf-8")
    own = text[text.index("  basis: &basis_arrears") : text.index("  status: verified")]
    change(copy, ARREARS, own, f"  basis: &basis_arrears {basis}\n")
    assert f"rulebook/{ARREARS}:" in report(copy)


def test_days_in_the_wrong_order_are_a_problem(copy: Path) -> None:
    change(
        copy,
        ARREARS,
        "  from: 2020-01-24\n  until: 2023-01-08",
        "  from: 2023-01-08\n  until: 2020-01-24",
    )
    assert "CN-DP-002: until 2020-01-24 is not after from 2023-01-08" in report(copy)


def test_a_day_that_does_not_exist_is_a_problem(copy: Path) -> None:
    change(copy, ARREARS, "  from: 2020-01-24", "  from: 2020-02-30")
    assert "CN-DP-002: from is '2020-02-30', not a date" in report(copy)


def test_a_region_that_does_not_exist_is_a_problem(copy: Path) -> None:
    change(copy, ARREARS, "- id: CN-AR-001\n", '- id: CN-AR-001\n  region: "999999"\n')
    assert "CN-AR-001: region 999999 is not in regions.csv. Fix the code" in report(copy)


@pytest.mark.parametrize(
    "value", ["21.75", '"1e9"', '"1e999999999"', '"NaN"', '"一千"', f'"{"9" * 30}"']
)
def test_a_figure_is_a_plain_number_in_quotes(copy: Path, value: str) -> None:
    change(copy, FIGURE, 'value: "21.75"', f"value: {value}")
    assert "not a quoted number" in report(copy)


def test_figures_that_hold_at_once_name_both_rows(copy: Path) -> None:
    change(copy, FIGURE, "until: 2025-01-01", "until: 2026-01-01")
    text = report(copy)
    assert f"rulebook/{FIGURE}:7" in text
    assert "overlaps the row from 2008-01-03" in text


@pytest.mark.parametrize("value", ["很多", "1,000"])
def test_a_value_taken_for_granted_is_of_the_fact_s_kind(copy: Path, value: str) -> None:
    change(
        copy, FACTS, '    max: "21.75"\n', f'    max: "21.75"\n    assume: {{value: "{value}"}}\n'
    )
    assert "fact days_worked: value is" in report(copy)


def owed(copy: Path, **more: FactValue) -> Answer:
    facts: dict[str, FactValue] = {**OWED, **more}
    rulebook = read_rulebook(copy)
    answer = evaluate(rulebook, Question("wage_arrears", facts, TODAY))
    assert isinstance(answer, Answer)
    assert "算不出" in render_card(rulebook, answer, facts).conclusion
    return answer


@pytest.mark.parametrize(
    "formula",
    [
        "monthly_wage / (months_owed - 2)",
        "months_owed % (months_owed - 2)",
        "monthly_wage * 999999999999999999",
    ],
)
def test_a_formula_that_cannot_be_worked_out_gives_no_figure(copy: Path, formula: str) -> None:
    change(copy, ARREARS, "{formula: monthly_wage * months_owed}", f"{{formula: {formula}}}")
    assert owed(copy).total is None


def test_a_day_beyond_the_calendar_is_no_figure(copy: Path) -> None:
    far = "IF(DAYS(hired_on, ADD_YEARS(hired_on, 9000)) > 0, monthly_wage, months_owed)"
    change(copy, ARREARS, "{formula: monthly_wage * months_owed}", f"{{formula: '{far}'}}")
    change(copy, ARREARS, "facts: [months_owed", "facts: [hired_on, months_owed")
    assert owed(copy, hired_on=TODAY).total is None


def test_a_condition_that_cannot_be_worked_out_leaves_it_open(copy: Path) -> None:
    entitled = (
        "- id: X-1\n  title: 补贴\n  from: 1995-01-01\n  says: 一笔补贴\n  status: secondary\n"
        "  eligibility: {name: 补贴, requires: ["
        "{if: 1 / (months_owed - 2) > 0, yes: 是, no: 否}]}\n"
        "  basis: [{document: 示例文件}]\n"
    )
    change(copy, ARREARS, "rules:\n", f"rules:\n{entitled}")
    rulebook = read_rulebook(copy)
    answer = evaluate(rulebook, Question("wage_arrears", OWED, TODAY))
    assert isinstance(answer, Answer)
    assert answer.eligible is None
    assert "还没有核实到" in render_card(rulebook, answer, OWED).conclusion
