"""The worker is back: what they were told rests on rules that were corrected since."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiohttp import web

from gongyou.desk.answers.recall import find_recalls, take_recalls
from gongyou.desk.chat.conversations import fetch_conversation
from gongyou.desk.chat.messages import write_message
from gongyou.rulebook import Rulebook
from gongyou.web.about import topic_payload
from gongyou.web.keys import CATALOGUE, CLOCK, DESK, NOTIFIER, RULE_CONTENTS
from gongyou.web.texts import say
from gongyou.web.threads import in_desk, read_desk


async def offer_again(request: web.Request, token: str) -> None:
    """One line in the chat, with a button that asks the bot anew; each answer only once."""
    app = request.app
    contents, now = app[RULE_CONTENTS], app[CLOCK]()
    conversation_id = await read_desk(app[DESK], _find_stale, token, contents, now)
    if conversation_id is None:
        return
    rulebook = app[CATALOGUE].rulebook
    await in_desk(app[DESK], write_offer, conversation_id, rulebook, contents, now)
    app[NOTIFIER].notify(conversation_id)


def write_offer(
    session: Any,
    conversation_id: str,
    rulebook: Rulebook,
    contents: Mapping[str, str],
    now: datetime,
) -> None:
    """A topic the rulebook no longer has cannot be worked out again, and is not offered."""
    taken = take_recalls(session, conversation_id, contents, now)
    topics = [rulebook.topics[one.topic] for one in taken if one.topic in rulebook.topics]
    if not topics:
        return
    titles = "".join(say("recall_title", title=topic.title) for topic in topics)
    buttons = [
        {"title": say("recall_button", title=topic.title), "payload": topic_payload(topic)}
        for topic in topics
    ]
    text, payload = say("recall", titles=titles), {"buttons": buttons}
    write_message(session, conversation_id, sender="system", text=text, payload=payload, now=now)


def _find_stale(session: Any, token: str, contents: Mapping[str, str], now: datetime) -> str | None:
    """The chat of this cookie, when it has something to be offered."""
    chat = fetch_conversation(session, token) if token else None
    if chat is None or chat.mode == "person" or chat.erased_at is not None:
        return None
    return chat.id if find_recalls(session, chat.id, contents, now) else None
