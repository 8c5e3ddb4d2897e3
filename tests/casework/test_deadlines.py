"""Last days, worked out by hand from the article named in each test, against the real rulebook."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongyou.casework.deadlines import Deadline, find_deadlines, nearest_day
from gongyou.rulebook import Rulebook
from tests.casework.the_law import real_rulebook, rulebook_where

TODAY = date(2026, 11, 22)


def found(topic: str, today: date = TODAY, **facts: Any) -> dict[str, Deadline]:
    """The deadlines of a case by key, in their order."""
    return {one.key: one for one in find_deadlines(real_rulebook(), topic, facts, today)}


def day(topic: str, key: str, today: date = TODAY, **facts: Any) -> date | None:
    return found(topic, today, **facts)[key].last_day


# —— 劳动争议调解仲裁法 第二十七条: one year; for wages from the end of employment ——


@pytest.mark.parametrize(
    ("left", "last"),
    [
        (date(2026, 3, 15), date(2027, 3, 15)),
        (date(2026, 1, 31), date(2027, 1, 31)),
        (date(2024, 2, 29), date(2025, 2, 28)),  # 2025 has no 29 February
        (date(2023, 2, 28), date(2024, 2, 28)),  # not the 29th: the corresponding day
        (date(2025, 12, 31), date(2026, 12, 31)),
    ],
)
def test_wages_can_be_claimed_for_a_year_after_leaving(left: date, last: date) -> None:
    assert day("wage_arrears", "arbitration_wages", left_on=left) == last


def test_a_sure_deadline_names_its_article_and_the_day_it_runs_from() -> None:
    one = found("wage_arrears", left_on=date(2026, 3, 15))["arbitration_wages"]
    assert one.basis is not None
    assert (one.basis.document, one.basis.number, one.basis.article) == (
        "中华人民共和国劳动争议调解仲裁法",
        "主席令第80号",
        "第二十七条",
    )
    assert (one.certainty, one.reason, one.starts_on) == ("known", "", date(2026, 3, 15))


@pytest.mark.parametrize(
    ("today", "left", "over"),
    [(date(2027, 3, 14), 1, False), (date(2027, 3, 15), 0, False), (date(2027, 3, 16), -1, True)],
)
def test_on_the_last_day_itself_one_may_still_act(today: date, left: int, over: bool) -> None:
    one = found("wage_arrears", today, left_on=date(2026, 3, 15))["arbitration_wages"]
    assert (one.days_left(today), one.is_over(today)) == (left, over)


def test_a_year_that_has_passed_may_still_be_started_anew_so_it_is_not_certain() -> None:
    one = found("wage_arrears", left_on=date(2025, 3, 15))["arbitration_wages"]
    assert one.certainty == "depends"
    assert "2026年3月15日已经过了" in one.reason and "律师" in one.reason


def test_wages_have_no_last_day_while_the_worker_is_employed() -> None:
    one = found("wage_arrears", still_employed="yes")["arbitration_wages"]
    assert (one.last_day, one.needs) == (None, ())
    assert "不受一年限制" in one.reason


@pytest.mark.parametrize(
    ("claimed", "last", "start"),
    [
        (date(2026, 1, 31), date(2027, 1, 31), date(2026, 1, 31)),  # within the year: anew
        (date(2026, 2, 28), date(2027, 2, 28), date(2026, 2, 28)),  # on its last day: anew
        (date(2026, 3, 1), date(2026, 2, 28), date(2025, 2, 28)),  # a day late: not anew
        (date(2025, 1, 10), date(2026, 2, 28), date(2025, 2, 28)),  # before leaving: no matter
    ],
)
def test_a_claim_within_the_year_starts_it_anew(claimed: date, last: date, start: date) -> None:
    case = {"left_on": date(2025, 2, 28), "last_claimed_on": claimed}
    one = found("wage_arrears", **case)["arbitration_wages"]
    assert (one.last_day, one.starts_on) == (last, start)


def test_a_year_started_anew_hangs_on_the_proof() -> None:
    case = {"left_on": date(2026, 2, 28), "last_claimed_on": date(2026, 9, 1)}
    one = found("wage_arrears", **case)["arbitration_wages"]
    assert one.certainty == "depends" and "证据" in one.reason


def test_days_lost_to_the_epidemic_make_the_last_day_a_rough_one() -> None:
    one = found("wage_arrears", date(2023, 6, 1), left_on=date(2022, 12, 31))["arbitration_wages"]
    assert (one.last_day, one.certainty) == (date(2023, 12, 31), "depends")
    assert "疫情" in one.reason


def test_after_a_dismissal_the_year_is_counted_from_leaving_and_says_so() -> None:
    one = found("dismissal_compensation", left_on=date(2026, 8, 31))["arbitration_dismissal"]
    assert (one.last_day, one.certainty) == (date(2027, 8, 31), "depends")
    assert "离职那天" in one.reason


def test_the_day_the_worker_knew_comes_before_the_day_of_leaving() -> None:
    case = {"left_on": date(2026, 8, 31), "wronged_on": date(2026, 9, 30)}
    one = found("dismissal_compensation", **case)["arbitration_dismissal"]
    assert (one.last_day, one.certainty) == (date(2027, 9, 30), "known")


def test_whoever_has_applied_for_arbitration_has_no_day_to_apply() -> None:
    assert not found(
        "wage_arrears", left_on=date(2026, 8, 31), arbitration_applied_on=date(2026, 9, 1)
    )


# —— 劳动保障监察条例 第二十条: two years after the violation ended ——


@pytest.mark.parametrize(
    ("stopped", "last"),
    [
        (date(2025, 6, 30), date(2027, 6, 30)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2022, 2, 28), date(2024, 2, 28)),
    ],
)
def test_the_inspection_looks_two_years_back(stopped: date, last: date) -> None:
    case: Any = {
        "dispute_matter": "inspection",
        "violation_state": "stopped",
        "violated_on": stopped,
    }
    assert day("dispute_procedure", "inspection", **case) == last


def test_for_arrears_the_two_years_from_leaving_are_a_rough_day() -> None:
    one = found("wage_arrears", left_on=date(2026, 1, 31))["inspection"]
    assert (one.last_day, one.certainty) == (date(2028, 1, 31), "depends")
    assert "各地不一样" in one.reason


def test_what_still_goes_on_has_no_last_day_for_the_inspection() -> None:
    one = found("wage_arrears", still_employed="yes")["inspection"]
    assert one.last_day is None and "还没开始算" in one.reason


# —— 工伤保险条例 第十七条: thirty days for the employer, a year for the worker ——


@pytest.mark.parametrize(
    ("injured", "employer", "worker"),
    [
        (date(2026, 10, 31), date(2026, 11, 30), date(2027, 10, 31)),
        (date(2024, 1, 31), date(2024, 3, 1), date(2025, 1, 31)),  # February had 29 days
        (date(2025, 1, 31), date(2025, 3, 2), date(2026, 1, 31)),
        (date(2024, 2, 29), date(2024, 3, 30), date(2025, 2, 28)),
    ],
)
def test_a_work_injury_is_reported_in_thirty_days_or_a_year(
    injured: date, employer: date, worker: date
) -> None:
    case = found("work_injury", injury_matter="counts", injured_on=injured)
    assert (case["injury_employer"].last_day, case["injury_worker"].last_day) == (employer, worker)
    assert (case["injury_employer"].whose, case["injury_worker"].whose) == ("employer", "worker")


def test_an_injury_with_a_grade_was_recognised_long_ago() -> None:
    assert not found("work_injury", injury_matter="grade", injured_on=date(2026, 10, 31))


# —— 劳动争议调解仲裁法 第四十八条至第五十条: fifteen days after the award ——


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (date(2026, 11, 10), date(2026, 11, 25)),
        (date(2026, 2, 14), date(2026, 3, 1)),
        (date(2024, 2, 14), date(2024, 2, 29)),
    ],
)
def test_the_court_is_open_for_fifteen_days_after_the_award(received: date, last: date) -> None:
    case = found("wage_arrears", award_received_on=received, left_on=date(2023, 1, 1))
    assert {key: one.last_day for key, one in case.items()} == {"court": last}
    assert case["court"].certainty == "known"


# —— missing, impossible, uncovered ——


@pytest.mark.parametrize(
    ("topic", "facts", "key", "needs"),
    [
        ("wage_arrears", {}, "arbitration_wages", "still_employed"),
        ("wage_arrears", {"still_employed": "unknown"}, "arbitration_wages", "still_employed"),
        ("wage_arrears", {"still_employed": "no"}, "arbitration_wages", "left_on"),
        ("dismissal_compensation", {}, "arbitration_dismissal", "wronged_on"),
        ("work_injury", {"injury_matter": "apply"}, "injury_worker", "injured_on"),
        ("work_injury", {"injury_matter": "apply"}, "injury_employer", "injured_on"),
        ("dispute_procedure", {"dispute_matter": "sue"}, "court", "award_received_on"),
        ("dispute_procedure", {"dispute_matter": "limitation"}, "arbitration", "claim_kind"),
        ("contract", {"contract_matter": "deposit"}, "inspection", "violated_on"),
    ],
)
def test_a_missing_fact_gives_no_day_and_is_named(
    topic: str, facts: dict[str, Any], key: str, needs: str
) -> None:
    one = found(topic, **facts)[key]
    assert (one.last_day, one.starts_on, one.needs) == (None, None, (needs,))
    assert real_rulebook().facts[needs].label in one.reason
    assert one.basis is not None


def test_a_day_to_come_gives_no_last_day() -> None:
    case = found("wage_arrears", left_on=date(2027, 1, 1))
    assert [(one.last_day, one.needs) for one in case.values()] == [(None, ("left_on",))] * 2


def test_facts_that_contradict_each_other_give_no_last_day() -> None:
    case: Any = {"still_employed": "yes", "left_on": date(2026, 1, 1)}
    one = found("wage_arrears", **case)["arbitration_wages"]
    assert one.last_day is None and "对不上" in one.reason
    assert "还没开始算" in found("wage_arrears", **case)["inspection"].reason


def test_hong_kong_and_macau_have_their_own_law() -> None:
    assert not found("wage_arrears", region="810000", left_on=date(2026, 1, 1))


@pytest.mark.parametrize("topic", ["crisis", "other", "wage_of_the_moon"])
def test_a_topic_the_rulebook_does_not_have_has_no_deadlines(topic: str) -> None:
    assert not found(topic)


def injury_under(rulebook: Rulebook) -> dict[str, Deadline]:
    facts: Any = {"injury_matter": "apply", "injured_on": date(2026, 10, 31)}
    return {one.key: one for one in find_deadlines(rulebook, "work_injury", facts, TODAY)}


def test_an_unverified_rule_gives_no_day(tmp_path: Path) -> None:
    path = "national/work_injury.yaml"
    case = injury_under(rulebook_where(tmp_path, path, "CN-QP-015-B", "unverified"))
    assert case["injury_employer"].last_day is None
    assert "待核实" in case["injury_employer"].reason
    assert case["injury_worker"].last_day == date(2027, 10, 31)


def test_a_rule_known_second_hand_gives_a_day_to_be_checked(tmp_path: Path) -> None:
    path = "national/work_injury.yaml"
    one = injury_under(rulebook_where(tmp_path, path, "CN-QP-015-B", "secondary"))[
        "injury_employer"
    ]
    assert (one.last_day, one.certainty) == (date(2026, 11, 30), "depends")
    assert "核对" in one.reason


# —— the law in force then ——


@pytest.mark.parametrize(
    ("today", "keys"),
    [
        (date(2004, 11, 30), set()),
        (date(2004, 12, 1), {"inspection"}),
        (date(2008, 4, 30), {"inspection"}),
        (date(2008, 5, 1), {"inspection", "arbitration_wages"}),
    ],
)
def test_a_deadline_is_known_from_the_day_its_law_is_in_force(today: date, keys: set[str]) -> None:
    assert set(found("wage_arrears", today, left_on=date(2004, 10, 1))) == keys


# —— order ——


def test_open_ones_come_nearest_first_then_undated_then_ended_ones() -> None:
    case = found("work_injury", injury_matter="apply", injured_on=date(2026, 11, 1))
    assert list(case) == ["injury_employer", "injury_worker"]
    late = found("work_injury", injury_matter="apply", injured_on=date(2026, 9, 1))
    assert list(late) == ["injury_worker", "injury_employer"]
    mixed = found("dispute_procedure", dispute_matter="limitation", violated_on=date(2026, 9, 1))
    assert list(mixed) == ["inspection", "arbitration"]


def test_what_ends_today_comes_first_and_is_still_certain() -> None:
    case = found("wage_arrears", date(2027, 1, 31), left_on=date(2026, 1, 31))
    assert list(case) == ["arbitration_wages", "inspection"]
    assert case["arbitration_wages"].certainty == "known"


def test_the_nearest_day_is_the_worker_s_own_and_not_over() -> None:
    case: Any = {"injury_matter": "apply", "injured_on": date(2026, 11, 1)}
    listed = find_deadlines(real_rulebook(), "work_injury", case, TODAY)
    assert nearest_day(listed, TODAY) == date(2027, 11, 1)
    assert nearest_day(listed, date(2027, 11, 2)) is None
