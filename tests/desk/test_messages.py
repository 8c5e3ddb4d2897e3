"""Messages are stored once, in order, and found again when they are unanswered."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.chat.messages import (
    Message,
    fetch_button,
    fetch_messages,
    fetch_unanswered,
    mark_message,
    write_message,
)
from gongyou.desk.errors import NotFound


def write(session: Session, chat: str, now: datetime, **changed: Any) -> Message:
    given: dict[str, Any] = {"sender": "worker", "text": "厂里停工了", "state": "received"}
    return write_message(session, chat, now=now, **(given | changed))


@pytest.fixture
def chat(session: Session, now: datetime) -> str:
    return open_conversation(session, now)[0].id


@pytest.fixture
def other_chat(session: Session, now: datetime) -> str:
    return open_conversation(session, now)[0].id


def test_messages_come_back_in_the_order_they_were_written(session, chat, now):
    for text in ("一", "二", "三"):
        write(session, chat, now, text=text)
    assert [message.text for message in fetch_messages(session, chat)] == ["一", "二", "三"]


def test_only_messages_after_the_given_number_come_back(session, chat, now):
    first, second = write(session, chat, now), write(session, chat, now)
    assert fetch_messages(session, chat, after_id=first.id) == [second]


def test_another_conversation_s_messages_do_not_come_back(session, chat, other_chat, now):
    write(session, other_chat, now)
    assert fetch_messages(session, chat) == []


def test_a_repeat_with_the_same_client_key_gives_the_stored_message(session, chat, now):
    stored = write(session, chat, now, client_key="k1", text="第一次")
    repeated = write(session, chat, now, client_key="k1", text="第二次")
    assert (repeated.id, repeated.text) == (stored.id, "第一次")
    assert len(fetch_messages(session, chat)) == 1


def test_the_same_client_key_in_two_conversations_is_two_messages(session, chat, other_chat, now):
    stored = write(session, chat, now, client_key="k1")
    assert write(session, other_chat, now, client_key="k1").id != stored.id


def test_a_message_needs_a_conversation(session, now):
    with pytest.raises(NotFound):
        write(session, "0" * 64, now)


def test_received_and_failed_worker_messages_are_unanswered(session, chat, now):
    received = write(session, chat, now)
    failed = write(session, chat, now, state="failed")
    write(session, chat, now, state="answered")
    write(session, chat, now, state="flagged")
    write(session, chat, now, sender="bot", state="none")
    assert fetch_unanswered(session, now + timedelta(seconds=1)) == [received, failed]


def test_a_message_just_written_is_not_yet_unanswered(session, chat, now):
    write(session, chat, now)
    assert fetch_unanswered(session, now) == []


def test_an_answered_message_leaves_the_unanswered(session, chat, now):
    message = write(session, chat, now)
    mark_message(session, message.id, "answered")
    assert fetch_unanswered(session, now + timedelta(seconds=1)) == []


def test_each_failure_counts_as_an_attempt(session, chat, now):
    message = write(session, chat, now)
    mark_message(session, message.id, "failed")
    assert mark_message(session, message.id, "failed").attempts == 2


def test_marking_a_message_that_does_not_exist_is_refused(session):
    with pytest.raises(NotFound):
        mark_message(session, 404, "answered")


BUTTONS = {"buttons": [{"title": "看依据", "payload": "/show_basis"}]}


def test_a_button_gives_its_payload(session, chat, now):
    message = write(session, chat, now, sender="bot", state="none", payload=BUTTONS)
    assert fetch_button(session, chat, message.id, 0) == "/show_basis"


def test_a_button_of_another_conversation_gives_nothing(session, chat, other_chat, now):
    message = write(session, other_chat, now, sender="bot", state="none", payload=BUTTONS)
    assert fetch_button(session, chat, message.id, 0) is None


@pytest.mark.parametrize("index", [-1, 1, 10**9])
def test_a_button_that_is_not_there_gives_nothing(session, chat, now, index):
    message = write(session, chat, now, sender="bot", state="none", payload=BUTTONS)
    assert fetch_button(session, chat, message.id, index) is None


def test_a_message_without_buttons_gives_nothing(session, chat, now):
    message = write(session, chat, now, sender="bot", state="none")
    assert fetch_button(session, chat, message.id, 0) is None


def test_a_worker_s_message_never_carries_a_button(session, chat, now):
    message = write(session, chat, now, payload=BUTTONS)
    assert fetch_button(session, chat, message.id, 0) is None
