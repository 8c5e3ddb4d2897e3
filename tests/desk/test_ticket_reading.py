"""Who may read which ticket; every read is in the trail."""

from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.messages import write_message
from gongyou.desk.ticket_table import TicketLine
from gongyou.desk.tickets import (
    fetch_ticket,
    fetch_tickets,
    fetch_transcript,
    reply_ticket,
    take_ticket,
)


def listed(session, person):
    lines = fetch_tickets(session, role=person.role, person_id=person.id)
    return [line.id for line in lines]


def reads(session):
    query = select(AuditEvent.actor, AuditEvent.subject).where(AuditEvent.action == "ticket.read")
    return [tuple(row) for row in session.execute(query)]


def test_lawyers_see_open_legal_aid(session, opened, handoff, lawyer):
    assert listed(session, lawyer) == [opened.ticket.id]


def test_lawyers_see_their_own_and_not_another_s(session, opened, lawyer, other_lawyer, now):
    take_ticket(session, opened.ticket.id, lawyer, now)
    assert listed(session, lawyer) == [opened.ticket.id]
    assert listed(session, other_lawyer) == []


def test_officers_see_hand_offs_and_the_lines_of_legal_aid(session, opened, handoff, officer):
    assert set(listed(session, officer)) == {opened.ticket.id, handoff.ticket.id}


def test_open_tickets_come_first_and_the_oldest_of_them_on_top(session, open_one, lawyer, now):
    taken = open_one(session, now=now - timedelta(days=2), idempotency_key="a").ticket
    young = open_one(session, now=now, idempotency_key="b").ticket
    old = open_one(session, now=now - timedelta(days=1), idempotency_key="c").ticket
    take_ticket(session, taken.id, lawyer, now)
    assert listed(session, lawyer) == [old.id, young.id, taken.id]


def test_a_line_shows_nothing_that_is_encrypted():
    shown = {field.name for field in fields(TicketLine)}
    assert shown.isdisjoint({"facts", "summary", "words", "contact", "conversation_id"})


# (who reads, which ticket) → whether it opens; "held" is taken by `lawyer`
@pytest.mark.parametrize(
    ("reader", "which", "opens"),
    [
        ("lawyer", "open", True),
        ("lawyer", "held", True),
        ("lawyer", "handoff", False),
        ("other_lawyer", "open", True),
        ("other_lawyer", "held", False),
        ("other_lawyer", "handoff", False),
        ("officer", "open", False),
        ("officer", "held", False),
        ("officer", "handoff", True),
    ],
)
def test_a_ticket_opens_to_those_it_concerns(
    session, opened, handoff, lawyer, other_lawyer, officer, now, reader, which, opens
):
    readers = {"lawyer": lawyer, "other_lawyer": other_lawyer, "officer": officer}
    if which == "held":
        take_ticket(session, opened.ticket.id, lawyer, now)
    ticket = handoff.ticket if which == "handoff" else opened.ticket
    person = readers[reader]
    assert (fetch_ticket(session, ticket.id, person, now) is not None) is opens
    assert (fetch_transcript(session, ticket.id, person, now) is not None) is opens


def test_an_answered_ticket_stays_closed_to_other_lawyers(
    session, opened, lawyer, other_lawyer, now
):
    take_ticket(session, opened.ticket.id, lawyer, now)
    reply_ticket(session, opened.ticket.id, lawyer, "好", now)
    assert fetch_ticket(session, opened.ticket.id, other_lawyer, now) is None


def test_the_transcript_is_what_was_said_in_the_chat(session, opened, lawyer, now):
    chat = opened.ticket.conversation_id
    write_message(session, chat, sender="worker", text="找律师", now=now)
    texts = [message.text for message in fetch_transcript(session, opened.ticket.id, lawyer, now)]
    assert texts == ["找律师"]


def test_every_read_is_in_the_trail(session, opened, lawyer, now):
    fetch_ticket(session, opened.ticket.id, lawyer, now)
    assert reads(session) == [(f"person:{lawyer.id}", f"ticket:{opened.ticket.id}")]


def test_a_refused_read_reads_nothing_and_is_in_the_trail_as_refused(session, handoff, lawyer, now):
    fetch_ticket(session, handoff.ticket.id, lawyer, now)
    assert reads(session) == []
    query = select(AuditEvent.subject).where(AuditEvent.action == "ticket.refused")
    assert session.scalars(query).all() == [f"ticket:{handoff.ticket.id}"]
