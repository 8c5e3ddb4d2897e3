"""Nobody asked for a person, but somebody should look: one unfinished review a chat."""

import pytest
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.chat.conversations import Conversation
from gongyou.desk.errors import NotAllowed, WrongState
from gongyou.desk.routing.rounds import fetch_unjudged
from gongyou.desk.tickets.handoffs import open_handoff
from gongyou.desk.tickets.life import accept_ticket
from gongyou.desk.tickets.own import fetch_own_ticket, fetch_own_tickets, has_tickets
from gongyou.desk.tickets.reading import fetch_ticket, fetch_tickets
from gongyou.desk.tickets.reviews import mark_reviewed, open_review


@pytest.fixture
def far(hire):
    """An officer of another province."""
    return hire("far", "officer", regions=["430000"])


@pytest.fixture
def own_union(hire):
    """An officer of the union of one enterprise."""
    return hire("own", "officer", employer="焦作明达电子有限公司")


@pytest.fixture
def review(far, own_union, officer, lawyer, session, conversation_id, now):
    def review_(cause="unclear", **given):
        asked = {"topic": "wage_shutdown", "region": "410800"} | given
        return open_review(session, conversation_id, cause=cause, now=now, **asked)

    return review_


@pytest.fixture
def call(session, conversation_id, now):
    def call_(topic="human_handoff"):
        return open_handoff(
            session,
            conversation_id,
            topic=topic,
            region="410800",
            facts={"monthly_wage": "4000"},
            summary="停工没发钱",
            consent=topic != "crisis",
            now=now,
        ).ticket

    return call_


def test_a_second_reason_to_look_finds_the_review_that_waits(review):
    assert review("unclear").id == review("low_confidence").id


def test_of_two_causes_the_stronger_stands(review):
    review("unclear")
    assert review("low_confidence").cause == "unclear"
    assert review("rated_down", words="数不对").cause == "rated_down"


def test_a_review_promises_the_worker_nothing(session, review):
    opened = review()
    assert opened.due_at is None
    assert opened.id not in fetch_unjudged(session)


def test_the_worker_has_no_case_by_it(session, conversation_id, review):
    opened = review()
    assert fetch_own_tickets(session, conversation_id) == []
    assert fetch_own_ticket(session, conversation_id, opened.id) is None
    assert not has_tickets(session, conversation_id)


def test_an_officer_of_the_region_finds_it_in_the_queue_with_its_cause(session, review, officer):
    opened = review("rated_down")
    (line,) = fetch_tickets(session, officer).lines
    assert (line.id, line.kind, line.cause) == (opened.id, "review", "rated_down")


def test_an_officer_of_another_region_and_a_lawyer_do_not(session, review, far, lawyer):
    review()
    assert fetch_tickets(session, far).lines == []
    assert fetch_tickets(session, lawyer).lines == []


def test_the_union_of_an_employer_not_named_does_not_read_it(session, review, own_union, now):
    opened = review()
    assert fetch_ticket(session, opened.id, own_union, now) is None


def test_a_call_for_a_person_makes_the_review_that_call(session, review, call, now):
    opened = review("rated_down", words="数不对")
    called = call()
    assert called.id == opened.id
    assert (called.kind, called.cause, called.words) == ("handoff", "asked", "数不对")
    assert called.consent_at == now
    assert called.id in fetch_unjudged(session)


def test_a_crisis_makes_it_the_first_of_the_queue(review, call):
    opened = review()
    crisis = call("crisis")
    assert (crisis.id, crisis.cause, crisis.priority) == (opened.id, "crisis", 0)


def test_a_crisis_does_not_wait_for_the_officer_who_has_the_review(
    session, review, call, officer, now
):
    opened = review()
    accept_ticket(session, opened.id, officer, now)
    assert call("crisis").id != opened.id


def test_where_the_worker_has_called_no_review_is_opened(review, call):
    call()
    assert review() is None


def test_where_a_person_has_the_chat_no_review_is_opened(session, conversation_id, review):
    session.get_one(Conversation, conversation_id).mode = "person"
    assert review() is None


def test_an_officer_takes_the_chat_over_through_it(session, review, officer, conversation_id, now):
    opened = review()
    accept_ticket(session, opened.id, officer, now)
    assert session.get_one(Conversation, conversation_id).mode == "person"


def test_looked_at_is_done_and_the_next_cause_opens_another(session, review, officer, now):
    first = review()
    seen = mark_reviewed(session, first.id, officer, now)
    assert (seen.status, seen.person_id) == ("closed", officer.id)
    assert review().id != first.id


def test_who_took_the_chat_over_closes_it_and_does_not_just_look(session, review, officer, now):
    opened = review()
    accept_ticket(session, opened.id, officer, now)
    with pytest.raises(WrongState):
        mark_reviewed(session, opened.id, officer, now)


def test_only_a_review_of_ones_own_sight_is_marked(session, review, call, far, officer, now):
    opened = review()
    with pytest.raises(NotAllowed):
        mark_reviewed(session, opened.id, far, now)
    with pytest.raises(NotAllowed):
        mark_reviewed(session, call().id, officer, now)


def test_it_is_marked_once(session, review, officer, now):
    opened = review()
    mark_reviewed(session, opened.id, officer, now)
    with pytest.raises(WrongState):
        mark_reviewed(session, opened.id, officer, now)


def test_a_call_of_the_worker_is_asked_and_legal_aid_has_no_cause(session, call, open_one):
    assert call().cause == "asked"
    assert open_one(session).ticket.cause is None


def test_the_trail_tells_that_nobody_asked_and_who_looked(session, review, officer, now):
    mark_reviewed(session, review().id, officer, now)
    told = session.execute(select(AuditEvent.actor, AuditEvent.action).order_by(AuditEvent.id))
    steps = [tuple(row) for row in told if row.action.startswith("ticket.")]
    assert steps == [("system", "ticket.open"), (f"person:{officer.id}", "ticket.look")]
