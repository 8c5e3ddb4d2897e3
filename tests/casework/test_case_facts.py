"""Stored facts read back, whichever way they were stored."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongyou.casework.case_facts import read_case_facts
from gongyou.rulebook import describe_fact, encode_facts
from tests.casework.the_law import real_rulebook

FACTS: Any = {
    "monthly_wage": Decimal("4000.5"),
    "months_owed": Decimal(3),
    "left_on": date(2026, 3, 31),
    "still_employed": "no",
    "region": "410802",
    "workers_owed": 1200,
    "pay_cycle_start_day": 16,
    "stop_until": "ongoing",
    "protected_stage": "unknown",
    "work_dates": (date(2026, 10, 1), date(2026, 10, 2)),
}


def shown(name: str) -> dict[str, str | int]:
    text = describe_fact(real_rulebook(), name, FACTS[name])
    return {"label": real_rulebook().facts[name].label, "text": text}


@pytest.mark.parametrize(
    "stored",
    [
        encode_facts(FACTS),
        {name: shown(name) for name in FACTS},
        {name: shown(name) | {"value": value} for name, value in encode_facts(FACTS).items()},
    ],
    ids=["encoded", "sheet", "sheet with values"],
)
def test_each_shape_gives_the_same_facts(stored: dict[str, Any]) -> None:
    assert read_case_facts(real_rulebook(), stored) == FACTS


def test_the_value_counts_more_than_the_text() -> None:
    stored = {"monthly_wage": {"label": "月工资", "text": "4,000 元", "value": "4200"}}
    assert read_case_facts(real_rulebook(), stored) == {"monthly_wage": Decimal(4200)}


def test_a_value_that_cannot_be_read_falls_back_on_the_text() -> None:
    stored = {"monthly_wage": {"label": "月工资", "text": "4,000 元", "value": "lots"}}
    assert read_case_facts(real_rulebook(), stored) == {"monthly_wage": Decimal(4000)}


def test_a_count_may_have_commas_as_the_sheet_shows_it() -> None:
    stored = {"workers_owed": {"label": "一共欠了几个人", "text": "1,200 人"}}
    assert read_case_facts(real_rulebook(), stored) == {"workers_owed": 1200}


@pytest.mark.parametrize(
    "kept", ["很久以前", "", None, 3.5, ["2026-01-01"], {}, {"label": "哪天离职"}, {"text": "去年"}]
)
def test_what_cannot_be_read_is_left_out(kept: Any) -> None:
    assert read_case_facts(real_rulebook(), {"left_on": kept}) == {}


def test_a_fact_the_rulebook_does_not_have_is_left_out() -> None:
    stored = {"employer": {"label": "单位", "text": "某厂"}, "still_employed": "no"}
    assert read_case_facts(real_rulebook(), stored) == {"still_employed": "no"}
