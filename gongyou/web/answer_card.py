"""The bot's answer card: what it rests on is for the desk to keep, and for no page to show."""

import logging
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from gongyou.desk.answers.keeping import Used, Version, keep_answer
from gongyou.desk.chat.messages import Message

KIND: Final = "answer_card"
USED: Final = "used"  # the part of the card that actions/used.py makes

log = logging.getLogger(__name__)


def keep_card(session: Any, message: Message, now: datetime) -> None:
    """Keep what a stored answer card rests on; of any other message nothing.

    A card that does not say it properly is an answer all the same, and only not kept.
    """
    if not is_card(message):
        return
    try:
        used = read_used((message.payload or {})["custom"])
    except (KeyError, TypeError, ValueError) as error:
        log.error("an answer could not be kept: %s", type(error).__name__)
        return
    keep_answer(session, message.conversation_id, message.id, used, now)


def is_card(message: Message) -> bool:
    """Whether it is an answer that says what it rests on."""
    custom = (message.payload or {}).get("custom") or {}
    return custom.get("kind") == KIND and USED in custom


def read_used(custom: Mapping[str, Any]) -> Used:
    """Raises KeyError, TypeError or ValueError for what actions never send."""
    used = custom[USED]
    return Used(
        topic=str(used["topic"])[:64],
        region=str(used["region"])[:6],
        status=str(custom["status"])[:16],
        asked_on=date.fromisoformat(used["on"]),
        total=None if used["total"] is None else str(used["total"]),
        rules=[
            Version(
                rule_id=str(one["id"]),
                since=date.fromisoformat(one["since"]),
                status=str(one["status"]),
                content=str(one["content"]),
            )
            for one in used["rules"]
        ],
    )


def shown_part(custom: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A card as a page may have it."""
    return None if custom is None else {k: v for k, v in custom.items() if k != USED}
