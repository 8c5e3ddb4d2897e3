"""Stores what a worker sends, before anybody is asked. Each function is one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gongyou.desk.chat.conversations import Conversation, fetch_conversation, open_conversation
from gongyou.desk.chat.messages import Message, fetch_button, fetch_messages, is_sent, write_message
from gongyou.rulebook import Rulebook, Topic
from gongyou.web.about import topic_payload
from gongyou.web.crisis import is_danger, write_crisis
from gongyou.web.errors import BadInput
from gongyou.web.record import Ask, read_ask
from gongyou.web.texts import say
from gongyou.web.worker.chat.gateway_buttons import GATEWAY, press_gateway_button
from gongyou.web.worker.chat.hearing import hear


@dataclass(frozen=True)
class Sent:
    """What was stored. `cookie` is set when the conversation is new; `ask` when the bot answers."""

    conversation_id: str
    message_id: int
    cookie: str | None = None
    ask: Ask | None = None


def send_text(
    session: Any, token: str | None, text: str, key: str, rulebook: Rulebook, now: datetime
) -> Sent:
    """Store a worker's words; the same key again gives the message stored before.

    When a person has the chat, they are told that the worker wrote.
    """
    conversation, cookie = _find_or_open(session, token, now)
    return replace(put_text(session, conversation, text, key, rulebook, now), cookie=cookie)


def put_text(
    session: Any, conversation: Conversation, text: str, key: str, rulebook: Rulebook, now: datetime
) -> Sent:
    """The same in a conversation that is there."""
    is_repeat = is_sent(session, conversation.id, key)
    message = write_message(
        session,
        conversation.id,
        sender="worker",
        text=text,
        client_key=key,
        state=_state(conversation),
        now=now,
    )
    if conversation.mode == "person" and not is_repeat:
        hear(session, conversation.id, rulebook, now)
        if is_danger(text):
            write_crisis(session, conversation.id, message.id, now)
    return _sent(message, None)


def ask_about(
    session: Any, token: str | None, topic: Topic, key: str, rulebook: Rulebook, now: datetime
) -> Sent:
    """Store the question for a topic in words; the bot gets the topic's own payload."""
    conversation, cookie = _find_or_open(session, token, now)
    is_repeat = is_sent(session, conversation.id, key)
    message = write_message(
        session,
        conversation.id,
        sender="worker",
        text=say("about", title=topic.title),
        payload={"pressed": topic_payload(topic)},
        client_key=key,
        state=_state(conversation),
        now=now,
    )
    if conversation.mode == "person" and not is_repeat:
        hear(session, conversation.id, rulebook, now)
    return _sent(message, cookie)


def press_button(
    session: Any, token: str | None, message_id: int, index: int, key: str, now: datetime
) -> Sent:
    """Store a pressed button as its title. Raises BadInput for one not in this conversation."""
    conversation = fetch_conversation(session, token) if token else None
    if conversation is None:
        raise BadInput("button_gone")
    return put_button(session, conversation, message_id, index, key, now)


def put_button(
    session: Any, conversation: Conversation, message_id: int, index: int, key: str, now: datetime
) -> Sent:
    """The same in a conversation that is there."""
    payload = fetch_button(session, conversation.id, message_id, index)
    if not payload:
        raise BadInput("button_gone")
    shown = fetch_messages(session, conversation.id, message_id - 1, limit=1)[0]
    is_ours = payload.startswith(GATEWAY) and shown.sender == "system"
    is_repeat = is_sent(session, conversation.id, key)
    message = write_message(
        session,
        conversation.id,
        sender="worker",
        text=_title(shown, index),
        payload={"pressed": payload, "button": [message_id, index]},
        client_key=key,
        state="none" if is_ours else _state(conversation),
        now=now,
    )
    if is_ours and not is_repeat:
        press_gateway_button(session, conversation.id, shown, payload, now)
    return _sent(message, None)


def _find_or_open(
    session: Any, token: str | None, now: datetime
) -> tuple[Conversation, str | None]:
    found = fetch_conversation(session, token) if token else None
    return (found, None) if found else open_conversation(session, now)


def _state(conversation: Conversation) -> Any:
    """A person's conversation is read by the person; the bot owes nothing."""
    return "received" if conversation.mode == "bot" else "none"


def _title(message: Message, index: int) -> str:
    return str((message.payload or {})["buttons"][index]["title"])


def _sent(message: Message, cookie: str | None) -> Sent:
    ask = read_ask(message) if message.state == "received" else None
    return Sent(message.conversation_id, message.id, cookie, ask)
