"""「帮我申请」: which answers of the chat lead to an application, and what they tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongyou.desk.chat.messages import Message
from gongyou.desk.tickets.aid import is_applied_for
from gongyou.web.answer_card import USED, is_card
from gongyou.web.texts import read_texts

MOST_SUMMARY = 4_000  # characters of what the answer said


@dataclass(frozen=True)
class Offer:
    """An answer that may become an application: its topic, facts and words."""

    message_id: int
    topic: str
    facts: Mapping[str, Any]
    summary: str


def find_offer(message: Message) -> Offer | None:
    """None for any other message. An answer from before facts came with it is none either."""
    if not is_card(message) or message.staff_only:
        return None
    custom = (message.payload or {})["custom"]
    used = custom[USED]
    topic, facts = str(used.get("topic")), used.get("facts")
    if not isinstance(facts, dict) or not is_applied_for(topic, used.get("papers") is True):
        return None
    lines = [str(custom.get("conclusion") or ""), *map(str, custom.get("workings") or ())]
    return Offer(message.id, topic, facts, "\n".join(lines)[:MOST_SUMMARY])


def show_offer(message: Message) -> dict[str, str] | None:
    """The link under an answer, as the chat's page puts it in."""
    offer = find_offer(message)
    if offer is None:
        return None
    return {"title": read_texts()["aid"]["button"], "href": f"/aid/{offer.message_id}"}
