"""Calls of the hotline: each its clerk's, for the day; a caller is counted like any worker."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from gongyou.desk.answers.keeping import Used, keep_answer
from gongyou.desk.audit import AuditEvent
from gongyou.desk.calls.calls import (
    end_call,
    fetch_calls,
    find_call,
    get_call,
    is_by_phone,
    speak,
    start_call,
)
from gongyou.desk.calls.handing import call_officer, fetch_last_topics
from gongyou.desk.calls.table import HotlineCall
from gongyou.desk.chat.conversations import add_key, fetch_conversation, open_conversation
from gongyou.desk.chat.messages import write_message
from gongyou.desk.errors import NotFound
from gongyou.desk.keeping.erasing import erase_conversation
from gongyou.desk.people.accounts import Person
from gongyou.desk.statistics.figures import total
from gongyou.desk.statistics.reading import fetch_counts
from gongyou.desk.tickets.table import Ticket
from tests.desk.statistics import WEEK, ask, at, publish

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # nine in China


@pytest.fixture
def clerk(session) -> Person:
    return _hire(session, "he", "hotline")


@pytest.fixture
def call(session, clerk) -> HotlineCall:
    return start_call(session, clerk, "410800", "k1", MORNING)[0]


def _hire(session, login, role, **columns) -> Person:
    person = Person(login=login, name=login, role=role, password_hash="", **columns)
    session.add(person)
    session.flush()
    return person


def answer(session, chat, now, topic="wage_shutdown", region="410800") -> None:
    said = write_message(session, chat, sender="bot", text="", now=now)
    used = Used(topic, region, "verified", date(2026, 11, 23), "4000", [])
    keep_answer(session, chat, said.id, used, now)


def trail(session) -> list[tuple[str, str]]:
    query = select(AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id)
    return [(action, subject) for action, subject in session.execute(query)]


def test_a_call_is_a_conversation_without_a_cookie(session, call):
    assert is_by_phone(session, call.conversation_id)
    assert not is_by_phone(session, open_conversation(session, MORNING)[0].id)
    assert fetch_conversation(session, "") is None


def test_the_same_form_again_is_the_same_call(session, clerk, call):
    again, is_new = start_call(session, clerk, "410800", "k1", MORNING)
    assert (again.id, is_new) == (call.id, False)
    assert trail(session) == [("call.start", f"call:{call.id}")]


def test_two_clerks_may_have_forms_of_the_same_number(session, call):
    other = _hire(session, "lu", "hotline")
    assert start_call(session, other, "000000", "k1", MORNING)[0].id != call.id


def test_only_its_clerk_sees_a_call(session, clerk, call):
    other = _hire(session, "lu", "hotline")
    assert find_call(session, call.id, clerk, MORNING) is call
    assert find_call(session, call.id, other, MORNING) is None
    assert fetch_calls(session, other, MORNING) == []
    for step in (get_call, speak, end_call):
        with pytest.raises(NotFound):
            step(session, call.id, other, MORNING)


def test_a_day_ends_at_midnight_in_china(session, clerk, call):
    end_call(session, call.id, clerk, MORNING)
    late = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)
    assert find_call(session, call.id, clerk, late) is call
    assert find_call(session, call.id, clerk, late + timedelta(minutes=1)) is None
    assert fetch_calls(session, clerk, late + timedelta(minutes=1)) == []


def test_midnight_does_not_cut_a_call_off(session, clerk):
    begun = datetime(2026, 11, 23, 15, 50, tzinfo=UTC)
    call = start_call(session, clerk, "000000", "k2", begun)[0]
    assert find_call(session, call.id, clerk, begun + timedelta(minutes=30)) is call
    assert find_call(session, call.id, clerk, begun + timedelta(hours=3)) is None
    end_call(session, call.id, clerk, begun + timedelta(minutes=30))
    assert find_call(session, call.id, clerk, begun + timedelta(minutes=31)) is None


def test_a_caller_who_rings_again_is_in_the_same_call(session, clerk, call):
    end_call(session, call.id, clerk, MORNING)
    end_call(session, call.id, clerk, MORNING)
    assert fetch_calls(session, clerk, MORNING)[0].ended_at == MORNING
    assert speak(session, call.id, clerk, MORNING).ended_at is None
    steps = [action for action, _ in trail(session)]
    assert steps == ["call.start", "call.end", "call.say"]


def test_a_phone_of_the_callers_own_closes_it_to_the_clerk(session, clerk, call):
    add_key(session, call.conversation_id, MORNING)
    assert find_call(session, call.id, clerk, MORNING) is None
    assert [line.is_open for line in fetch_calls(session, clerk, MORNING)] == [False]


def test_erasing_takes_the_call_too(session, clerk, call):
    erase_conversation(session, call.conversation_id, MORNING)
    assert find_call(session, call.id, clerk, MORNING) is None
    assert session.scalars(select(HotlineCall)).all() == []


def test_the_officers_get_the_place_and_topic_of_the_last_answer(session, clerk, call):
    answer(session, call.conversation_id, MORNING, "sick_pay", "410000")
    answer(session, call.conversation_id, MORNING, "wage_shutdown", "410882")
    ticket = call_officer(
        session, call.id, clerk, summary="7,040 元", contact="139", now=MORNING
    ).ticket
    assert (ticket.kind, ticket.topic, ticket.region) == ("handoff", "wage_shutdown", "410882")
    assert (ticket.contact, ticket.summary, ticket.consent_at) == ("139", "7,040 元", MORNING)
    assert ("call.hand_over", f"ticket:{ticket.id}") in trail(session)
    chats = [call.conversation_id]
    assert fetch_last_topics(session, chats) == {chats[0]: "wage_shutdown"}


def test_without_an_answer_it_is_a_plain_call_from_where_the_caller_is(session, clerk, call):
    ticket = call_officer(session, call.id, clerk, summary="", contact="", now=MORNING).ticket
    assert (ticket.topic, ticket.region, ticket.contact) == ("human_handoff", "410800", "")


def test_called_twice_it_is_one_ticket_and_keeps_its_number(session, clerk, call):
    first = call_officer(session, call.id, clerk, summary="", contact="139", now=MORNING)
    second = call_officer(session, call.id, clerk, summary="", contact="", now=MORNING)
    assert first.receipt == second.receipt
    assert session.scalars(select(Ticket.contact)).all() == ["139"]


def test_a_caller_is_counted_like_a_worker(session):
    national = _hire(session, "national", "officer", regions=["000000"])
    clerk = _hire(session, "he", "hotline")
    ask(session, 4)
    called = start_call(session, clerk, "410800", "k1", at(WEEK))[0]
    answer(session, called.conversation_id, at(WEEK))
    call_officer(session, called.id, clerk, summary="", contact="", now=at(WEEK))
    publish(session)
    assert total(fetch_counts(session, national, [WEEK])) == 5
