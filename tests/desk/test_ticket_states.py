"""A case's life, step by step: who may take which, and what each changes."""

import pytest
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.chat.conversations import Conversation
from gongyou.desk.chat.messages import fetch_messages, write_message
from gongyou.desk.errors import (
    ConflictNotAsked,
    NotAllowed,
    NotFound,
    UnknownOutcome,
    WrongState,
)
from gongyou.desk.people.lawyers import Conflict
from gongyou.desk.people.sign_ins import set_active
from gongyou.desk.routing.offers import fall_to_duty, fetch_offers
from gongyou.desk.tickets.life import (
    accept_ticket,
    close_ticket,
    hear_worker,
    reopen_ticket,
    reply_ticket,
    transfer_ticket,
    withdraw_ticket,
)
from gongyou.desk.tickets.moves import get_ticket

WORKER = "worker"


@pytest.fixture
def held(session, offered, lawyer, other_lawyer, officer, now):
    """The legal-aid ticket in `lawyer`'s hands."""
    return accept_ticket(session, offered.ticket.id, lawyer, now)


@pytest.fixture
def closed(session, held, lawyer, now):
    reply_ticket(session, held.id, lawyer, "办好了", now)
    return close_ticket(session, held.id, lawyer, now)


def mode_of(session, ticket):
    return session.get_one(Conversation, ticket.conversation_id).mode


def texts_in(session, ticket):
    return [message.text for message in fetch_messages(session, ticket.conversation_id)]


# accepting


def test_taking_makes_it_one_s_own(held, lawyer, now):
    assert (held.status, held.person_id, held.accepted_at) == ("accepted", lawyer.id, now)


def test_taking_hands_the_chat_to_the_person(session, held):
    assert mode_of(session, held) == "person"


def test_taking_one_s_own_ticket_again_changes_nothing(session, held, lawyer, now):
    assert accept_ticket(session, held.id, lawyer, now).status == "accepted"
    reply_ticket(session, held.id, lawyer, "好", now)
    assert accept_ticket(session, held.id, lawyer, now).status == "answered"


def test_taking_settles_the_offer(session, held, now):
    offers = fetch_offers(session, held.id)
    assert [(offer.answer, offer.settled_at) for offer in offers] == [("accepted", now)]


def test_a_lawyer_takes_nothing_that_is_offered_to_another(session, offered, other_lawyer, now):
    with pytest.raises(NotAllowed, match="不在你这里"):
        accept_ticket(session, offered.ticket.id, other_lawyer, now)


def test_a_lawyer_takes_nothing_that_is_not_offered_yet(session, opened, lawyer, now):
    with pytest.raises(NotAllowed):
        accept_ticket(session, opened.ticket.id, lawyer, now)


def test_a_lawyer_says_first_that_nothing_binds_them_to_the_employer(session, offered, lawyer, now):
    with pytest.raises(ConflictNotAsked):
        accept_ticket(session, offered.ticket.id, lawyer, now, no_conflict=False)
    assert get_ticket(session, offered.ticket.id).status == "offered"


def test_a_ticket_somebody_else_took_says_both_states(session, handoff, officer, duty_officer, now):
    accept_ticket(session, handoff.ticket.id, officer, now)
    with pytest.raises(WrongState) as refusal:
        accept_ticket(session, handoff.ticket.id, duty_officer, now)
    assert (refusal.value.found, refusal.value.needed) == ("处理中", ("待分派", "等律师接手"))
    assert str(refusal.value) == (
        "这张工单现在是「处理中」，只有「待分派」或「等律师接手」的工单才能接手。"
    )


def test_lawyers_take_no_hand_offs(session, handoff, lawyer, now):
    with pytest.raises(NotAllowed):
        accept_ticket(session, handoff.ticket.id, lawyer, now)


def test_officers_take_no_legal_aid(session, opened, officer, duty_officer, now):
    for person in (officer, duty_officer):
        with pytest.raises(NotAllowed):
            accept_ticket(session, opened.ticket.id, person, now)


def test_officers_take_nothing_off_a_lawyer_s_table(session, offered, duty_officer, now):
    """Not even what fell to them, once a lawyer has been asked again."""
    get_ticket(session, offered.ticket.id).fell_at = now
    session.flush()
    with pytest.raises(NotAllowed):
        accept_ticket(session, offered.ticket.id, duty_officer, now)


def test_what_no_lawyer_took_goes_to_an_officer_on_duty_only(
    session, opened, officer, duty_officer, now
):
    fall_to_duty(session, opened.ticket, now)
    with pytest.raises(NotAllowed):
        accept_ticket(session, opened.ticket.id, officer, now)
    assert accept_ticket(session, opened.ticket.id, duty_officer, now).person_id == duty_officer.id


@pytest.mark.parametrize("role", ["editor", "auditor", "admin"])
def test_nobody_else_takes_anything(session, opened, handoff, hire, now, role):
    person = hire("x", role, on_duty=True)
    for ticket in (opened.ticket, handoff.ticket):
        with pytest.raises(NotAllowed):
            accept_ticket(session, ticket.id, person, now)


def test_a_ticket_that_does_not_exist_cannot_be_taken(session, lawyer, now):
    with pytest.raises(NotFound):
        accept_ticket(session, 404, lawyer, now)


# answering and asking


def test_a_reply_is_a_message_from_the_lawyer(session, held, lawyer, now):
    reply_ticket(session, held.id, lawyer, "可以要回 7,040 元", now)
    message = fetch_messages(session, held.conversation_id)[-1]
    assert (message.sender, message.person_id) == ("lawyer", lawyer.id)
    assert message.text == "可以要回 7,040 元"
    assert (held.status, held.answered_at) == ("answered", now)


def test_a_lawyer_may_answer_more_than_once(session, held, lawyer, now):
    reply_ticket(session, held.id, lawyer, "一", now)
    reply_ticket(session, held.id, lawyer, "二", now)
    assert texts_in(session, held) == ["一", "二"]


def test_a_reply_sent_twice_with_one_key_arrives_once(session, held, lawyer, now):
    reply_ticket(session, held.id, lawyer, "一", now, client_key="r1")
    reply_ticket(session, held.id, lawyer, "一", now, client_key="r1")
    assert texts_in(session, held) == ["一"]
    replies = select(AuditEvent.id).where(AuditEvent.action == "ticket.reply")
    assert len(session.scalars(replies).all()) == 1


def test_a_repeat_that_comes_late_moves_nothing(session, held, lawyer, now):
    """The first click asked the worker, who has answered; the browser then sends it once more."""
    first = reply_ticket(session, held.id, lawyer, "哪天停工的？", now, client_key="r1", asks=True)
    hear_worker(session, held.conversation_id, now, due_at=now)
    again = reply_ticket(session, held.id, lawyer, "哪天停工的？", now, client_key="r1", asks=True)
    assert again.id == first.id
    assert (held.status, held.due_at) == ("accepted", now)


def test_a_repeat_after_the_case_was_closed_gives_what_was_sent(session, held, lawyer, now):
    first = reply_ticket(session, held.id, lawyer, "好了", now, client_key="r1")
    close_ticket(session, held.id, lawyer, now)
    again = reply_ticket(session, held.id, lawyer, "好了", now, client_key="r1")
    assert (again.id, held.status) == (first.id, "closed")


def test_another_s_key_gives_nothing_away(session, held, lawyer, other_lawyer, now):
    reply_ticket(session, held.id, lawyer, "好了", now, client_key="r1")
    with pytest.raises(NotAllowed):
        reply_ticket(session, held.id, other_lawyer, "我看看", now, client_key="r1")


def test_a_question_lets_the_ticket_wait_for_the_worker(session, held, lawyer, now):
    held.due_at = now
    reply_ticket(session, held.id, lawyer, "哪天停工的？", now, asks=True)
    assert (held.status, held.answered_at, held.due_at) == ("waiting", None, None)


def test_another_question_still_waits(session, held, lawyer, now):
    for text in ("哪天停工的？", "有合同吗？"):
        reply_ticket(session, held.id, lawyer, text, now, asks=True)
    assert held.status == "waiting"
    assert texts_in(session, held) == ["哪天停工的？", "有合同吗？"]


def test_an_untaken_ticket_cannot_be_answered(session, offered, lawyer, now):
    with pytest.raises(WrongState, match="「处理中」或「已答复」或「等职工回话」的工单才能答复"):
        reply_ticket(session, offered.ticket.id, lawyer, "你好", now)


def test_only_the_holder_answers(session, held, other_lawyer, now):
    with pytest.raises(NotAllowed):
        reply_ticket(session, held.id, other_lawyer, "你好", now)


# hearing


def test_what_the_worker_writes_brings_a_waiting_ticket_back(session, held, lawyer, now):
    reply_ticket(session, held.id, lawyer, "哪天停工的？", now, asks=True)
    heard = hear_worker(session, held.conversation_id, now, due_at=now)
    assert [ticket.id for ticket in heard] == [held.id]
    assert (held.status, held.person_id, held.due_at) == ("accepted", lawyer.id, now)


@pytest.mark.parametrize("answer", [None, "在办了"])
def test_what_waits_for_nobody_stays_as_it_is(session, held, lawyer, now, answer):
    if answer:
        reply_ticket(session, held.id, lawyer, answer, now)
    status = held.status
    assert hear_worker(session, held.conversation_id, now) == []
    assert held.status == status


# transferring


def test_a_transferred_ticket_is_nobody_s_and_the_bot_s_chat(session, held, lawyer, now):
    ticket = transfer_ticket(session, held.id, lawyer, now, due_at=now)
    assert (ticket.status, ticket.person_id, ticket.due_at) == ("opened", None, now)
    assert mode_of(session, ticket) == "bot"


def test_only_the_holder_transfers(session, held, other_lawyer, now):
    with pytest.raises(NotAllowed):
        transfer_ticket(session, held.id, other_lawyer, now)


def test_whoever_gave_it_away_answers_no_more(session, held, lawyer, now):
    transfer_ticket(session, held.id, lawyer, now)
    with pytest.raises(WrongState):
        reply_ticket(session, held.id, lawyer, "还有", now)


def test_whoever_gave_it_away_is_not_asked_again(session, held, lawyer, other_lawyer, route, now):
    transfer_ticket(session, held.id, lawyer, now)
    assert route(session, held.id).person_id == other_lawyer.id


# closing


def test_an_unanswered_ticket_cannot_be_closed(session, held, lawyer, now):
    with pytest.raises(WrongState, match="只有「已答复」或「等职工回话」的工单才能办结"):
        close_ticket(session, held.id, lawyer, now)


def test_closing_gives_the_chat_back_to_the_bot(session, closed, now):
    assert (closed.status, closed.closed_at) == ("closed", now)
    assert mode_of(session, closed) == "bot"


def test_a_case_is_closed_with_what_came_of_it(session, held, lawyer, now):
    reply_ticket(session, held.id, lawyer, "钱到账了", now)
    ticket = close_ticket(session, held.id, lawyer, now, "paid", "补了两个月")
    assert (ticket.outcome, ticket.closing_note) == ("paid", "补了两个月")


def test_nothing_else_comes_of_a_case(session, held, lawyer, now):
    reply_ticket(session, held.id, lawyer, "好了", now)
    with pytest.raises(UnknownOutcome):
        close_ticket(session, held.id, lawyer, now, "won")


def test_only_the_holder_closes(session, held, lawyer, other_lawyer, now):
    reply_ticket(session, held.id, lawyer, "好了", now)
    with pytest.raises(NotAllowed):
        close_ticket(session, held.id, other_lawyer, now)


def test_closing_one_of_two_held_tickets_keeps_the_person(
    session, handoff, held, lawyer, officer, now
):
    accept_ticket(session, handoff.ticket.id, officer, now)
    reply_ticket(session, held.id, lawyer, "办好了", now)
    assert mode_of(session, close_ticket(session, held.id, lawyer, now)) == "person"


def test_a_closed_ticket_takes_no_reply(session, closed, lawyer, now):
    with pytest.raises(WrongState, match="现在是「已办结」"):
        reply_ticket(session, closed.id, lawyer, "还有", now)


# withdrawing


def test_the_worker_takes_back_what_is_held(session, held, now):
    ticket = withdraw_ticket(session, held.conversation_id, held.id, now)
    assert (ticket.status, ticket.closed_at, ticket.due_at) == ("withdrawn", now, None)
    assert mode_of(session, ticket) == "bot"


def test_the_worker_takes_back_what_is_offered_and_the_offer_stands_no_longer(
    session, offered, lawyer, now
):
    withdraw_ticket(session, offered.ticket.conversation_id, offered.ticket.id, now)
    assert [offer.answer for offer in fetch_offers(session, offered.ticket.id)] == ["cancelled"]
    with pytest.raises(NotAllowed):
        accept_ticket(session, offered.ticket.id, lawyer, now)


def test_nobody_takes_back_another_s_ticket(session, held, now):
    with pytest.raises(NotFound):
        withdraw_ticket(session, "0" * 64, held.id, now)
    assert held.status == "accepted"


def test_a_closed_ticket_cannot_be_taken_back(session, closed, now):
    with pytest.raises(WrongState):
        withdraw_ticket(session, closed.conversation_id, closed.id, now)


# reopening


def test_a_reopened_case_is_its_holder_s_again(session, closed, lawyer, now):
    ticket = reopen_ticket(session, closed.id, WORKER, now, due_at=now)
    assert (ticket.status, ticket.person_id, ticket.closed_at) == ("accepted", lawyer.id, None)
    assert ticket.due_at == now
    assert mode_of(session, ticket) == "person"


def test_a_case_whose_holder_has_left_is_routed_anew(
    session, closed, lawyer, other_lawyer, route, now
):
    set_active(session, lawyer.id, False, now)
    ticket = reopen_ticket(session, closed.id, WORKER, now)
    assert (ticket.status, ticket.person_id) == ("opened", None)
    assert mode_of(session, ticket) == "bot"
    assert route(session, ticket.id).person_id == other_lawyer.id


def test_a_case_whose_holder_is_bound_to_the_employer_meanwhile_is_routed_anew(
    session, closed, lawyer, now
):
    closed.employer = "焦作市宏达机械有限公司"
    session.add(Conflict(person_id=lawyer.id, name="宏达机械"))
    session.flush()
    assert reopen_ticket(session, closed.id, WORKER, now).status == "opened"


def test_what_was_withdrawn_comes_back_through_the_worker_only(session, held, lawyer, now):
    withdraw_ticket(session, held.conversation_id, held.id, now)
    with pytest.raises(NotAllowed):
        reopen_ticket(session, held.id, f"person:{lawyer.id}", now)
    ticket = reopen_ticket(session, held.id, WORKER, now)
    assert (ticket.status, ticket.person_id) == ("opened", None)


def test_an_offer_the_worker_took_back_may_be_made_again(session, offered, lawyer, route, now):
    withdraw_ticket(session, offered.ticket.conversation_id, offered.ticket.id, now)
    reopen_ticket(session, offered.ticket.id, WORKER, now)
    assert route(session, offered.ticket.id).person_id == lawyer.id


def test_an_unfinished_case_cannot_be_reopened(session, held, now):
    with pytest.raises(WrongState):
        reopen_ticket(session, held.id, WORKER, now)


def test_a_message_alone_opens_nothing_again(session, closed, now):
    write_message(session, closed.conversation_id, sender="worker", text="还在吗", now=now)
    assert hear_worker(session, closed.conversation_id, now) == []
    assert closed.status == "closed"


def test_a_refused_step_stores_nothing(desk, offered, lawyer, now):
    with pytest.raises(WrongState), desk.transaction() as session:
        reply_ticket(session, offered.ticket.id, lawyer, "你好", now)
    with desk.reading() as session:
        assert fetch_messages(session, offered.ticket.conversation_id) == []
