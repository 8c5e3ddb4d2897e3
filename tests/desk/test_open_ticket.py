"""A ticket opens once, however often it is asked for, and its receipt opens the chat."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.chat.messages import fetch_messages, write_message
from gongyou.desk.errors import ConsentMissing, NotFound
from gongyou.desk.tickets.reading import fetch_conversation_by_receipt
from gongyou.desk.tickets.table import Ticket


def test_a_new_ticket_waits_for_somebody_to_take_it(opened):
    assert (opened.ticket.status, opened.ticket.person_id) == ("opened", None)


def test_facts_words_and_contact_come_back_as_given(desk, opened):
    with desk.reading() as session:
        ticket = session.get_one(Ticket, opened.ticket.id)
        assert ticket.facts == {"region": "410800", "monthly_wage": "4000"}
        assert (ticket.words, ticket.contact) == ("老板不接电话", "13800000000")


def test_a_receipt_has_16_digits(opened):
    assert len(opened.receipt) == 16
    assert opened.receipt.isdigit()


def test_a_repeat_gives_the_same_ticket_and_receipt(session, open_one):
    first, second = open_one(session), open_one(session, words="别的话")
    assert second.ticket is first.ticket
    assert second.receipt == first.receipt


def test_another_key_gives_another_ticket_and_receipt(session, open_one):
    first, second = open_one(session), open_one(session, idempotency_key="key-9")
    assert second.ticket.id != first.ticket.id
    assert second.receipt != first.receipt


def test_a_stranger_who_sends_the_same_key_gets_a_ticket_of_their_own(session, open_one, now):
    mine = open_one(session)
    stranger, _ = open_conversation(session, now)
    theirs = open_one(session, stranger.id)
    assert theirs.ticket.id != mine.ticket.id
    assert theirs.receipt != mine.receipt


def test_legal_aid_needs_consent(session, open_one):
    with pytest.raises(ConsentMissing):
        open_one(session, consent=False)


def test_a_hand_off_needs_none(session, open_one):
    assert open_one(session, kind="handoff", consent=False).ticket.consent_at is None


def test_the_time_of_consent_is_kept(opened, now):
    assert opened.ticket.consent_at == now


def test_a_ticket_needs_a_conversation(session, open_one):
    with pytest.raises(NotFound):
        open_one(session, "0" * 64)


def test_a_receipt_opens_the_conversation_it_came_from(session, open_one, conversation_id):
    receipt = open_one(session).receipt
    assert fetch_conversation_by_receipt(session, receipt).id == conversation_id


def test_a_receipt_may_be_typed_in_groups_or_full_width(session, open_one, conversation_id):
    digits = open_one(session).receipt
    grouped = " ".join(digits[n : n + 4] for n in range(0, 16, 4))
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in digits)
    assert fetch_conversation_by_receipt(session, grouped).id == conversation_id
    assert fetch_conversation_by_receipt(session, wide).id == conversation_id


@pytest.mark.parametrize("typed", ["", "1" * 16, "1" * 15, "x" * 16, "一" * 16, "²" * 16])
def test_a_wrong_receipt_opens_nothing(session, open_one, typed):
    open_one(session)
    assert fetch_conversation_by_receipt(session, typed) is None


def test_the_receipt_is_not_in_the_table(session, open_one):
    opened = open_one(session)
    assert opened.receipt not in opened.ticket.receipt_hash


def test_repeats_at_the_same_moment_open_one_ticket(desk, open_one):
    def repeat(_: int) -> tuple[int, str]:
        with desk.transaction() as session:
            opened = open_one(session)
            return opened.ticket.id, opened.receipt

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(repeat, range(24)))
    with desk.reading() as session:
        assert session.scalar(select(func.count()).select_from(Ticket)) == 1
    assert len(answers) == 1


def test_the_same_message_sent_twice_at_once_is_stored_once(desk, conversation_id, now):
    def send(_: int) -> int:
        with desk.transaction() as session:
            message = write_message(
                session, conversation_id, sender="worker", text="你好", now=now, client_key="k"
            )
            return message.id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(send, range(24)))) == 1
    with desk.reading() as session:
        assert len(fetch_messages(session, conversation_id)) == 1


def test_a_repeat_leaves_the_rest_of_the_transaction_alone(desk, open_one, conversation_id, now):
    with desk.transaction() as session:
        write_message(session, conversation_id, sender="worker", text="找律师", now=now)
        open_one(session)
        open_one(session)
    with desk.reading() as session:
        assert len(fetch_messages(session, conversation_id)) == 1
