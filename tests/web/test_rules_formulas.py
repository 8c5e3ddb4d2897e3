"""Formulas in words, as one rule's page writes them."""

from decimal import Decimal
from typing import Any

import pytest

from gongyou.rulebook import Rulebook
from gongyou.rulebook.model import Amount, Working
from gongyou.rulebook.model.formula import (
    Arithmetic,
    Call,
    Comparison,
    Formula,
    Name,
    Node,
    Number,
    Text,
)
from gongyou.web.rules.formula_words import amount_in_words

WAGE, PAID, MONTHS = Name("monthly_wage"), Name("paid_amount"), Name("months_owed")


def number(value: Any) -> Number:
    return Number(Decimal(value))


def words(rulebook: Rulebook, root: Node, *steps: Working, label: str = "") -> list[str]:
    amount = Amount("due", label, "元", steps, Formula("", root))
    return amount_in_words(rulebook, amount)


@pytest.mark.parametrize(
    ("root", "written"),
    [
        (Arithmetic("*", WAGE, MONTHS), "月工资 × 欠了几个月"),
        (Arithmetic("-", WAGE, PAID), "月工资 − 一个月实际发了多少"),
        (Arithmetic("*", Arithmetic("-", WAGE, PAID), MONTHS),
         "（月工资 − 一个月实际发了多少） × 欠了几个月"),
        (Arithmetic("-", WAGE, Arithmetic("-", PAID, number(1))),
         "月工资 − （一个月实际发了多少 − 1）"),
        (Call("MAX", (number(0), Arithmetic("-", WAGE, PAID))),
         "（月工资 − 一个月实际发了多少，不够减就是 0）"),
        (Call("MIN", (WAGE, PAID)), "（月工资、一个月实际发了多少 里最小的）"),
        (Call("GIVEN", (PAID, number(0))), "一个月实际发了多少（没有就按 0）"),
        (Call("FLOOR", (MONTHS,)), "欠了几个月（去掉零头）"),
        (Name("min_wage_monthly"), "最低工资"),
        (number(0), "0 元"),
    ],
)  # fmt: skip
def test_a_formula_is_written_with_labels_and_signs(
    rulebook: Rulebook, root: Node, written: str
) -> None:
    assert words(rulebook, root) == [written]


def test_cases_take_a_line_each_with_the_labels_of_choices(rulebook: Rulebook) -> None:
    test = Comparison("==", Name("still_employed"), Text("yes"))
    lines = words(rulebook, Call("IF", (test, WAGE, number(0))), label="应付")
    assert lines == ["应付：", "· 还在不在这家干 是 还在：月工资", "· 别的：0 元"]


def test_named_steps_come_first_and_unnamed_ones_are_written_out(rulebook: Rulebook) -> None:
    day = Working("day", "一天的工资", "元", Formula("", Arithmetic("/", WAGE, number("21.75"))))
    rest = Working("rest", "", "元", Formula("", Arithmetic("-", PAID, number(1))))
    root = Arithmetic("*", Name("day"), Name("rest"))
    assert words(rulebook, root, day, rest, label="应付") == [
        "一天的工资 = 月工资 ÷ 21.75",
        "应付 = 一天的工资 × （一个月实际发了多少 − 1）",
    ]


def test_a_formula_too_long_to_read_points_to_the_calculator(rulebook: Rulebook) -> None:
    root: Node = WAGE
    for _ in range(30):
        root = Arithmetic("+", root, WAGE)
    assert words(rulebook, root, label="应付") == ["应付：要分几种情况，点「算一算」算给你看"]


def test_every_amount_of_the_rulebook_can_be_written(rulebook: Rulebook) -> None:
    for topic in rulebook.topics.values():
        for rule in topic.rules:
            lines = amount_in_words(rulebook, rule.amount) if rule.amount else ["-"]
            assert lines and not [line for line in lines if "{" in line or not line], rule.id
