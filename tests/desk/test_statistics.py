"""Publishing a week: workers, not words; once, after its end; as far as each may see."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.keeping.erasing import erase_conversation
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import Role
from gongyou.desk.statistics.figures import sum_by, total
from gongyou.desk.statistics.reading import fetch_counts, fetch_employer_names, fetch_weeks
from gongyou.desk.statistics.sight import may_report
from gongyou.desk.statistics.snapshots import fetch_unpublished, publish_week
from gongyou.desk.statistics.table import WeeklyCount
from gongyou.desk.statistics.weeks import last_closed, monday_of, number_of, start_of, week_of
from tests.desk.conftest import Hire
from tests.desk.statistics import DOMAIN, NEXT, WEEK, add_ticket, ask, at, publish


@pytest.fixture
def hire(session) -> Hire:
    """As the other tests' `hire`, within the test's one transaction."""

    def hire_(login: str, role: Role, **columns: Any) -> Person:
        person = Person(login=login, name=login, role=role, password_hash="", **columns)
        session.add(person)
        session.flush()
        return person

    return hire_


@pytest.fixture
def national(hire) -> Person:
    return hire("national", "officer", regions=["000000"])


def test_a_worker_with_three_tickets_is_one_worker(session, national):
    ask(session, 4)
    chat = open_conversation(session, at(WEEK))[0].id
    for n in range(3):
        add_ticket(session, chat, at(WEEK), idempotency_key=f"k{n}")
    publish(session)
    assert total(fetch_counts(session, national, [WEEK])) == 5


def test_the_employer_is_shown_by_its_normalised_name(session, national):
    ask(session, 3, employer="焦作市宏达机械制造有限公司")
    ask(session, 2, employer="宏达厂")
    publish(session)
    (key,) = sum_by(fetch_counts(session, national, [WEEK]), lambda one: one.employer)
    assert fetch_employer_names(session, [key]) == {key: "宏达"}


def test_the_name_of_a_small_employer_is_nowhere_in_the_figures(session):
    ask(session, 9)
    ask(session, 4, employer="宏达厂")
    publish(session)
    assert session.scalars(select(WeeklyCount.employer)).all() == [None]


def test_small_employers_of_a_park_are_seen_together(session, national, monkeypatch):
    listed = [{"name": "东区产业园", "employers": ["宏达厂", "明亮电子"]}]
    monkeypatch.setattr("gongyou.desk.statistics.parks.read_parks", lambda: listed)
    ask(session, 3, employer="宏达厂")
    ask(session, 3, employer="明亮电子")
    publish(session)
    counts = fetch_counts(session, national, [WEEK])
    assert sum_by(counts, lambda one: one.park) == {"东区产业园": 6}


def test_what_was_taken_back_before_the_week_ended_does_not_count(session, national):
    for ticket in ask(session, 6)[:2]:
        ticket.status = "withdrawn"
    publish(session)
    assert fetch_counts(session, national, [WEEK]) == []


def test_answered_and_waiting_are_told_apart(session, national):
    ask(session, 5, answered=True)
    ask(session, 6)
    publish(session)
    counts = fetch_counts(session, national, [WEEK])
    assert {one.is_answered: one.workers for one in counts} == {True: 5, False: 6}


# once and for good


def test_a_week_is_not_published_before_it_has_ended(session):
    with pytest.raises(ValueError, match="ended"):
        publish_week(session, WEEK, DOMAIN, start_of(NEXT) - timedelta(seconds=1))


def test_a_published_week_stays_as_it_is(session, national):
    tickets = ask(session, 8)
    assert publish(session)
    before = fetch_counts(session, national, [WEEK])
    erase_conversation(session, tickets[0].conversation_id, at(NEXT))
    tickets[1].region = "320500"
    ask(session, 7)
    assert not publish(session)
    assert fetch_counts(session, national, [WEEK]) == before


def test_the_weeks_left_out_are_published_in_order(session, now):
    assert fetch_unpublished(session, now) == []
    ask(session, 1, monday=date(2026, 10, 26))
    mondays = [date(2026, 10, 26), date(2026, 11, 2), WEEK]
    assert fetch_unpublished(session, now) == mondays
    for monday in mondays:
        publish(session, monday)
    assert fetch_unpublished(session, now) == []
    assert fetch_weeks(session, 2) == mondays[1:]


def test_a_week_begins_on_monday_in_china(now):
    assert week_of(start_of(WEEK)) == WEEK
    assert week_of(start_of(WEEK) - timedelta(seconds=1)) == WEEK - timedelta(days=7)
    assert last_closed(now) == WEEK


def test_a_week_has_a_number():
    assert number_of(WEEK) == 202646 and monday_of(202646) == WEEK
    with pytest.raises(ValueError, match="week"):
        monday_of(202660)


# who sees what


@pytest.fixture
def towns(session):
    """焦作 6, another city of 河南 7, a city of 江苏 8, no known region 9."""
    for number, region in ((6, "410802"), (7, "410100"), (8, "320500"), (9, "000000")):
        ask(session, number, region=region)
    publish(session)


@pytest.mark.parametrize(
    ("regions", "seen"),
    [
        (["410800"], {"410800": 6, "000000": 9}),
        (["410000"], {"410100": 7, "410800": 6, "000000": 9}),
        (["000000"], {"410100": 7, "410800": 6, "320500": 8, "000000": 9}),
        (["410802"], {"000000": 9}),
    ],
)
def test_an_officer_sees_the_whole_classes_of_their_regions(session, towns, hire, regions, seen):
    officer = hire("o", "officer", regions=regions)
    counts = fetch_counts(session, officer, [WEEK])
    assert sum_by(counts, lambda one: one.region) == seen


def test_the_other_cities_of_a_province_are_seen_by_who_has_the_province(session, hire):
    ask(session, 3, region="410100")
    ask(session, 3, region="410300")
    publish(session)
    province = fetch_counts(session, hire("p", "officer", regions=["410000"]), [WEEK])
    city = fetch_counts(session, hire("c", "officer", regions=["410100"]), [WEEK])
    assert (total(province), total(city)) == (6, 0)


def test_an_enterprises_union_sees_other_employers_alone(session, hire):
    ask(session, 6, employer="宏达厂")
    ask(session, 7, employer="明亮电子")
    ask(session, 8)
    publish(session)
    officer = hire("e", "officer", employer="焦作市宏达机械厂")
    assert [one.workers for one in fetch_counts(session, officer, [WEEK])] == [7]


@pytest.mark.parametrize("role", ["lawyer", "editor", "auditor", "admin"])
def test_nobody_else_sees_figures(session, towns, hire, role):
    assert fetch_counts(session, hire("x", role), [WEEK]) == []


@pytest.mark.parametrize(
    ("regions", "employer", "allowed"),
    [
        (["410000"], None, {"410000", "410800"}),
        (["410800"], None, {"410800"}),
        (["000000"], None, {"000000", "410000", "410800", "320500"}),
        (["000000"], "宏达厂", set()),
    ],
)
def test_an_officer_reports_on_whole_regions_of_theirs(hire, regions, employer, allowed):
    officer = hire("r", "officer", regions=regions, employer=employer)
    asked = ("000000", "410000", "410800", "320500")
    assert {region for region in asked if may_report(officer, region)} == allowed


def test_no_row_of_fewer_than_five_can_be_stored(session):
    ask(session, 30, region="410100")
    ask(session, 3, region="410300")
    publish(session)
    assert session.scalar(select(func.min(WeeklyCount.workers))) >= 5
