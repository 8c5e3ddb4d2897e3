"""The facts sheet keeps every version; who corrects an old one is told."""

import pytest

from gongyou.desk.errors import NotAllowed, StaleSheet, WrongState
from gongyou.desk.tickets.life import accept_ticket, close_ticket, reply_ticket
from gongyou.desk.tickets.moves import get_ticket
from gongyou.desk.tickets.sheets import correct_sheet, fetch_versions, newest_number

SOURCES = {"region": 3, "monthly_wage": 5}
CORRECTED = {"region": "410800", "monthly_wage": "4200", "worked": "none"}
CONCLUSION = {"on": "2026-11-21", "text": "可以要回 7,040 元"}


@pytest.fixture
def ticket(desk, open_one, lawyer, route, now):
    """Sent with the message each fact came from, and taken by `lawyer`."""
    with desk.transaction() as session:
        number = open_one(session, sources=SOURCES).ticket.id
        route(session, number)
        return accept_ticket(session, number, lawyer, now)


def test_the_first_version_is_the_worker_s(session, ticket, now):
    (version,) = fetch_versions(session, ticket.id)
    assert (version.number, version.author, version.created_at) == (1, "worker", now)
    assert (version.facts, version.sources) == (ticket.facts, SOURCES)


def test_a_correction_is_a_version_of_its_own(session, ticket, lawyer, now):
    correct_sheet(session, ticket.id, lawyer, 1, CORRECTED, CONCLUSION, now)
    first, second = fetch_versions(session, ticket.id)
    assert first.facts == {"region": "410800", "monthly_wage": "4000"}
    assert (second.number, second.author) == (2, f"person:{lawyer.id}")
    assert (second.facts, second.conclusion) == (CORRECTED, CONCLUSION)


def test_the_ticket_holds_the_last_version(session, ticket, lawyer, now):
    correct_sheet(session, ticket.id, lawyer, 1, CORRECTED, CONCLUSION, now)
    found = get_ticket(session, ticket.id)
    assert (found.facts, found.conclusion) == (CORRECTED, CONCLUSION)


def test_a_fact_struck_out_takes_its_source_with_it(session, ticket, lawyer, now):
    correct_sheet(session, ticket.id, lawyer, 1, {"region": "410800"}, None, now)
    assert get_ticket(session, ticket.id).sources == {"region": 3}


def test_a_fact_that_was_changed_no_longer_comes_from_the_worker_s_message(
    session, ticket, lawyer, now
):
    correct_sheet(session, ticket.id, lawyer, 1, CORRECTED, None, now)
    assert get_ticket(session, ticket.id).sources == {"region": 3}


def test_a_correction_of_an_old_version_is_refused(session, ticket, lawyer, now):
    correct_sheet(session, ticket.id, lawyer, 1, CORRECTED, None, now)
    with pytest.raises(StaleSheet):
        correct_sheet(session, ticket.id, lawyer, 1, {}, None, now)
    assert newest_number(session, ticket.id) == 2


def test_only_the_holder_corrects(session, ticket, other_lawyer, now):
    with pytest.raises(NotAllowed):
        correct_sheet(session, ticket.id, other_lawyer, 1, CORRECTED, None, now)


def test_a_closed_case_is_corrected_no_more(session, ticket, lawyer, now):
    reply_ticket(session, ticket.id, lawyer, "好", now)
    close_ticket(session, ticket.id, lawyer, now)
    with pytest.raises(WrongState):
        correct_sheet(session, ticket.id, lawyer, 1, CORRECTED, None, now)
