"""A conversation opens with a secret cookie, and with nothing else."""

import re

import pytest
from sqlalchemy import select

from gongyou.desk.chat.conversations import (
    Conversation,
    ConversationKey,
    add_key,
    fetch_conversation,
    open_conversation,
    set_mode,
)
from gongyou.desk.chat.messages import write_message
from gongyou.desk.errors import Erased, NotFound


def test_a_new_conversation_is_answered_by_the_bot(session, now):
    assert open_conversation(session, now)[0].mode == "bot"


def test_the_cookie_opens_its_conversation(session, now):
    conversation, token = open_conversation(session, now)
    assert fetch_conversation(session, token) is conversation


def test_the_conversation_s_number_does_not_open_it(session, now):
    conversation, _ = open_conversation(session, now)
    assert fetch_conversation(session, conversation.id) is None


def test_numbers_and_cookies_have_256_bits(session, now):
    conversation, token = open_conversation(session, now)
    assert re.fullmatch(r"[0-9a-f]{64}", conversation.id)
    assert len(token) == 43


def test_the_cookie_itself_is_not_stored(session, now):
    _, token = open_conversation(session, now)
    assert session.scalars(select(ConversationKey.hash)).one() != token


def test_a_second_device_has_a_cookie_of_its_own(session, now):
    conversation, first = open_conversation(session, now)
    second = add_key(session, conversation.id, now)
    assert second != first
    assert fetch_conversation(session, second) is conversation


def test_times_come_back_in_utc(desk, now):
    with desk.transaction() as session:
        chat = open_conversation(session, now)[0].id
    with desk.reading() as session:
        assert session.get_one(Conversation, chat).created_at == now


def test_a_time_without_a_zone_is_refused(session, now):
    with pytest.raises(Exception, match="without a zone"):
        open_conversation(session, now.replace(tzinfo=None))


def test_a_worker_may_go_back_to_the_bot(session, now):
    conversation, _ = open_conversation(session, now)
    set_mode(session, conversation.id, "person")
    set_mode(session, conversation.id, "bot")
    assert conversation.mode == "bot"


def test_the_mode_of_an_unknown_conversation_cannot_be_set(session):
    with pytest.raises(NotFound):
        set_mode(session, "0" * 64, "person")


def test_nothing_is_written_into_an_erased_conversation(desk, conversation_id, now):
    with desk.transaction() as session:
        session.get_one(Conversation, conversation_id).erased_at = now
    with pytest.raises(Erased), desk.transaction() as session:
        write_message(session, conversation_id, sender="bot", text="你好", now=now)
