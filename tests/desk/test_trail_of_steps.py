"""Each step of a case leaves an entry in the trail, and no entry names anybody."""

import pytest
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent, verify_chain
from gongyou.desk.routing.offers import assign_ticket, decline_ticket, pass_on_expired
from gongyou.desk.tickets.life import (
    accept_ticket,
    close_ticket,
    hear_worker,
    reopen_ticket,
    reply_ticket,
    transfer_ticket,
    withdraw_ticket,
)
from gongyou.desk.tickets.opening import Employer
from gongyou.desk.tickets.reading import fetch_ticket
from gongyou.desk.tickets.sheets import correct_sheet
from tests.desk.conftest import is_workday


@pytest.fixture
def number(desk, open_one, lawyer, other_lawyer, officer):
    with desk.transaction() as session:
        return open_one(session, employer=Employer("宏达机械")).ticket.id


def steps(session, since=0):
    query = select(AuditEvent.actor, AuditEvent.action, AuditEvent.subject)
    rows = session.execute(query.where(AuditEvent.id > since).order_by(AuditEvent.id))
    return [tuple(row) for row in rows]


def test_a_case_s_way_can_be_followed_from_the_trail(
    session, number, lawyer, other_lawyer, officer, route, now
):
    one, two, chief = (f"person:{person.id}" for person in (lawyer, other_lawyer, officer))
    offer = route(session, number)
    pass_on_expired(session, is_workday, offer.expires_at)
    decline_ticket(session, number, other_lawyer, is_workday, now)
    subject = f"ticket:{number}"
    assert steps(session) == [
        ("worker", "ticket.open", subject),
        ("system", "ticket.offer", subject),
        ("system", "ticket.pass_on", subject),
        ("system", "ticket.offer", subject),
        (two, "ticket.decline", subject),
        ("system", "ticket.fall", subject),
    ]
    assert one != two != chief


def test_every_step_in_a_lawyer_s_hands_is_in_the_trail(
    session, number, lawyer, other_lawyer, officer, now
):
    assign_ticket(session, number, officer, lawyer.id, is_workday, now)
    ticket = accept_ticket(session, number, lawyer, now)
    fetch_ticket(session, number, lawyer, now)
    correct_sheet(session, number, lawyer, 1, {"worked": "none"}, None, now)
    reply_ticket(session, number, lawyer, "哪天？", now, asks=True)
    hear_worker(session, ticket.conversation_id, now)
    reply_ticket(session, number, lawyer, "好", now)
    close_ticket(session, number, lawyer, now)
    reopen_ticket(session, number, "worker", now)
    transfer_ticket(session, number, lawyer, now)
    withdraw_ticket(session, ticket.conversation_id, number, now)
    mine, chief = f"person:{lawyer.id}", f"person:{officer.id}"
    assert [(actor, action) for actor, action, _ in steps(session)] == [
        ("worker", "ticket.open"),
        (chief, "ticket.assign"),
        ("system", "ticket.offer"),
        (mine, "ticket.accept"),
        (mine, "ticket.read"),
        (mine, "ticket.edit_facts"),
        (mine, "ticket.ask"),
        ("worker", "ticket.hear"),
        (mine, "ticket.reply"),
        (mine, "ticket.close"),
        ("worker", "ticket.reopen"),
        (mine, "ticket.transfer"),
        ("worker", "ticket.withdraw"),
    ]
    assert verify_chain(session) is None


def test_no_entry_names_a_person_an_employer_or_a_chat(
    session, number, lawyer, other_lawyer, route, now
):
    route(session, number)
    ticket = accept_ticket(session, number, lawyer, now)
    reply_ticket(session, number, lawyer, "可以要回 7,040 元", now)
    written = " ".join(" ".join(row) for row in steps(session))
    hidden = (lawyer.name, ticket.conversation_id, "宏达机械", "7,040", ticket.contact)
    assert not any(each in written for each in hidden)
    assert {lawyer.login, other_lawyer.login}.isdisjoint(written.split())
