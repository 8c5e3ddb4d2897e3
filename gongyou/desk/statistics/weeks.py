"""ISO weeks in China: Monday 00:00 to Monday 00:00, each named by its Monday."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from gongyou.desk.routing.worktime import CHINA, in_china

WEEK: Final = timedelta(weeks=1)


def week_of(at: datetime) -> date:
    """The Monday of the week. ValueError for a naive datetime."""
    day = in_china(at).date()
    return day - timedelta(days=day.weekday())


def start_of(monday: date) -> datetime:
    return datetime.combine(monday, time(), CHINA)


def last_closed(now: datetime) -> date:
    """The Monday of the newest week that has ended."""
    return week_of(now) - WEEK


def weeks_between(first: date, last: date) -> Iterator[date]:
    """Mondays from `first` to `last`, both included."""
    while first <= last:
        yield first
        first += WEEK


def number_of(monday: date) -> int:
    """202647 for the 47th week of 2026: what a notice may carry."""
    year, week, _ = monday.isocalendar()
    return year * 100 + week


def monday_of(number: int) -> date:
    """The Monday again. ValueError for no such week."""
    return date.fromisocalendar(number // 100, number % 100, 1)
