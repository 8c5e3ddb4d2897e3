"""How far the rulebook reaches is found out by asking it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongyou.rulebook import Answer, read_rulebook
from gongyou.rulebook.checking.coverage import Cell, cover, periods, provinces
from gongyou.rulebook.checking.plain_case import ask, moved, plain_cases
from gongyou.rulebook.reading.cases import read_cases

ROOT = Path(__file__).parents[2]
BOOK = read_rulebook(ROOT / "rulebook")
CASES = read_cases(ROOT / "tests" / "rulebook", [])
TODAY = date(2026, 11, 21)


def cells(topic: str) -> list[Cell]:
    return list(cover(BOOK, CASES, TODAY, [BOOK.topics[topic]]))


def test_the_periods_are_those_of_the_law_of_the_epidemic_up_to_today() -> None:
    assert [str(period) for period in periods(TODAY)] == [
        "2020-01-24..2023-01-07",
        "2023-01-08..2025-08-31",
        "2025-09-01..2026-11-21",
    ]


def test_the_days_asked_about_begin_and_end_with_the_period() -> None:
    first = periods(TODAY)[0]
    assert (first.days[0], first.days[-1]) == (date(2020, 1, 24), date(2023, 1, 7))


def test_every_cell_is_of_one_of_31_provinces() -> None:
    assert len(provinces(BOOK)) == 31
    assert len(cells("wage_arrears")) == 31 * 3


def test_national_law_answers_everywhere() -> None:
    assert {cell.reach for cell in cells("wage_arrears")} == {"answered"}


@pytest.mark.parametrize(
    ("region", "reach"), [("110000", "answered"), ("410000", "answered"), ("430000", "unverified")]
)
def test_a_rate_nobody_has_read_is_unverified(region: str, reach: str) -> None:
    found = {cell.reach for cell in cells("wage_shutdown") if cell.region == region}
    assert found == {reach}


@pytest.mark.parametrize("topic", sorted(BOOK.topics))
def test_each_matter_of_a_topic_has_a_plain_case_that_gets_an_answer(topic: str) -> None:
    plain = plain_cases(BOOK, BOOK.topics[topic], CASES, TODAY)
    assert [case.title for case in plain if not isinstance(ask(BOOK, case), Answer)] == []


def test_a_moved_case_keeps_its_lengths_of_time() -> None:
    [plain] = plain_cases(BOOK, BOOK.topics["wage_shutdown"], CASES, TODAY)
    there = moved(BOOK, plain, "110000", date(2024, 2, 1))
    assert there.facts["region"] == "110000"
    assert there.facts["stop_from"] == date(2024, 2, 1)
    before, after = plain.facts, there.facts
    spans = [one["stop_until"] - one["stop_from"] for one in (before, after)]  # type: ignore[operator]
    assert spans[0] == spans[1]
