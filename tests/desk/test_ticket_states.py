"""open → taken → answered → closed, and nothing else."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from gongyou.desk.conversations import Conversation
from gongyou.desk.errors import NotAllowed, NotFound, WrongState
from gongyou.desk.messages import fetch_messages
from gongyou.desk.tickets import close_ticket, reply_ticket, take_ticket


def mode_of(session, ticket):
    return session.get_one(Conversation, ticket.conversation_id).mode


def test_taking_makes_it_one_s_own(session, opened, lawyer, now):
    ticket = take_ticket(session, opened.ticket.id, lawyer, now)
    assert (ticket.status, ticket.person_id, ticket.taken_at) == ("taken", lawyer.id, now)


def test_taking_hands_the_chat_to_the_person(session, opened, lawyer, now):
    ticket = take_ticket(session, opened.ticket.id, lawyer, now)
    assert mode_of(session, ticket) == "person"


def test_taking_one_s_own_ticket_again_changes_nothing(session, opened, lawyer, now):
    take_ticket(session, opened.ticket.id, lawyer, now)
    assert take_ticket(session, opened.ticket.id, lawyer, now).status == "taken"


def test_a_ticket_somebody_else_took_says_both_states(session, opened, lawyer, other_lawyer, now):
    take_ticket(session, opened.ticket.id, lawyer, now)
    with pytest.raises(WrongState) as refusal:
        take_ticket(session, opened.ticket.id, other_lawyer, now)
    assert (refusal.value.found, refusal.value.needed) == ("taken", ("open",))
    assert str(refusal.value) == "这张工单现在是「已接手」，只有「待接手」的工单才能接手。"


def test_of_two_lawyers_at_once_exactly_one_wins(desk, opened, lawyer, other_lawyer, now):
    together = Barrier(2)

    def take(person):
        together.wait()
        try:
            with desk.transaction() as session:
                return take_ticket(session, opened.ticket.id, person, now).person_id
        except WrongState:
            return None

    with ThreadPoolExecutor(2) as pool:
        winners = [won for won in pool.map(take, (lawyer, other_lawyer)) if won is not None]
    assert len(winners) == 1


def test_a_reply_is_a_message_from_the_lawyer(session, opened, lawyer, now):
    ticket = take_ticket(session, opened.ticket.id, lawyer, now)
    reply_ticket(session, ticket.id, lawyer, "可以要回 7,040 元", now)
    message = fetch_messages(session, ticket.conversation_id)[-1]
    assert (message.sender, message.person_id) == ("lawyer", lawyer.id)
    assert message.text == "可以要回 7,040 元"
    assert (ticket.status, ticket.answered_at) == ("answered", now)


def test_a_lawyer_may_answer_more_than_once(session, opened, lawyer, now):
    take_ticket(session, opened.ticket.id, lawyer, now)
    reply_ticket(session, opened.ticket.id, lawyer, "一", now)
    reply_ticket(session, opened.ticket.id, lawyer, "二", now)
    assert len(fetch_messages(session, opened.ticket.conversation_id)) == 2


def test_a_reply_sent_twice_with_one_key_arrives_once(session, opened, lawyer, now):
    take_ticket(session, opened.ticket.id, lawyer, now)
    reply_ticket(session, opened.ticket.id, lawyer, "一", now, client_key="r1")
    reply_ticket(session, opened.ticket.id, lawyer, "一", now, client_key="r1")
    assert len(fetch_messages(session, opened.ticket.conversation_id)) == 1


def test_an_untaken_ticket_cannot_be_answered(session, opened, lawyer, now):
    with pytest.raises(WrongState, match="「已接手」或「已答复」的工单才能答复"):
        reply_ticket(session, opened.ticket.id, lawyer, "你好", now)


def test_only_the_holder_answers(session, opened, lawyer, other_lawyer, now):
    take_ticket(session, opened.ticket.id, lawyer, now)
    with pytest.raises(NotAllowed):
        reply_ticket(session, opened.ticket.id, other_lawyer, "你好", now)


def test_an_unanswered_ticket_cannot_be_closed(session, opened, lawyer, now):
    take_ticket(session, opened.ticket.id, lawyer, now)
    with pytest.raises(WrongState, match="只有「已答复」的工单才能办结"):
        close_ticket(session, opened.ticket.id, lawyer, now)


def test_closing_gives_the_chat_back_to_the_bot(session, opened, lawyer, now):
    take_ticket(session, opened.ticket.id, lawyer, now)
    reply_ticket(session, opened.ticket.id, lawyer, "办好了", now)
    ticket = close_ticket(session, opened.ticket.id, lawyer, now)
    assert (ticket.status, ticket.closed_at) == ("closed", now)
    assert mode_of(session, ticket) == "bot"


def test_closing_one_of_two_held_tickets_keeps_the_person(
    session, opened, handoff, lawyer, officer, now
):
    take_ticket(session, opened.ticket.id, lawyer, now)
    take_ticket(session, handoff.ticket.id, officer, now)
    reply_ticket(session, opened.ticket.id, lawyer, "办好了", now)
    assert mode_of(session, close_ticket(session, opened.ticket.id, lawyer, now)) == "person"


def test_a_closed_ticket_takes_no_reply(session, opened, lawyer, now):
    take_ticket(session, opened.ticket.id, lawyer, now)
    reply_ticket(session, opened.ticket.id, lawyer, "办好了", now)
    close_ticket(session, opened.ticket.id, lawyer, now)
    with pytest.raises(WrongState, match="现在是「已办结」"):
        reply_ticket(session, opened.ticket.id, lawyer, "还有", now)


def test_lawyers_take_no_hand_offs(session, handoff, lawyer, now):
    with pytest.raises(NotAllowed):
        take_ticket(session, handoff.ticket.id, lawyer, now)


def test_officers_take_no_legal_aid(session, opened, officer, now):
    with pytest.raises(NotAllowed):
        take_ticket(session, opened.ticket.id, officer, now)


def test_a_ticket_that_does_not_exist_cannot_be_taken(session, lawyer, now):
    with pytest.raises(NotFound):
        take_ticket(session, 404, lawyer, now)


def test_a_refused_step_stores_nothing(desk, opened, lawyer, now):
    with pytest.raises(WrongState), desk.transaction() as session:
        reply_ticket(session, opened.ticket.id, lawyer, "你好", now)
    with desk.reading() as session:
        assert fetch_messages(session, opened.ticket.conversation_id) == []
