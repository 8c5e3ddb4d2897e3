"""Who may read which ticket; every read is in the trail."""

from dataclasses import fields

import pytest
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.chat.messages import write_message
from gongyou.desk.routing.offers import fall_to_duty
from gongyou.desk.tickets import reading
from gongyou.desk.tickets.life import accept_ticket, close_ticket, reply_ticket, withdraw_ticket
from gongyou.desk.tickets.opening import Judgement
from gongyou.desk.tickets.reading import (
    count_news,
    count_tickets,
    fetch_ticket,
    fetch_tickets,
)
from gongyou.desk.tickets.table import TicketLine


def listed(session, person, tab="todo", page=0):
    return [line.id for line in fetch_tickets(session, person, tab, page).lines]


def reads(session):
    query = select(AuditEvent.actor, AuditEvent.subject).where(AuditEvent.action == "ticket.read")
    return [tuple(row) for row in session.execute(query)]


def test_lawyers_see_the_legal_aid_that_is_offered_to_them(session, offered, handoff, lawyer):
    assert listed(session, lawyer) == [offered.ticket.id]


def test_lawyers_see_no_ticket_that_is_offered_to_nobody_or_another(
    session, open_one, offered, lawyer, other_lawyer
):
    open_one(session, idempotency_key="b")
    assert listed(session, lawyer) == [offered.ticket.id]
    assert listed(session, other_lawyer) == listed(session, other_lawyer, "all") == []


def test_lawyers_see_their_own_and_not_another_s(session, offered, lawyer, other_lawyer, now):
    accept_ticket(session, offered.ticket.id, lawyer, now)
    assert listed(session, lawyer) == []
    assert listed(session, lawyer, "mine") == [offered.ticket.id]
    assert listed(session, other_lawyer, "mine") == []


def test_officers_see_hand_offs_and_the_lines_of_legal_aid(session, opened, handoff, officer):
    assert listed(session, officer) == [handoff.ticket.id]
    assert set(listed(session, officer, "all")) == {opened.ticket.id, handoff.ticket.id}


def test_officers_on_duty_see_what_no_lawyer_took(
    session, opened, handoff, officer, duty_officer, now
):
    fall_to_duty(session, opened.ticket, now)
    assert listed(session, duty_officer) == [opened.ticket.id, handoff.ticket.id]
    assert listed(session, officer) == [handoff.ticket.id]


@pytest.mark.parametrize("role", ["editor", "auditor", "admin"])
def test_those_who_are_not_there_for_cases_see_none(session, opened, handoff, hire, role):
    person = hire("x", role, on_duty=True)
    assert [listed(session, person, tab) for tab in ("todo", "mine", "all", "done")] == [[]] * 4


def test_the_most_urgent_come_first_and_the_oldest_of_them_on_top(session, open_one, officer):
    def call(key, priority):
        judgement = Judgement(priority=priority)
        opened = open_one(session, kind="handoff", idempotency_key=key, judgement=judgement)
        return opened.ticket.id

    normal, old, young, crisis = call("a", 3), call("b", 1), call("c", 1), call("d", 0)
    assert listed(session, officer) == [crisis, old, young, normal]


def test_what_is_finished_leaves_the_others_and_the_newest_comes_first(
    session, open_one, officer, now
):
    first, second = (
        open_one(session, kind="handoff", idempotency_key=key).ticket.id for key in "ab"
    )
    for number in (first, second):
        accept_ticket(session, number, officer, now)
        reply_ticket(session, number, officer, "好了", now)
        close_ticket(session, number, officer, now)
    assert [listed(session, officer, tab) for tab in ("todo", "mine", "all")] == [[]] * 3
    assert listed(session, officer, "done") == [second, first]


def test_a_list_comes_a_page_at_a_time(session, open_one, officer, monkeypatch):
    monkeypatch.setattr(reading, "PAGE", 2)
    made = [open_one(session, kind="handoff", idempotency_key=key).ticket.id for key in "abcde"]
    pages = [fetch_tickets(session, officer, page=number) for number in range(4)]
    assert [[line.id for line in page.lines] for page in pages] == [
        made[:2],
        made[2:4],
        made[4:],
        [],
    ]
    assert [page.more for page in pages] == [True, True, False, False]


def test_a_tab_is_counted_up_to_a_limit(session, open_one, officer, monkeypatch):
    monkeypatch.setattr(reading, "MOST_COUNTED", 2)
    counts = [count_tickets(session, officer, "todo")]
    for key in "abcd":
        open_one(session, kind="handoff", idempotency_key=key)
        counts.append(count_tickets(session, officer, "todo"))
    assert counts == [0, 1, 2, 3, 3]


def test_a_line_shows_nothing_that_is_encrypted():
    shown = {field.name for field in fields(TicketLine)}
    hidden = {"facts", "sources", "conclusion", "summary", "words", "contact", "employer"}
    assert shown.isdisjoint(hidden | {"conversation_id", "closing_note", "employer_key"})


# which ticket → who may read it; whoever is not named may not
OPENS = {
    "opened": set(),
    "offered": {"lawyer"},
    "held": {"lawyer"},
    "closed": {"lawyer"},
    "fallen": {"duty_officer"},
    "handoff": {"officer", "duty_officer"},
    "withdrawn": set(),
}


@pytest.fixture
def readers(desk, lawyer, other_lawyer, officer, duty_officer, hire):
    known = {"lawyer": lawyer, "other_lawyer": other_lawyer}
    known |= {"officer": officer, "duty_officer": duty_officer}
    return known | {role: hire(role, role) for role in ("editor", "auditor", "admin")}


@pytest.fixture
def ticket_that_is(session, opened, handoff, lawyer, route, now):
    """Brings the ticket there; "held" is by `lawyer`."""

    def ticket(state):
        number = opened.ticket.id
        if state == "handoff":
            return handoff.ticket
        if state == "fallen":
            fall_to_duty(session, opened.ticket, now)
        if state in ("offered", "held", "closed", "withdrawn"):
            route(session, number)
        if state in ("held", "closed", "withdrawn"):
            accept_ticket(session, number, lawyer, now)
        if state == "closed":
            reply_ticket(session, number, lawyer, "好", now)
            close_ticket(session, number, lawyer, now)
        if state == "withdrawn":
            withdraw_ticket(session, opened.ticket.conversation_id, number, now)
        return opened.ticket

    return ticket


@pytest.mark.parametrize("which", OPENS)
def test_a_ticket_opens_to_those_it_concerns(session, readers, ticket_that_is, now, which):
    ticket = ticket_that_is(which)

    def opens(person):
        read = fetch_ticket(session, ticket.id, person, now) is not None
        assert (count_news(session, ticket.id, person, 0) is not None) is read
        return read

    assert {name for name, person in readers.items() if opens(person)} == OPENS[which]


def test_an_answered_ticket_stays_closed_to_other_lawyers(
    session, offered, lawyer, other_lawyer, now
):
    accept_ticket(session, offered.ticket.id, lawyer, now)
    reply_ticket(session, offered.ticket.id, lawyer, "好", now)
    assert fetch_ticket(session, offered.ticket.id, other_lawyer, now) is None


def test_what_a_lawyer_takes_after_all_leaves_the_officers_on_duty(
    session, offered, lawyer, duty_officer, now
):
    """It fell to them, an officer then found a lawyer for it."""
    offered.ticket.fell_at = now
    session.merge(offered.ticket)
    session.flush()
    accept_ticket(session, offered.ticket.id, lawyer, now)
    assert fetch_ticket(session, offered.ticket.id, duty_officer, now) is None


def test_news_are_the_messages_after_the_last_one_seen(session, offered, lawyer, now):
    chat = offered.ticket.conversation_id
    seen, _ = (write_message(session, chat, sender="worker", text="喂", now=now) for _ in range(2))
    assert count_news(session, offered.ticket.id, lawyer, seen.id) == 1


def test_every_read_is_in_the_trail(session, offered, lawyer, now):
    fetch_ticket(session, offered.ticket.id, lawyer, now)
    assert reads(session) == [(f"person:{lawyer.id}", f"ticket:{offered.ticket.id}")]


def test_a_refused_read_reads_nothing_and_is_in_the_trail_as_refused(session, handoff, lawyer, now):
    fetch_ticket(session, handoff.ticket.id, lawyer, now)
    assert reads(session) == []
    query = select(AuditEvent.subject).where(AuditEvent.action == "ticket.refused")
    assert session.scalars(query).all() == [f"ticket:{handoff.ticket.id}"]
