"""A worker who calls for a person twice waits in one line, and a crisis never waits behind it."""

import pytest

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.tickets.handoffs import open_handoff
from gongyou.desk.tickets.life import accept_ticket, close_ticket, reply_ticket
from gongyou.desk.tickets.reading import fetch_tickets


@pytest.fixture
def chat(officer, session, now):
    return open_conversation(session, now)[0].id


@pytest.fixture
def call(officer, session, now, chat):
    def call(topic="human_handoff", consent=True):
        return open_handoff(
            session,
            chat,
            topic=topic,
            region="000000",
            facts={},
            summary="",
            consent=consent,
            now=now,
        )

    return call


def test_a_second_call_gets_the_ticket_that_waits_and_its_receipt(call):
    first, second = call(), call()
    assert second.ticket.id == first.ticket.id
    assert second.receipt == first.receipt


def test_a_call_after_the_ticket_was_closed_opens_another(session, call, officer, now):
    first = call()
    accept_ticket(session, first.ticket.id, officer, now)
    reply_ticket(session, first.ticket.id, officer, "在的", now)
    close_ticket(session, first.ticket.id, officer, now)
    assert call().ticket.id != first.ticket.id


def test_a_crisis_does_not_wait_behind_another_call(call):
    waiting = call()
    crisis = call("crisis", consent=False)
    assert crisis.ticket.id != waiting.ticket.id
    assert crisis.ticket.topic == "crisis"


def test_a_crisis_is_recorded_without_consent(call):
    assert call("crisis", consent=False).ticket.consent_at is None


def test_a_crisis_stands_first_in_the_list(session, call, officer):
    call()
    crisis = call("crisis", consent=False)
    lines = fetch_tickets(session, officer).lines
    assert lines[0].id == crisis.ticket.id
