"""How urgent a case is."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from gongyou.casework.deadlines import Deadline, find_deadlines
from gongyou.casework.plans import Whose
from gongyou.casework.priority import judge_priority, reason_text
from tests.casework.the_law import real_rulebook

TODAY = date(2026, 11, 22)


def judged(topic: str, *deadlines: Deadline, **facts: Any) -> tuple[int, list[str]]:
    return judge_priority(topic, facts, deadlines, TODAY)


def in_days(days: int, whose: Whose = "worker") -> Deadline:
    last = TODAY + timedelta(days=days)
    return Deadline("court", "去法院起诉", None, last, None, "known", whose=whose)


def undated() -> Deadline:
    return Deadline("court", "去法院起诉", None, None, None, "depends")


def test_a_case_without_a_reason_is_normal() -> None:
    assert judged("wage_arrears") == (3, [])


def test_a_crisis_comes_before_everything() -> None:
    assert judged("crisis", in_days(1)) == (0, ["crisis", "deadline_urgent"])
    assert judged("psychological", psych_matter="urgent") == (0, ["crisis"])


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, (1, ["deadline_urgent"])),
        (15, (1, ["deadline_urgent"])),
        (16, (2, ["deadline_soon"])),
        (60, (2, ["deadline_soon"])),
        (61, (3, [])),
        (-1, (3, [])),
    ],
)
def test_the_days_left_decide(days: int, expected: tuple[int, list[str]]) -> None:
    assert judged("wage_arrears", in_days(days)) == expected


def test_the_nearest_of_several_counts_and_undated_ones_do_not() -> None:
    listed = (undated(), in_days(-5), in_days(40), in_days(200))
    assert judged("wage_arrears", *listed) == (2, ["deadline_soon"])


def test_the_employer_s_own_deadline_is_not_the_worker_s_hurry() -> None:
    assert judged("work_injury", in_days(3, "employer")) == (3, [])


@pytest.mark.parametrize("stage", ["pregnant", "leave", "nursing"])
def test_dismissal_of_a_pregnant_or_nursing_worker_is_urgent(stage: str) -> None:
    case = {"female_matter": "dismissed", "protected_stage": stage}
    assert judged("female_dismissal", **case) == (1, ["protected_dismissal", "small_child"])


def test_a_pay_cut_of_a_pregnant_worker_comes_soon() -> None:
    case = {"female_matter": "pay_cut", "protected_stage": "pregnant"}
    assert judged("female_dismissal", **case) == (2, ["small_child"])


def test_work_in_danger_is_urgent() -> None:
    assert judged("epidemic_safety", safety_matter="danger") == (1, ["danger"])


@pytest.mark.parametrize(
    ("people", "expected"), [(9, (3, [])), (10, (2, ["many_workers"])), ("unknown", (3, []))]
)
def test_ten_people_are_many(people: int | str, expected: tuple[int, list[str]]) -> None:
    assert judged("wage_arrears", workers_owed=people) == expected


def test_people_may_be_counted_in_any_number() -> None:
    assert judged("wage_arrears", workers_owed=Decimal(30)) == (2, ["many_workers"])


@pytest.mark.parametrize(
    "facts", [{"aid_hardship": "yes"}, {"hardship_grade": "deep"}, {"welfare_need": "sudden"}]
)
def test_hardship_comes_soon(facts: dict[str, str]) -> None:
    assert judged("legal_aid", **facts) == (2, ["hardship"])


def test_all_reasons_are_told_the_gravest_first() -> None:
    case: Any = {
        "workers_owed": 12,
        "left_on": date(2025, 12, 1),
        "still_employed": "no",
        "aid_hardship": "yes",
    }
    listed = find_deadlines(real_rulebook(), "wage_arrears", case, TODAY)
    level, reasons = judge_priority("wage_arrears", case, listed, TODAY)
    assert (level, reasons) == (1, ["deadline_urgent", "many_workers", "hardship"])


def test_a_reason_can_be_told_in_chinese() -> None:
    assert reason_text("many_workers") == "十个人以上的集体事情"
    with pytest.raises(KeyError):
        reason_text("nobody")
