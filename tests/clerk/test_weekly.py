"""The clerk's Mondays: publish what has closed, warn once, report in the first office hour."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from gongyou.clerk.weekly import LOOK_EVERY, Weekly
from gongyou.desk.notices.table import Notice
from gongyou.desk.statistics.table import Alert, KeptReport, Week
from gongyou.desk.statistics.weeks import start_of
from gongyou.rulebook import Rulebook, read_rulebook
from gongyou.wiring import Desk
from tests.desk.statistics import NEXT, WEEK, ask
from tests.fixtures import REPOSITORY, add_person

MONDAY = start_of(NEXT)  # 00:00


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return read_rulebook(REPOSITORY / "rulebook")


class Clock:
    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def weekly(desk: Desk, rulebook: Rulebook, clock: Clock, password_hash: str) -> Weekly:
    """A week in which twelve workers had trouble with one employer; an officer of the city."""
    more = {"regions": ["410800"], "on_duty": True, "email": "zhao@union.example.org"}
    add_person(desk, password_hash, "zhao", "赵干部", "officer", **more)
    with desk.transaction() as session:
        ask(session, 12, employer="宏达机械厂")
    return Weekly(desk, rulebook, clock)


@pytest.fixture
def count(desk: Desk) -> Callable[[type], int]:
    def count_(table: type) -> int:
        with desk.reading() as session:
            return session.scalars(select(func.count()).select_from(table)).one()

    return count_


def test_a_week_is_published_and_warned_of_as_soon_as_it_has_ended(weekly, clock, count):
    clock.now = MONDAY - timedelta(seconds=1)
    weekly.run_once()
    assert count(Week) == 0
    clock.now = MONDAY + LOOK_EVERY
    weekly.run_once()
    assert (count(Week), count(Alert)) == (1, 2)


def test_another_clerk_and_another_round_change_nothing(weekly, clock, desk, rulebook, count):
    for one in (weekly, Weekly(desk, rulebook, clock), weekly):
        clock.now += timedelta(hours=12)
        one.run_once()
    assert (count(Week), count(Alert), count(KeptReport)) == (1, 2, 1)
    assert count(Notice) == 5  # two warnings to officer and group, and the report


def test_reports_are_made_in_the_first_office_hour(weekly, clock, desk, count):
    clock.now = MONDAY + timedelta(hours=8)
    weekly.run_once()
    assert count(KeptReport) == 0
    clock.now = MONDAY + timedelta(hours=9, minutes=1)
    weekly.run_once()
    with desk.reading() as session:
        report = session.scalars(select(KeptReport)).one()
        kinds = session.scalars(select(Notice.kind).order_by(Notice.id)).all()
        assert (report.monday, report.region) == (WEEK, "410800")
        assert report.document[:2] == report.workbook[:2] == b"PK"
        assert kinds[-1] == "weekly_report"


def test_a_holiday_puts_the_reports_off(weekly, clock, desk, rulebook, count, monkeypatch):
    closed = Weekly(desk, rulebook, clock)
    monkeypatch.setattr(closed, "_is_workday", lambda day: day.weekday() > 0)
    clock.now = MONDAY + timedelta(hours=10)
    closed.run_once()
    assert (count(Week), count(KeptReport)) == (1, 0)
    clock.now += timedelta(days=1)
    closed.run_once()
    assert count(KeptReport) == 1
