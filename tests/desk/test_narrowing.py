"""Lists narrowed by cause, place and time, and how many there are of each cause."""

from datetime import timedelta

import pytest

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.review.flags import flag_case
from gongyou.desk.tickets.moves import get_ticket
from gongyou.desk.tickets.narrowing import Narrowing
from gongyou.desk.tickets.reading import count_causes, count_tickets, fetch_tickets


@pytest.fixture
def far(hire):
    """An officer of another province."""
    return hire("far", "officer", regions=["430000"])


@pytest.fixture
def call(officer, lawyer, duty_officer, far, session, open_one, now):
    def call_(cause="asked", region="410800", hours=0, **given):
        at = now - timedelta(hours=hours)
        kind = "review" if cause in ("unclear", "low_confidence", "rated_down") else "handoff"
        chat = open_conversation(session, at)[0].id
        asked = {"kind": kind, "cause": cause, "region": region, "now": at} | given
        return open_one(session, chat, idempotency_key="call", **asked).ticket.id

    return call_


@pytest.fixture
def listed(session, officer):
    def listed_(tab="todo", person=officer, **wanted):
        lines = fetch_tickets(session, person, tab, 0, Narrowing(**wanted)).lines
        return [line.id for line in lines]

    return listed_


def test_by_cause(call, listed):
    call("asked")
    silent = call("silent")
    assert listed(cause="silent") == [silent]


@pytest.mark.parametrize(
    ("region", "found"), [("410000", 2), ("410800", 1), ("410802", 0), ("320000", 0)]
)
def test_a_province_holds_its_cities_and_a_city_no_other(call, listed, region, found):
    call(region="410800")
    call(region="410100")
    call(region="000000")
    assert len(listed(region=region)) == found


def test_a_region_that_is_not_known(call, listed):
    call(region="410800")
    unknown = call(region="000000")
    assert listed(region="000000") == [unknown]


def test_waiting_counts_from_when_an_answer_was_last_asked_for(call, listed, session, now):
    old, again = call(hours=50), call(hours=50)
    get_ticket(session, again).asked_at = now
    session.flush()
    assert listed(since=now - timedelta(days=1)) == [old]
    assert listed(order="longest") == [old, again]


def test_the_orders(call, listed):
    old, new = call(hours=9), call(hours=1)
    crisis = call("crisis", topic="crisis", hours=5)
    assert listed() == [crisis, old, new]
    assert listed(order="longest") == [old, crisis, new]
    assert listed(order="newest") == [crisis, new, old]


def test_narrowed_to_a_place_of_somebody_else_the_scope_holds(call, listed, far):
    call(region="410800")
    assert listed(person=far, region="410000") == []


def test_each_cause_is_counted_with_all_else_that_is_wanted(call, session, officer):
    for cause in ("asked", "asked", "unclear", "crisis"):
        call(cause)
    call("asked", region="320500")
    wanted = Narrowing(region="410000", cause="silent")
    assert count_causes(session, officer, "todo", wanted) == {
        "asked": 2,
        "unclear": 1,
        "crisis": 1,
    }


def test_no_more_are_counted_than_are_told(call, session, officer, monkeypatch):
    monkeypatch.setattr("gongyou.desk.tickets.reading.MOST_COUNTED", 2)
    for _ in range(5):
        call("asked")
    assert count_causes(session, officer, "todo", Narrowing()) == {"asked": 3}


def test_only_who_may_read_a_flagged_case_finds_it_by_its_flag(
    call, session, listed, officer, duty_officer, now
):
    number = call(kind="legal_aid", cause=None)
    get_ticket(session, number).fell_at = now
    session.flush()
    flag_case(session, number, duty_officer, now)
    assert number in listed("all")
    assert listed("all", flagged=True) == []
    assert count_tickets(session, duty_officer, "all", Narrowing(flagged=True)) == 1
