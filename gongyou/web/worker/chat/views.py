"""Messages as the worker's page sees them. Payloads of buttons stay here."""

from collections.abc import Mapping, Sequence
from typing import Any

from gongyou.desk.answers.ratings import fetch_verdicts
from gongyou.desk.answers.table import Verdict
from gongyou.desk.chat.messages import Message
from gongyou.web.answer_card import is_card, shown_part
from gongyou.web.worker.aid_offer import show_offer

type View = dict[str, Any]


def show_messages(session: Any, conversation_id: str, messages: Sequence[Message]) -> list[View]:
    """Messages of one chat, the answers among them with how they were rated."""
    cards = [message.id for message in messages if is_card(message)]
    verdicts = fetch_verdicts(session, conversation_id, cards) if cards else {}
    return [show_message(message, verdicts) for message in messages]


def show_message(message: Message, verdicts: Mapping[int, Verdict | None] | None = None) -> View:
    """One message as JSON; a button is its title, pressed by message and index.

    `verdicts`: the answers that can be rated, and how they were. "rating" is "" for one not rated
    yet, None for a message that is no such answer.
    """
    payload = message.payload or {}
    return {
        "id": message.id,
        "sender": message.sender,
        "text": message.text,
        "custom": shown_part(payload.get("custom")),
        "rating": (verdicts[message.id] or "") if verdicts and message.id in verdicts else None,
        "buttons": [{"title": button["title"]} for button in payload.get("buttons") or ()],
        "apply": show_offer(message),
        "person": payload.get("person"),
        "person_id": message.person_id,
        "button": payload.get("button"),
        "reply_to": payload.get("reply_to"),
        "late": bool(payload.get("late")),
        "key": message.client_key,
        "state": message.state,
        "at": message.created_at.isoformat(),
    }
