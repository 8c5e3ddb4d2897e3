"""「问机器人」: a page says which topic the chat is to begin with; facts never come along."""

import json
from typing import Any

from gongyou.rulebook import Rulebook, Topic
from gongyou.web.errors import BadInput


def find_topic(rulebook: Rulebook, name: Any) -> Topic | None:
    """The topic of /?about=…; None for one the rulebook does not have."""
    return rulebook.topics.get(name) if isinstance(name, str) else None


def read_topic(rulebook: Rulebook, name: Any) -> Topic:
    """The topic a page sent. Raises BadInput."""
    topic = find_topic(rulebook, name)
    if topic is None:
        raise BadInput("about_gone")
    return topic


def topic_payload(topic: Topic) -> str:
    """What the bot is told; made here from a topic that exists, never taken from a page."""
    return f"/ask_topic{json.dumps({'topic': topic.name})}"
