"""An application for aid: its own kind of case, with a list of papers that its holder keeps."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.errors import ConsentMissing, NotAllowed, UnknownOutcome
from gongyou.desk.keeping.erasing import erase_conversation
from gongyou.desk.keeping.exporting import export_case
from gongyou.desk.routing.promises import answer_due, desk_hours
from gongyou.desk.statistics.sources import CASE, asked_between
from gongyou.desk.tickets.aid import (
    AidPaper,
    change_papers,
    fetch_papers,
    is_applied_for,
    list_papers,
)
from gongyou.desk.tickets.life import accept_ticket, close_ticket, reply_ticket
from gongyou.desk.tickets.moves import outcomes_of, read_outcomes
from gongyou.desk.tickets.opening import fetch_by_key
from gongyou.desk.tickets.reading import fetch_ticket
from gongyou.desk.tickets.table import KINDS
from tests.desk.conftest import is_workday

PAPERS = {"身份证": True, "户口本": False, "收入证明": False}


@pytest.fixture
def officer(hire):
    return hire("zhao", "officer")


@pytest.fixture
def application(session, open_one, now):
    ticket = open_one(session, kind="aid", topic="subsidy_hardship").ticket
    list_papers(session, ticket, PAPERS, now)
    return ticket


@pytest.fixture
def held(officer, application, session, now):
    return accept_ticket(session, application.id, officer, now)


def states(session, ticket):
    return [paper.state for paper in fetch_papers(session, ticket.id)]


@pytest.mark.parametrize(
    ("topic", "has_papers", "is_offered"),
    [
        ("subsidy_hardship", False, True),
        ("subsidy_unemployment", True, True),
        ("subsidy_unemployment", False, False),
        ("wage_arrears", True, False),
    ],
)
def test_which_answers_may_become_an_application(topic, has_papers, is_offered):
    assert is_applied_for(topic, has_papers) is is_offered


def test_it_needs_the_workers_consent(session, open_one):
    with pytest.raises(ConsentMissing):
        open_one(session, kind="aid", consent=False)


def test_it_is_found_again_by_its_key_in_its_own_chat_only(session, open_one):
    ticket = open_one(session, kind="aid").ticket
    assert fetch_by_key(session, ticket.conversation_id, "key-1") is ticket
    assert fetch_by_key(session, "another chat", "key-1") is None


def test_every_officer_of_the_region_reads_it_and_no_lawyer(
    session, officer, lawyer, application, now
):
    assert fetch_ticket(session, application.id, officer, now) is application
    assert fetch_ticket(session, application.id, lawyer, now) is None
    with pytest.raises(NotAllowed):
        accept_ticket(session, application.id, lawyer, now)


def test_no_lawyer_is_asked(lawyer, session, application, route):
    assert route(session, application.id) is None
    assert application.status == "opened"


def test_the_more_urgent_the_sooner_an_answer_is_promised(now):
    hours = desk_hours(is_workday)
    due = [answer_due("aid", priority, now, hours) for priority in range(4)]
    assert due == sorted(due)
    assert due[0] == now + timedelta(minutes=30)


def test_the_papers_keep_their_order_and_what_the_worker_has(session, application):
    kept = [(paper.name, paper.at_hand) for paper in fetch_papers(session, application.id)]
    assert kept == list(PAPERS.items())
    assert states(session, application) == ["missing"] * 3


def test_the_holder_says_what_became_of_each_paper(session, held, officer, now):
    change_papers(session, held.id, officer, {0: "given", 2: "not_needed"}, now)
    assert states(session, held) == ["given", "missing", "not_needed"]
    assert fetch_papers(session, held.id)[0].changed_by == f"person:{officer.id}"


def test_a_change_is_told_to_the_trail_once(session, held, officer, now):
    for _ in range(2):
        change_papers(session, held.id, officer, {0: "given"}, now)
    query = select(AuditEvent).where(AuditEvent.action == "ticket.papers")
    assert [event.subject for event in session.scalars(query)] == [f"ticket:{held.id}"]


def test_papers_and_states_that_there_are_not_change_nothing(session, held, officer, now):
    change_papers(session, held.id, officer, {0: "burnt", 9: "given"}, now)
    assert states(session, held) == ["missing"] * 3


def test_nobody_else_changes_the_papers(lawyer, session, held, now):
    with pytest.raises(NotAllowed):
        change_papers(session, held.id, lawyer, {0: "given"}, now)


# how it ends


@pytest.mark.parametrize("outcome", outcomes_of("aid"))
def test_an_application_may_end_in_each_of_its_outcomes(session, held, officer, now, outcome):
    reply_ticket(session, held.id, officer, "办好了。", now)
    assert close_ticket(session, held.id, officer, now, outcome).outcome == outcome


def test_an_application_is_not_closed_as_a_dispute(session, held, officer, now):
    reply_ticket(session, held.id, officer, "办好了。", now)
    for outcome in ("paid", "settled", "filed", "no_case"):
        with pytest.raises(UnknownOutcome):
            close_ticket(session, held.id, officer, now, outcome)


def test_a_dispute_is_not_closed_as_an_application(session, open_one, lawyer, offered, now):
    accept_ticket(session, offered.ticket.id, lawyer, now)
    reply_ticket(session, offered.ticket.id, lawyer, "好", now)
    with pytest.raises(UnknownOutcome):
        close_ticket(session, offered.ticket.id, lawyer, now, "granted")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("outcome", ["referred_supervision", "referred_petition"])
def test_every_kind_of_case_may_go_to_labour_supervision_or_to_petitions(kind, outcome):
    assert outcomes_of(kind)[outcome] == read_outcomes()[outcome]


@pytest.mark.parametrize(
    "outcome", ["referred_supervision", "referred_petition", "referred_department"]
)
def test_a_call_is_handed_over_as_its_outcome(session, officer, open_one, now, outcome):
    call = open_one(session, kind="handoff").ticket
    accept_ticket(session, call.id, officer, now)
    reply_ticket(session, call.id, officer, "我转给他们了。", now)
    assert close_ticket(session, call.id, officer, now, outcome).outcome == outcome


# what is kept of it


def test_a_case_counts_under_its_own_topic_in_the_figures(session, application, now):
    rows = session.execute(asked_between(now, now + timedelta(days=1))).all()
    assert [(row.topic, row.rank) for row in rows] == [("subsidy_hardship", CASE)]


def test_erasing_a_chat_takes_the_papers_too(session, held, now):
    erase_conversation(session, held.conversation_id, now)
    assert session.scalars(select(AidPaper)).all() == []


def test_an_exported_case_has_its_papers(session, held, now):
    papers = export_case(session, held.id, now).papers
    assert [(paper["name"], paper["state"]) for paper in papers] == [
        (name, "missing") for name in PAPERS
    ]
