"""Several topics in one message, and which message first spoke of a topic."""

from collections.abc import Iterator, Mapping
from typing import Any

from rasa_sdk.interfaces import Tracker

from actions.case import Case
from actions.context import second_topics
from actions.understood import Message, intent, is_typed, ranked_topics, stage_topics

ALSO_ASKED = 0.2  # confidence from which a topic beside the first counts as asked about too
GUESSED = 0.05  # confidence from which a topic is offered when the message is not clear
GUESSES = 3


def also_asked(message: Message, topic: str) -> list[str]:
    """The other topics that a typed question on `topic` clearly asks about too."""
    if not is_typed(message) or intent(message) == "inform":
        return []
    found = [*ranked_topics(message, ALSO_ASKED), *named(message), *stage_topics(message)]
    same = {topic, *second_topics()["same_matter"].get(topic, [])}
    return [other for other in dict.fromkeys(found) if other not in same]


def named(message: Message) -> list[str]:
    """The topics that a word of second_topics.yaml names outright."""
    text = str(message.get("text") or "")
    return [
        topic
        for topic, said in second_topics()["named_by"].items()
        if any(word in text for word in said)
    ]


def guesses(message: Message) -> list[str]:
    """What an unclear message may be about: at most three topics, the likeliest first."""
    return ranked_topics(message, GUESSED)[:GUESSES]


def raised_in(tracker: Tracker, topic: str) -> Message:
    """The message to read for a topic: what is typed now, or behind a button what led to it."""
    now: Message = tracker.latest_message
    if is_typed(now):
        return now
    return next((told for told in _typed(tracker) if _speaks_of(told, topic)), now)


def news(
    found: Mapping[str, Any], message: Message, tracker: Tracker, case: Case
) -> dict[str, Any]:
    """What a message adds to a case; an older one never overrules what was said since."""
    is_old = message is not tracker.latest_message
    return {k: v for k, v in found.items() if not (is_old and k in case.facts)}


def _typed(tracker: Tracker) -> Iterator[Message]:
    """The worker's own messages, the newest first."""
    for event in reversed(tracker.events):
        message = event.get("parse_data") or {}
        if event.get("event") == "user" and is_typed(message):
            yield message


def _speaks_of(message: Message, topic: str) -> bool:
    asked = intent(message)
    if asked == "nlu_fallback":
        return topic in guesses(message)
    return topic in also_asked(message, asked)
