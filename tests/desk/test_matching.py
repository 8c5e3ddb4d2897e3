"""Which lawyer a case is offered to, in which order, and what a page says about it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gongyou.desk.routing.matching import Candidate, Wanted, rank, reject_reason
from gongyou.desk.routing.reasons import reason_text, reason_texts
from gongyou.desk.routing.worktime import CHINA

NOW = datetime(2026, 9, 1, 10, tzinfo=CHINA)  # a Tuesday
EVENINGS = {str(day): ["19:00", "22:00"] for day in range(5)}
WANTED = Wanted(topic="wage_shutdown", region="410802", priority=3, now=NOW)
REGIONS = {"410800": "焦作", "410000": "河南"}
TOPICS = {"wage_shutdown": "停工停产的工资"}


def is_workday(day: date) -> bool:
    return day.weekday() < 5


def lawyer(person_id: int, **changed: Any) -> Candidate:
    """Of Jiaozuo, who takes everything and has 2 of 10 cases."""
    given: dict[str, Any] = {
        "regions": ["410800"],
        "specialities": [],
        "hours": {},
        "load": 2,
        "load_limit": 10,
    }
    return Candidate(person_id, **(given | changed))


def order(*candidates: Candidate, wanted: Wanted = WANTED) -> list[int]:
    return [match.person_id for match in rank(wanted, candidates, is_workday)]


def told(kept: str) -> str:
    return reason_text(kept, REGIONS.__getitem__, TOPICS.__getitem__)


def test_the_nearest_region_comes_first() -> None:
    nation = lawyer(1, regions=["000000"])
    province = lawyer(2, regions=["410000"])
    city = lawyer(3, regions=["410800"])
    county = lawyer(4, regions=["410802"])
    assert order(nation, province, city, county) == [4, 3, 2, 1]


def test_of_several_regions_the_nearest_counts() -> None:
    assert order(lawyer(1, regions=["410000"]), lawyer(2, regions=["000000", "410800"])) == [2, 1]


def test_a_case_whose_region_is_not_known_goes_to_anyone_and_first_to_who_is_everywhere() -> None:
    wanted = replace(WANTED, region="000000")
    assert order(lawyer(1), lawyer(2, regions=["000000"]), wanted=wanted) == [2, 1]


def test_in_one_region_the_speciality_decides() -> None:
    other = lawyer(1, specialities=["work_injury"])
    anything = lawyer(2)
    expert = lawyer(3, specialities=["wage_shutdown", "work_injury"])
    assert order(other, anything, expert) == [3, 2, 1]


def test_the_region_counts_more_than_the_speciality() -> None:
    expert = lawyer(1, regions=["410000"], specialities=["wage_shutdown"])
    assert order(expert, lawyer(2)) == [2, 1]


def test_then_who_can_be_reached_sooner() -> None:
    assert order(lawyer(1, hours=EVENINGS), lawyer(2)) == [2, 1]


def test_in_the_evening_it_is_the_lawyer_of_the_evenings() -> None:
    wanted = replace(WANTED, now=NOW + timedelta(hours=10))
    assert order(lawyer(1), lawyer(2, hours=EVENINGS), wanted=wanted) == [2, 1]


def test_then_who_has_the_smaller_part_of_their_limit() -> None:
    assert order(lawyer(1, load=2, load_limit=4), lawyer(2, load=4, load_limit=10)) == [2, 1]


def test_then_who_was_asked_longest_ago_and_first_who_never_was() -> None:
    yesterday = lawyer(1, last_offer_at=NOW - timedelta(days=1))
    last_week = lawyer(2, last_offer_at=(NOW - timedelta(days=7)).astimezone(UTC))
    assert order(yesterday, last_week, lawyer(3)) == [3, 2, 1]


def test_then_the_lower_number_whatever_order_they_came_in() -> None:
    assert order(lawyer(2), lawyer(1)) == order(lawyer(1), lawyer(2)) == [1, 2]


@pytest.mark.parametrize(("priority", "first"), [(0, 2), (1, 2), (2, 1), (3, 1)])
def test_what_is_urgent_goes_to_who_can_be_reached_before_the_speciality(
    priority: int, first: int
) -> None:
    expert = lawyer(1, specialities=["wage_shutdown"], hours=EVENINGS)
    wanted = replace(WANTED, priority=priority)
    assert order(expert, lawyer(2), wanted=wanted)[0] == first


@pytest.mark.parametrize(
    ("changed", "kept", "words"),
    [
        ({"regions": ["410100"]}, "elsewhere", "不负责这个地区"),
        ({"regions": []}, "elsewhere", "不负责这个地区"),
        ({"load": 10}, "full|10|10", "手上 10 件，已到上限 10"),
        ({"load": 0, "load_limit": 0}, "full|0|0", "手上 0 件，已到上限 0"),
        ({"was_offered": True}, "was_offered", "这件事已经派给过这位"),
        ({"conflict_names": ["晨光", "宏达厂"]}, "conflict", "说过要回避这家用人单位"),
        (
            {"away_from": date(2026, 9, 1), "away_until": date(2026, 9, 4)},
            "away_until|2026-09-04",
            "不在，2026-09-04 回来",
        ),
        ({"away_from": date(2026, 8, 1)}, "away|2026-08-01", "2026-08-01 起不在"),
        ({"away_until": date(2026, 9, 2)}, "away_until|2026-09-02", "不在，2026-09-02 回来"),
    ],
)
def test_a_lawyer_who_may_not_be_asked_is_left_out_and_the_page_says_why(
    changed: dict[str, Any], kept: str, words: str
) -> None:
    wanted = replace(WANTED, employer_name="焦作市宏达机械有限公司")
    candidate = lawyer(1, **changed)
    assert reject_reason(wanted, candidate) == kept
    assert told(kept) == words
    assert order(candidate, lawyer(2), wanted=wanted) == [2]


def test_who_gave_the_case_away_is_left_out() -> None:
    away = lawyer(1, was_offered=True, gave_away=True)
    assert reject_reason(WANTED, away) == "gave_away"
    assert order(away, lawyer(2)) == [2]


@pytest.mark.parametrize(
    "changed",
    [
        {"load": 9},
        {"away_from": date(2026, 9, 2)},
        {"away_from": date(2026, 8, 1), "away_until": date(2026, 9, 1)},
        {"away_until": date(2026, 9, 1)},
        {"conflict_names": ["晨光机械", ""]},
        {"specialities": ["work_injury"]},
    ],
)
def test_a_lawyer_just_within_every_limit_may_be_asked(changed: dict[str, Any]) -> None:
    wanted = replace(WANTED, employer_name="焦作市宏达机械有限公司")
    assert reject_reason(wanted, lawyer(1, **changed)) is None


def test_with_an_employer_not_known_nothing_is_a_conflict_yet() -> None:
    assert reject_reason(WANTED, lawyer(1, conflict_names=["宏达"])) is None


def test_away_is_reckoned_by_the_day_in_china() -> None:
    late = datetime(2026, 9, 1, 17, tzinfo=UTC)  # already the 2nd in China
    wanted = replace(WANTED, now=late)
    assert reject_reason(wanted, lawyer(1, away_until=date(2026, 9, 2))) is None
    assert reject_reason(wanted, lawyer(1, away_from=date(2026, 9, 2))) == "away|2026-09-02"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {"specialities": ["wage_shutdown"]},
            ["负责焦作", "擅长「停工停产的工资」", "现在联系得上", "手上 2 件，上限 10"],
        ),
        (
            {"regions": ["000000"], "hours": EVENINGS},
            ["负责全国", "什么主题都接", "9 月 1 日 19:00 起联系得上", "手上 2 件，上限 10"],
        ),
        (
            {"regions": ["410000"], "specialities": ["work_injury"]},
            ["负责河南", "「停工停产的工资」不是专长", "现在联系得上", "手上 2 件，上限 10"],
        ),
    ],
)
def test_a_match_says_in_words_why_it_is_one(changed: dict[str, Any], words: list[str]) -> None:
    (match,) = rank(WANTED, [lawyer(1, **changed)], is_workday)
    assert [told(kept) for kept in match.reasons] == words


def test_a_reason_kept_names_no_employer() -> None:
    wanted = replace(WANTED, employer_name="宏达机械")
    (match,) = rank(wanted, [lawyer(1, conflict_names=["晨光"])], is_workday)
    assert not any("宏达" in kept for kept in match.reasons)


def test_nobody_fits_when_there_is_nobody() -> None:
    assert order() == []


def test_every_reason_has_its_words() -> None:
    assert all(words.strip() for words in reason_texts().values())
