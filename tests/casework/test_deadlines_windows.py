"""Aid and subsidies that could be applied for between two days only."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongyou.casework.deadlines import Deadline, find_deadlines
from gongyou.casework.plans import read_plans
from gongyou.rulebook.model.text import day_text
from tests.casework.the_law import real_rulebook, rulebook_where

TODAY = date(2026, 11, 22)


def found(topic: str, today: date = TODAY, **facts: Any) -> list[Deadline]:
    return find_deadlines(real_rulebook(), topic, facts, today)


def test_an_ended_window_is_shown_as_ended() -> None:
    [one] = found("subsidy_transport", region="410802")
    assert (one.starts_on, one.last_day) == (date(2020, 2, 25), date(2020, 4, 10))
    assert one.is_over(TODAY) and "不能再领" in one.says


@pytest.mark.parametrize(("today", "over"), [(date(2020, 4, 10), False), (date(2020, 4, 11), True)])
def test_a_window_is_open_on_its_last_day(today: date, over: bool) -> None:
    [one] = found("subsidy_transport", today, region="410000")
    assert one.is_over(today) is over


def test_a_window_that_had_not_begun_was_not_known() -> None:
    assert not found("subsidy_transport", date(2020, 2, 24), region="410000")
    assert found("subsidy_transport", date(2020, 2, 25), region="410000")


def test_a_window_of_one_region_is_not_shown_in_another() -> None:
    assert not found("subsidy_transport", region="430200")
    assert not found("subsidy_transport")


def test_of_the_same_aid_every_year_only_the_latest_window_is_shown() -> None:
    [then] = found("subsidy_hardship", date(2020, 2, 8), aid_matter="warmth")
    [now] = found("subsidy_hardship", aid_matter="warmth")
    assert (then.key, now.key) == ("warmth_2020", "warmth_2026")


def test_a_sentence_that_is_no_longer_true_is_not_said() -> None:
    """「在办，到2026年3月3日」 is over."""
    [one] = found("subsidy_hardship", aid_matter="warmth")
    assert one.last_day == date(2026, 3, 3) and one.says == ""


def test_what_was_only_reported_second_hand_is_not_certain() -> None:
    [one] = found("subsidy_transport", region="410000")
    assert one.certainty == "depends" and "核对" in one.reason


def test_an_unverified_window_is_not_shown(tmp_path: Path) -> None:
    path, facts = "national/subsidy_hardship.yaml", {"aid_matter": "warmth"}
    rulebook = rulebook_where(tmp_path, path, "CN-SB-014-W", "unverified")
    [one] = find_deadlines(rulebook, "subsidy_hardship", facts, TODAY)
    assert one.key == "warmth_2020"


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), date(2026, 12, 31)),
        (date(2025, 12, 31), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2027, 12, 31)),
    ],
)
def test_the_childcare_subsidy_is_first_applied_for_by_the_end_of_the_next_year(
    born: date, last: date | None
) -> None:
    listed = found("female_maternity", maternity_matter="subsidy", baby_born_on=born)
    assert [one.last_day for one in listed] == ([last] if last else [])


@pytest.mark.parametrize("window", read_plans().windows, ids=lambda one: one.key)
def test_every_window_s_last_day_stands_in_its_rule(window: Any) -> None:
    rules = {rule.id: rule for rule in real_rulebook().topics[window.topic].rules}
    assert day_text(window.last_day) in rules[window.rule].says
