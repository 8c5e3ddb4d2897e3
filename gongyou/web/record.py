"""What the asking of the bot writes to the desk. Each function is one transaction's work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gongyou.desk.chat.conversations import Conversation, lock_conversation
from gongyou.desk.chat.messages import (
    Message,
    fetch_messages,
    fetch_unanswered,
    mark_message,
    write_message,
)
from gongyou.desk.tickets.opening import open_ticket
from gongyou.hotlines import hotlines_card
from gongyou.rulebook import NATION
from gongyou.web.answer_card import keep_card
from gongyou.web.bot_client import Reply
from gongyou.web.crisis import is_danger, write_crisis
from gongyou.web.texts import buttons, say

A_MOMENT = timedelta(seconds=1)  # so that what was written just now counts as well


@dataclass(frozen=True)
class Ask:
    """One worker message to be put to the bot. `said` is its text, or a button's payload."""

    conversation_id: str
    message_id: int
    said: str
    again: bool = False  # the worker has already been told that the bot is silent


@dataclass(frozen=True)
class Left:
    """A message the bot still owes an answer."""

    ask: Ask
    state: str
    attempts: int
    created_at: datetime
    passed_by: bool  # a newer message failed too, and one after it was answered
    with_person: bool  # a lawyer or officer has the conversation in hand


def read_ask(message: Message, again: bool = False) -> Ask:
    """The ask for a stored worker message; a pressed button is kept as its payload."""
    pressed = (message.payload or {}).get("pressed")
    return Ask(message.conversation_id, message.id, str(pressed or message.text), again)


def write_replies(
    session: Any, ask: Ask, replies: Sequence[Reply], late: bool, now: datetime
) -> None:
    """Store the bot's replies, keep the answers among them, mark the message answered.

    Once a person has the chat, a reply that was under way is for the desk's eyes only.
    """
    is_taken = _is_taken(session, ask)
    for reply in replies:
        payload: dict[str, Any] = {"reply_to": ask.message_id, "late": late}
        if reply.custom:
            payload["custom"] = dict(reply.custom)
        if reply.buttons:
            payload["buttons"] = [dict(button) for button in reply.buttons]
        message = write_message(
            session,
            ask.conversation_id,
            sender="bot",
            text=reply.text,
            payload=payload,
            staff_only=is_taken,
            now=now,
        )
        if not is_taken:
            keep_card(session, message, now)
    mark_message(session, ask.message_id, "answered")
    if is_taken and not late and is_danger(ask.said):  # the bot's own numbers were kept back
        write_crisis(session, ask.conversation_id, ask.message_id, now)


def write_fallback(session: Any, ask: Ask, now: datetime) -> None:
    """Mark the message failed; tell the worker once, with numbers to ring and a way to a person.

    When a person has the chat meanwhile, they read it and nothing is owed; danger is still told.
    """
    is_taken = _is_taken(session, ask)
    mark_message(session, ask.message_id, "none" if is_taken else "failed")
    if ask.again or (is_taken and not is_danger(ask.said)):
        return
    if is_danger(ask.said):
        write_crisis(session, ask.conversation_id, ask.message_id, now)
    else:
        _write_hotlines(session, ask, "bot_silent", now)


def may_ask(session: Any, ask: Ask) -> bool:
    """Whether the bot still has the chat; a person may have taken it while the ask waited."""
    conversation = session.get(Conversation, ask.conversation_id)
    return conversation is not None and conversation.mode == "bot"


def _is_taken(session: Any, ask: Ask) -> bool:
    """Who answers, held until the end: nobody takes the chat while this is being written."""
    return bool(lock_conversation(session, ask.conversation_id).mode == "person")


def write_flags(session: Any, given_up: Sequence[Left], now: datetime) -> None:
    """Give up on the bot for these messages of one conversation: one ticket for the officers.

    The worker is told once, unless the conversation has gone on without these messages. When a
    person has the conversation in hand, they read the messages there and no ticket is needed.
    """
    for left in given_up:
        mark_message(session, left.ask.message_id, "flagged")
    if given_up[0].with_person:
        return
    first = given_up[0].ask
    _open_flag_ticket(session, first, now)
    if not all(left.passed_by for left in given_up):
        _write_hotlines(session, given_up[-1].ask, "bot_flagged", now)


def _open_flag_ticket(session: Any, ask: Ask, now: datetime) -> None:
    open_ticket(
        session,
        ask.conversation_id,
        kind="handoff",
        topic="unanswered",
        region=NATION,
        facts={},
        summary="",
        words="",
        contact="",
        consent=False,
        idempotency_key=f"flag:{ask.message_id}",
        cause="silent",
        now=now,
    )


def fetch_left(session: Any, now: datetime) -> list[Left]:
    """Everything the bot still owes, oldest first."""
    messages = fetch_unanswered(session, now + A_MOMENT)
    newest: dict[str, int] = {}
    for message in messages:
        newest[message.conversation_id] = message.id
    moved_on = {name: _moved_on(session, name, messages) for name in newest}
    has_person = {name: session.get(Conversation, name).mode == "person" for name in newest}
    return [
        Left(
            ask=read_ask(message, again=message.state == "failed"),
            state=message.state,
            attempts=message.attempts,
            created_at=message.created_at,
            passed_by=moved_on[message.conversation_id]
            and message.id != newest[message.conversation_id],
            with_person=has_person[message.conversation_id],
        )
        for message in messages
    ]


def _moved_on(session: Any, conversation_id: str, left: Sequence[Message]) -> bool:
    """Whether a message after the first one left was answered."""
    first = min(m.id for m in left if m.conversation_id == conversation_id)
    later = fetch_messages(session, conversation_id, first)
    return any(m.sender == "worker" and m.state == "answered" for m in later)


def _write_hotlines(session: Any, ask: Ask, sentence: str, now: datetime) -> None:
    text = say(sentence)
    payload = {
        "reply_to": ask.message_id,
        "custom": hotlines_card("rights", text),
        "buttons": buttons("person"),
    }
    write_message(
        session, ask.conversation_id, sender="system", text=text, payload=payload, now=now
    )
