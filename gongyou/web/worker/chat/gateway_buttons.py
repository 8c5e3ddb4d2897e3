"""Buttons the gateway handles itself, so that they work when the bot is down."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from gongyou.desk.chat.conversations import set_mode
from gongyou.desk.chat.messages import Message, write_message
from gongyou.desk.tickets.handoffs import open_handoff
from gongyou.rulebook import NATION
from gongyou.web.receipts import ticket_card
from gongyou.web.texts import buttons, say

GATEWAY = "gateway:"


def press_gateway_button(
    session: Any, conversation_id: str, shown: Message, payload: str, now: datetime
) -> None:
    """Do what a button of the system message `shown` says. KeyError for one we never wrote."""
    BUTTONS[payload](session, conversation_id, shown, now)


def _hand_over(session: Any, conversation_id: str, shown: Message, now: datetime) -> None:
    """Open a handoff ticket and show its receipt; pressed twice, it is the same ticket."""
    opened = open_handoff(
        session,
        conversation_id,
        topic="human_handoff",
        region=NATION,
        facts={},
        summary="",
        consent=True,
        now=now,
    )
    card = ticket_card("handed_over", opened.receipt) | {"case": opened.ticket.id}
    write_message(
        session,
        conversation_id,
        sender="system",
        text=card["text"],
        payload={"custom": card},
        now=now,
    )


def _ask_bot(session: Any, conversation_id: str, shown: Message, now: datetime) -> None:
    _switch(session, conversation_id, shown, "bot", now)


def _ask_person(session: Any, conversation_id: str, shown: Message, now: datetime) -> None:
    _switch(session, conversation_id, shown, "person", now)


def _switch(session: Any, conversation_id: str, shown: Message, mode: Any, now: datetime) -> None:
    """Who answers from now on; the line carries the way back."""
    person = (shown.payload or {})["person"]
    set_mode(session, conversation_id, mode)
    other = "ask_person" if mode == "bot" else "ask_bot"
    write_message(
        session,
        conversation_id,
        sender="system",
        text=say(f"{mode}_again", who=person["shown"]),
        payload={"person": person, "mode": mode, "buttons": buttons(other)},
        now=now,
    )


BUTTONS: dict[str, Callable[[Any, str, Message, datetime], None]] = {
    "gateway:handoff": _hand_over,
    "gateway:ask_bot": _ask_bot,
    "gateway:ask_person": _ask_person,
}
