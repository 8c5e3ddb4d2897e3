"""Facts that are each possible, but not together, are refused with the name of both."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gongyou.rulebook import UNKNOWN, FactError, FactValue, Question, evaluate, read_rulebook

BOOK = read_rulebook(Path(__file__).parents[2] / "rulebook")
TODAY = date(2026, 11, 21)
WORKED: dict[str, FactValue] = {"hired_on": date(2024, 1, 1), "left_on": date(2024, 7, 1)}


def ask(**facts: FactValue) -> None:
    evaluate(BOOK, Question("wage_arrears", facts, TODAY))


def test_somebody_who_still_works_there_has_not_left() -> None:
    with pytest.raises(FactError, match="「哪天离职」和「还在不在这家干」对不上") as caught:
        ask(still_employed="yes", left_on=date(2026, 1, 31))
    assert caught.value.name == "left_on"


@pytest.mark.parametrize("still_employed", ["no", UNKNOWN])
def test_somebody_who_left_or_is_not_sure_may_say_when(still_employed: str) -> None:
    ask(still_employed=still_employed, left_on=date(2026, 1, 31))


def test_months_that_do_not_follow_from_the_days_told_are_refused() -> None:
    with pytest.raises(FactError, match="「在这家干了几个月」和「哪天入职」对不上"):
        ask(**WORKED, service_months=Decimal(41))


@pytest.mark.parametrize("months", [Decimal(5), Decimal(6), Decimal("6.5"), Decimal(7)])
def test_months_rounded_by_a_month_are_no_contradiction(months: Decimal) -> None:
    ask(**WORKED, service_months=months)


def test_months_told_without_the_days_contradict_nothing() -> None:
    ask(service_months=Decimal(41))


def test_nobody_leaves_before_being_hired() -> None:
    with pytest.raises(FactError) as caught:
        ask(hired_on=date(2024, 1, 1), left_on=date(2023, 1, 1))
    assert caught.value.name == "left_on"
