"""Messages as the worker's page sees them. Payloads of buttons stay here."""

from typing import Any

from gongyou.desk.chat.messages import Message

type View = dict[str, Any]


def show_message(message: Message) -> View:
    """One message as JSON; a button is its title, pressed by message and index."""
    payload = message.payload or {}
    return {
        "id": message.id,
        "sender": message.sender,
        "text": message.text,
        "custom": payload.get("custom"),
        "buttons": [{"title": button["title"]} for button in payload.get("buttons") or ()],
        "person": payload.get("person"),
        "person_id": message.person_id,
        "button": payload.get("button"),
        "reply_to": payload.get("reply_to"),
        "late": bool(payload.get("late")),
        "key": message.client_key,
        "state": message.state,
        "at": message.created_at.isoformat(),
    }
