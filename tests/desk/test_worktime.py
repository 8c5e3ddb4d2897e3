"""Working time in the Chinese calendar: spans, weekends, make-up workdays, the clock moved."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyou.desk.routing.worktime import (
    CHINA,
    NeverOpen,
    OfficeHours,
    office_hours,
    own_hours,
    read_spans,
)

MAKE_UP = date(2026, 10, 10)  # a Saturday made a workday
HOLIDAY = date(2026, 10, 1)  # a Thursday off


def is_workday(day: date) -> bool:
    return day == MAKE_UP or (day.weekday() < 5 and day != HOLIDAY)


OFFICE = office_hours(is_workday, read_spans([["09:00", "12:00"], ["13:30", "17:30"]]))
EVENINGS = own_hours(is_workday, {"0": ["19:00", "22:00"], "3": ["19:00", "22:00"]})


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In September 2026, whose 1st is a Tuesday; 31 and more reach into October."""
    return datetime(2026, 9, 1, hour, minute, tzinfo=CHINA) + timedelta(days=day - 1)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(1, 8, 59), False),
        (at(1, 9), True),
        (at(1, 12), False),
        (at(1, 13), False),
        (at(1, 13, 30), True),
        (at(1, 17, 30), False),
        (at(5, 10), False),
        (at(31, 10), False),
        (at(40, 10), True),
    ],
    ids=["before", "start", "noon", "break", "again", "end", "Saturday", "holiday", "make-up"],
)
def test_open_from_the_start_of_a_span_until_before_its_end(
    moment: datetime, is_open: bool
) -> None:
    assert OFFICE.is_open(moment) is is_open


def test_the_zone_a_moment_is_told_in_does_not_matter() -> None:
    assert OFFICE.is_open(datetime(2026, 9, 1, 1, tzinfo=UTC))
    assert OFFICE.next_opening(datetime(2026, 9, 1, 0, tzinfo=UTC)) == at(1, 9)


def test_the_next_opening_is_now_when_open() -> None:
    assert OFFICE.next_opening(at(1, 10)) == at(1, 10)


def test_the_next_opening_is_after_the_weekend() -> None:
    assert OFFICE.next_opening(at(4, 18)) == at(7, 9)


def test_the_next_opening_of_a_week_before_a_make_up_workday_is_that_saturday() -> None:
    assert OFFICE.next_opening(at(39, 18)) == at(40, 9)


def test_working_time_skips_the_break_and_the_night() -> None:
    assert OFFICE.add(at(1, 11), hours(2)) == at(1, 14, 30)
    assert OFFICE.add(at(1, 17), hours(1)) == at(2, 9, 30)


def test_working_time_that_fills_a_span_ends_with_it() -> None:
    assert OFFICE.add(at(1, 9), hours(3)) == at(1, 12)
    assert OFFICE.add(at(1, 9), hours(7)) == at(1, 17, 30)


def test_working_time_skips_weekends_and_holidays() -> None:
    assert OFFICE.add(at(4, 17), hours(1)) == at(7, 9, 30)
    assert OFFICE.add(at(30, 17), hours(1)) == at(32, 9, 30)


def test_no_working_time_is_the_moment_itself_even_when_closed() -> None:
    assert OFFICE.add(at(5, 3), hours(0)) == at(5, 3)


def test_a_negative_time_is_a_bug() -> None:
    with pytest.raises(ValueError, match="negative"):
        OFFICE.add(at(1, 9), -hours(1))


def test_between_two_moments_only_the_working_time_counts() -> None:
    assert OFFICE.between(at(1, 8), at(1, 20)) == hours(7)
    assert OFFICE.between(at(4, 17), at(7, 10)) == hours(1.5)
    assert OFFICE.between(at(5, 8), at(6, 20)) == hours(0)


def test_years_lie_between_two_moments_without_a_limit() -> None:
    assert OFFICE.between(at(1, 0), at(1, 0) + timedelta(days=3000)) > hours(10_000)


def test_when_the_clock_was_moved_back_no_time_has_passed() -> None:
    assert OFFICE.between(at(2, 10), at(1, 10)) == hours(0)
    assert OFFICE.between(at(1, 11), at(1, 10)) == hours(0)


def test_a_moment_without_a_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="naive"):
        OFFICE.is_open(datetime(2026, 9, 1, 9))


@pytest.mark.parametrize(
    "spans", [[(time(12), time(9))], [(time(9), time(12)), (time(11), time(13))]]
)
def test_hours_out_of_order_are_refused(spans: list[tuple[time, time]]) -> None:
    with pytest.raises(ValueError, match="follow"):
        OfficeHours(is_workday, {0: spans})


def test_a_calendar_without_workdays_ends_the_search() -> None:
    never = office_hours(lambda _: False, read_spans([["09:00", "12:00"]]))
    with pytest.raises(NeverOpen):
        never.next_opening(at(1, 9))
    with pytest.raises(NeverOpen):
        never.add(at(1, 9), hours(1))


def test_more_time_than_the_hours_hold_ends_the_search() -> None:
    with pytest.raises(NeverOpen):
        EVENINGS.add(at(1, 9), hours(1000))


def test_a_volunteer_is_reached_in_their_own_hours() -> None:
    assert not EVENINGS.is_open(at(7, 10))
    assert EVENINGS.next_opening(at(4, 10)) == at(7, 19)


def test_nobody_is_reached_in_their_weekday_hours_on_a_holiday() -> None:
    assert EVENINGS.next_opening(at(31, 10)) == at(35, 19)  # Thursday off, Monday next


def test_weekend_hours_hold_whether_or_not_the_day_is_worked() -> None:
    saturdays = own_hours(is_workday, {"5": ["10:00", "12:00"]})
    assert saturdays.is_open(at(5, 10))
    assert saturdays.is_open(at(40, 10))


def test_a_make_up_workday_adds_no_hours_a_volunteer_did_not_give() -> None:
    assert EVENINGS.between(at(40, 0), at(41, 0)) == hours(0)


moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(CHINA))
lengths = st.timedeltas(timedelta(), timedelta(hours=60))
either_hours = st.sampled_from([OFFICE, EVENINGS])
a_few = settings(max_examples=60, deadline=None)


@a_few
@given(either_hours, moments, lengths)
def test_the_time_added_lies_between(when: OfficeHours, start: datetime, length: timedelta) -> None:
    assert when.between(start, when.add(start, length)) == length


@a_few
@given(either_hours, moments, lengths, lengths)
def test_more_time_never_ends_sooner(
    when: OfficeHours, start: datetime, one: timedelta, other: timedelta
) -> None:
    assert when.add(start, min(one, other)) <= when.add(start, max(one, other))


@a_few
@given(either_hours, moments, moments, lengths)
def test_a_later_start_never_ends_sooner(
    when: OfficeHours, one: datetime, other: datetime, length: timedelta
) -> None:
    assert when.add(min(one, other), length) <= when.add(max(one, other), length)


@a_few
@given(either_hours, moments, moments, moments)
def test_time_between_adds_up(when: OfficeHours, a: datetime, b: datetime, c: datetime) -> None:
    a, b, c = sorted((a, b, c))
    assert when.between(a, b) + when.between(b, c) == when.between(a, c)


@a_few
@given(either_hours, moments)
def test_the_next_opening_is_open_and_nothing_before_it(when: OfficeHours, start: datetime) -> None:
    opening = when.next_opening(start)
    assert opening >= start
    assert when.is_open(opening)
    assert when.between(start, opening) == timedelta()
