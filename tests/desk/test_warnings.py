"""Whoever owes something is warned once, and before the time that was promised."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from gongyou.desk.notices.table import Notice
from gongyou.desk.people.lawyers import LawyerProfile
from gongyou.desk.people.sign_ins import set_active
from gongyou.desk.routing.offers import fall_to_duty, fetch_offers
from gongyou.desk.routing.warnings import warn_of_answers, warn_of_offers
from gongyou.desk.tickets.life import (
    accept_ticket,
    close_ticket,
    hear_worker,
    reopen_ticket,
    reply_ticket,
)
from gongyou.desk.tickets.moves import get_ticket
from tests.desk.conftest import is_workday

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)  # ten o'clock in China
DUE = MONDAY + timedelta(hours=29)  # Tuesday at three in the afternoon
SECOND = timedelta(seconds=1)


@pytest.fixture
def now():
    return MONDAY


@pytest.fixture
def lawyer(hire):
    return hire("li", "lawyer", email="li@example.org")


@pytest.fixture
def held(session, offered, lawyer, now):
    """Taken by `lawyer`, with an answer promised until DUE."""
    return accept_ticket(session, offered.ticket.id, lawyer, now, due_at=DUE)


def answers(session, at):
    return warn_of_answers(session, is_workday, at)


def told(session, kind):
    query = select(Notice.channel, Notice.person_id).where(Notice.kind == kind)
    return [tuple(row) for row in session.execute(query)]


def first_warning(warn, since, until):
    """The first ten minutes at which `warn` warns, not later than `until`."""
    tens = int((until - since) / timedelta(minutes=10))
    times = (since + timedelta(minutes=10 * n) for n in range(tens + 1))
    return next(at for at in times if warn(at))


def test_the_holder_is_warned_while_there_is_time_and_once(session, held, lawyer):
    assert answers(session, MONDAY) == []
    at = first_warning(lambda at: answers(session, at), MONDAY, DUE)
    assert DUE - at >= timedelta(minutes=30)
    assert answers(session, at + SECOND) == answers(session, DUE + SECOND) == []
    assert told(session, "reply_due") == [("email", lawyer.id)]


def test_a_promise_that_is_past_is_still_told_once(session, held, lawyer):
    assert answers(session, DUE + timedelta(days=2)) == [held.id]
    assert answers(session, DUE + timedelta(days=3)) == []


def test_nobody_is_warned_of_what_is_answered(session, held, lawyer):
    reply_ticket(session, held.id, lawyer, "好", MONDAY)
    assert answers(session, DUE) == []


def test_nobody_is_warned_of_what_waits_for_the_worker(session, held, lawyer):
    reply_ticket(session, held.id, lawyer, "哪天？", MONDAY, asks=True)
    assert answers(session, DUE) == []


def test_a_new_promise_is_warned_of_again(session, held, lawyer):
    assert answers(session, DUE) == [held.id]
    reply_ticket(session, held.id, lawyer, "哪天？", DUE, asks=True)
    later = DUE + timedelta(days=1)
    hear_worker(session, held.conversation_id, DUE, due_at=later)
    assert answers(session, DUE + SECOND) == []
    assert answers(session, later) == [held.id]


def test_a_promise_on_an_old_case_runs_from_when_it_was_made(session, held, lawyer):
    """Two years later: neither warned at once, nor beyond what a calendar knows."""
    reply_ticket(session, held.id, lawyer, "好", MONDAY)
    close_ticket(session, held.id, lawyer, MONDAY)
    later = MONDAY + timedelta(days=728)
    due = later + timedelta(hours=29)
    reopen_ticket(session, held.id, "worker", later, due_at=due)
    assert answers(session, later + SECOND) == []
    assert answers(session, due) == [held.id]


def test_what_nobody_holds_is_told_to_the_officers_on_duty_and_the_group(desk, opened, hire, now):
    on_duty = hire("sun", "officer", on_duty=True, email="sun@example.org")
    hire("qian", "officer", on_duty=True, email="qian@example.org", regions=["110000"])
    hire("zhou", "officer", email="zhou@example.org")
    with desk.transaction() as session:
        ticket = get_ticket(session, opened.ticket.id)
        fall_to_duty(session, ticket, now)
        ticket.due_at = DUE
        session.flush()
        assert answers(session, DUE) == [ticket.id]
        assert told(session, "reply_due") == [("email", on_duty.id), ("robot", None)]


def test_what_somebody_holds_who_has_left_is_told_to_them_too(session, held, lawyer):
    set_active(session, lawyer.id, False, MONDAY)
    answers(session, DUE)
    assert told(session, "reply_due") == [("robot", None)]


def test_a_lawyer_is_warned_before_the_offer_goes_to_another_and_once(session, offered, lawyer):
    until = fetch_offers(session, offered.ticket.id)[0].expires_at
    at = first_warning(lambda at: warn_of_offers(session, is_workday, at), MONDAY, until)
    assert at < until
    assert warn_of_offers(session, is_workday, at + SECOND) == []
    assert told(session, "offer_ends") == [("email", lawyer.id)]


def test_nobody_is_warned_of_an_offer_they_took(session, held):
    assert warn_of_offers(session, is_workday, DUE) == []


def test_a_lawyer_is_warned_within_the_hours_they_gave(session, held, lawyer):
    """Only reachable on Monday evening: warned then, not on Tuesday before the time is up."""
    hours = {"0": ["19:00", "22:00"]}
    session.add(LawyerProfile(person_id=lawyer.id, specialities=[], hours=hours, load_limit=10))
    session.flush()
    at = first_warning(lambda at: answers(session, at), MONDAY, DUE)
    assert MONDAY + timedelta(hours=9) <= at < MONDAY + timedelta(hours=12)
