"""Formulas: worked out exactly, asked only for what they reach, written as a worker reads them."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongyou.rulebook import NeedFacts
from tests.rulebook.tiny import Tiny, rule, tiny


def formula(folder: Path, text: str, unit: str = "元", steps: str = "[]") -> Tiny:
    head = "facts: [wage, paid, began, ended, months]"
    amount = f'{{unit: {unit}, steps: {steps}, formula: "{text}"}}'
    return tiny(folder, rule("A", amount=amount), head=head)


FACTS: dict[str, Any] = {
    "wage": Decimal(6525),
    "paid": Decimal(1500),
    "began": date(2024, 1, 31),
    "ended": date(2024, 4, 15),
}


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("wage / 21.75 * 10", "3000.00", "6,525 ÷ 21.75 × 10"),
        ("wage - paid * 2", "3525.00", "6,525 − 1,500 × 2"),
        ("(wage - paid) * 2", "10050.00", "(6,525 − 1,500) × 2"),
        ("wage - (paid - 500)", "5525.00", "6,525 − (1,500 − 500)"),
        ("wage * 30 / 30", "6525.00", "6,525 × 30 ÷ 30"),
        ("wage * paid / paid", "6525.00", "6,525"),
        ("MAX(0, paid - wage)", "0.00", "0"),
        ("MIN(wage * 0.2, paid)", "1305.00", "6,525 × 0.2"),
        ("IF(wage > 5000, wage * 2, paid)", "13050.00", "6,525 × 2"),
        ("IF(wage > 5000 and paid < 100, 1, 2)", "2.00", "2"),
        ("GIVEN(months, 3)", "2.5", None),
        ("FLOOR(184 / 365 * 10)", "5.00", "184 ÷ 365 × 10（去掉零头）"),
        ("CEIL(7 / 2)", "4.00", "7 ÷ 2（有零头进一）"),
        ("DAYS(began, ended)", "75.00", "75"),
        ("41 % 12", "5.00", "41 除余 12"),
    ],
)
def test_a_formula_is_worked_out_and_written(
    tmp_path: Path, text: str, value: str, written: str | None
) -> None:
    answer = formula(tmp_path, text).answer(**FACTS)
    assert answer.total == Decimal(value)
    if written is not None:
        assert answer.steps[0].expression == written


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ADD_DAYS(began, 45)", date(2024, 3, 16)),
        ("ADD_MONTHS(began, 1)", date(2024, 2, 29)),
        ("ADD_YEARS(ADD_DAYS(began, 29), 1)", date(2025, 2, 28)),
        ("MAX(began, ended)", date(2024, 4, 15)),
    ],
)
def test_a_formula_may_give_a_day(tmp_path: Path, text: str, day: date) -> None:
    assert formula(tmp_path, text, unit="日期").answer(**FACTS).totals[0].value == day


def test_steps_are_shown_with_their_arithmetic(tmp_path: Path) -> None:
    steps = "[{name: daily, label: 一天, formula: wage / 21.75}, {name: two, formula: daily * 2}]"
    answer = formula(tmp_path, "two * 5", steps=steps).answer(**FACTS)
    assert [(s.label, s.expression, s.amount) for s in answer.steps] == [
        ("一天", "6,525 ÷ 21.75", Decimal(300)),
        ("A", "600 × 5", Decimal(3000)),
    ]


def test_all_facts_a_branch_reaches_are_asked_and_no_others(tmp_path: Path) -> None:
    made = formula(tmp_path, "IF(wage > 5000, wage - paid, months)")
    assert made.ask(wage=Decimal(6000)) == NeedFacts("tiny", ("paid",))
    assert made.ask(wage=Decimal(4000), paid=Decimal(1)) == NeedFacts("tiny", ("months",))


def test_a_fact_that_follows_from_others_is_not_asked(tmp_path: Path) -> None:
    made = formula(tmp_path, "months")
    assert made.ask() == NeedFacts("tiny", ("months",))
    assert made.answer(began=date(2022, 1, 1), ended=date(2025, 6, 1)).total == Decimal(41)


def test_an_unknown_fact_gives_no_figure(tmp_path: Path) -> None:
    answer = formula(tmp_path, "wage * 2").answer(wage="unknown")
    assert (answer.total, answer.totals[0].missing) == (None, ("「工资」还不清楚，这一段算不出",))


def test_a_division_by_nothing_gives_no_figure(tmp_path: Path) -> None:
    answer = formula(tmp_path, "wage / paid").answer(wage=Decimal(1), paid=Decimal(0))
    assert answer.totals[0].missing == ("按你说的数算不出来，请再看看填得对不对",)


def test_yuan_are_rounded_half_up_once_at_the_end(tmp_path: Path) -> None:
    steps = "[{name: third, label: 一份, formula: wage / 3}]"
    answer = formula(tmp_path, "third * 3", steps=steps).answer(wage=Decimal("0.05"))
    assert answer.total == Decimal("0.05")


def test_a_figure_nobody_has_read_stops_the_sum(tmp_path: Path) -> None:
    row = '- {region: "410000", value: null, from: 2000-01-01, status: unverified, note: 没读到}\n'
    made = tiny(
        tmp_path, rule("A", amount='{formula: "top * 2"}'), parameters={"top": row}
    )  # fmt: skip
    answer = made.answer(region="410000")
    assert (answer.status, answer.totals[0].missing) == ("unverified", ("没读到",))
