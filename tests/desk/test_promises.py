"""What is promised, when an offer is passed on, and that a warning comes while there is time."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyou.desk.routing.promises import (
    PRIORITIES,
    answer_due,
    desk_hours,
    most_offers,
    offer_until,
    warn_at,
)
from gongyou.desk.routing.worktime import CHINA, own_hours

KINDS = ("legal_aid", "handoff")
CRISIS, URGENT, SOON, NORMAL = range(4)


def is_workday(day: date) -> bool:
    return day.weekday() < 5


OFFICE = desk_hours(is_workday)
EVENINGS = own_hours(is_workday, {str(day): ["19:00", "22:00"] for day in range(5)})
FRIDAYS = own_hours(is_workday, {"4": ["19:00", "22:00"]})


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In September 2026, whose 1st is a Tuesday."""
    return datetime(2026, 9, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("kind", "priority", "due"),
    [
        ("legal_aid", CRISIS, at(4, 17, 30)),
        ("legal_aid", URGENT, at(7, 14)),
        ("legal_aid", SOON, at(7, 17)),
        ("legal_aid", NORMAL, at(8, 17)),
        ("handoff", CRISIS, at(4, 17, 30)),
        ("handoff", URGENT, at(7, 14)),
        ("handoff", SOON, at(7, 17)),
        ("handoff", NORMAL, at(7, 17)),
    ],
)
def test_what_is_asked_on_friday_at_five_is_promised(
    kind: str, priority: int, due: datetime
) -> None:
    assert answer_due(kind, priority, at(4, 17), OFFICE) == due


def test_a_crisis_is_answered_within_half_an_hour_in_the_night_too() -> None:
    assert answer_due("handoff", CRISIS, at(5, 3), OFFICE) == at(5, 3, 30)


def test_an_offer_stands_only_in_working_time() -> None:
    assert offer_until("legal_aid", NORMAL, at(4, 16), OFFICE) == at(7, 10, 30)


def test_an_urgent_offer_is_passed_on_outside_office_hours_too() -> None:
    assert offer_until("legal_aid", URGENT, at(5, 19), OFFICE) == at(5, 20)


def test_an_urgent_offer_of_the_night_waits_for_the_morning() -> None:
    assert offer_until("legal_aid", URGENT, at(5, 21, 30), OFFICE) == at(6, 8, 30)


def test_a_lawyer_of_the_evenings_has_a_while_in_which_to_see_an_offer() -> None:
    assert offer_until("legal_aid", NORMAL, at(1, 10), OFFICE, EVENINGS) == at(1, 20)


def test_and_is_warned_within_those_hours_not_when_asked() -> None:
    until = offer_until("legal_aid", NORMAL, at(1, 10), OFFICE, EVENINGS)
    assert warn_at(at(1, 10), until, EVENINGS) == at(1, 19, 30)


def test_an_offer_does_not_wait_for_hours_that_are_days_away() -> None:
    assert offer_until("legal_aid", NORMAL, at(1, 10), OFFICE, FRIDAYS) == at(1, 14, 30)


def test_an_urgent_offer_waits_for_nobody() -> None:
    assert offer_until("legal_aid", URGENT, at(1, 10), OFFICE, EVENINGS) == at(1, 11)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("priority", range(4))
def test_all_offers_run_out_in_time_for_the_duty_officer_to_keep_the_promise(
    kind: str, priority: int
) -> None:
    asked = until = at(1, 9)
    for _ in range(most_offers()):
        until = offer_until(kind, priority, until, OFFICE)
    due = answer_due(kind, priority, asked, OFFICE)
    assert due - until >= timedelta(minutes=15 if priority == CRISIS else 30)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("priority", range(3))
def test_what_is_more_pressing_is_neither_promised_nor_passed_on_later(
    kind: str, priority: int
) -> None:
    now = at(1, 9)
    for told in (offer_until, answer_due):
        assert told(kind, priority, now, OFFICE) <= told(kind, priority + 1, now, OFFICE)


def test_a_warning_comes_when_three_tenths_of_the_time_are_left() -> None:
    assert warn_at(at(1, 9), at(2, 17, 30), OFFICE) == at(2, 11, 48)


def test_a_warning_leaves_half_an_hour_at_least() -> None:
    assert warn_at(at(1, 9), at(1, 10), OFFICE) == at(1, 9, 30)


def test_a_warning_before_a_morning_comes_in_the_evening_the_lawyer_has() -> None:
    assert warn_at(at(1, 10), at(2, 17), EVENINGS) == at(1, 21, 6)


def test_a_lawyer_who_cannot_be_reached_before_the_promise_breaks_is_warned_at_once() -> None:
    assert warn_at(at(1, 10), at(1, 17), EVENINGS) == at(1, 10)


def test_a_crisis_is_warned_of_at_once() -> None:
    assert warn_at(at(5, 3), at(5, 3, 30), OFFICE) == at(5, 3)


def test_with_the_clock_moved_back_a_warning_is_still_not_after_the_promise() -> None:
    assert warn_at(at(2, 10), at(1, 10), OFFICE) == at(1, 10)


@pytest.mark.parametrize("priority", range(4))
@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(CHINA)),
    st.sampled_from([OFFICE, EVENINGS, FRIDAYS]),
)
def test_a_warning_is_before_the_promise_breaks_with_time_to_act_where_there_was_any(
    priority: int, kind: str, now: datetime, reachable: object
) -> None:
    assert isinstance(reachable, type(OFFICE))
    due = answer_due(kind, priority, now, OFFICE)
    warned = warn_at(now, due, reachable)
    assert now <= warned < due
    had = reachable.between(now, due)
    assert reachable.between(warned, due) >= min(had, timedelta(minutes=30))


def test_the_priorities_are_those_of_a_ticket() -> None:
    assert PRIORITIES == ("crisis", "urgent", "soon", "normal")


def test_nothing_is_promised_of_a_kind_nobody_knows() -> None:
    with pytest.raises(KeyError):
        answer_due("letter", NORMAL, at(1, 9), OFFICE)
