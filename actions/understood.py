"""What the bot understood of one message: its intent, its entities, and where they stand."""

import re
from collections.abc import Mapping
from typing import Any

from actions.context import rulebook, topics

Message = Mapping[str, Any]
SURE = 0.5  # confidence from which an intent may break off a question
ASK_TOPIC = "ask_topic"  # the intent of the buttons that carry their topic as an entity
TOO_SHORT_TO_ASK = 8  # characters: "没干", "1号到月底" answer; they never open a topic


def entities(message: Message, kind: str) -> list[dict[str, Any]]:
    """The entities of one kind, in the order of the text."""
    found = [e for e in message.get("entities") or [] if e.get("entity") == kind]
    return sorted(found, key=lambda entity: entity.get("start") or 0)


def button_fact(message: Message) -> tuple[str, str] | None:
    """(fact, value) when one of our own buttons was pressed."""
    fact = next((e["value"] for e in entities(message, "fact")), None)
    value = next((e["value"] for e in entities(message, "value")), None)
    return (fact, value) if fact and value else None


def changed_fact(message: Message) -> str | None:
    """The fact whose 「换一样」 button was pressed."""
    named = (str(entity["value"]) for entity in entities(message, "fact"))
    pressed = intent(message) == "change_fact"
    return next((name for name in named if pressed and name in rulebook().facts), None)


def intent(message: Message) -> str:
    """The message's intent, or nlu_fallback."""
    return str((message.get("intent") or {}).get("name") or "nlu_fallback")


def is_sure(message: Message) -> bool:
    """Whether the intent is more than a guess; a button and the crisis guard are always sure."""
    return float((message.get("intent") or {}).get("confidence") or 0) >= SURE


def topic_of(message: Message) -> str | None:
    """The topic asked about: a button's, the intent, or the stage bare facts name (停工, 拖欠)."""
    if intent(message) == ASK_TOPIC:
        return pressed_topic(message)
    if intent(message) in rulebook().topics:
        return intent(message)
    return stage_topic(message) if intent(message) == "inform" else None


def pressed_topic(message: Message) -> str | None:
    """The topic a button carries; None for one the rulebook does not have."""
    named = (str(entity["value"]) for entity in entities(message, "topic"))
    return next((topic for topic in named if topic in rulebook().topics), None)


def stage_topic(message: Message) -> str | None:
    """The first topic that a stage word (停工, 拖欠) names."""
    return next(iter(stage_topics(message)), None)


def stage_topics(message: Message) -> list[str]:
    """Every topic that a stage word names, in the order of topics.yaml."""
    named = {entity["value"] for entity in entities(message, "stage")}
    return [topic for stage, topic in topics()["by_stage"].items() if stage in named]


def is_typed(message: Message) -> bool:
    """Whether the worker wrote it; a button's payload begins with a slash."""
    return not str(message.get("text") or "").startswith("/")


def ranked_topics(message: Message, least: float) -> list[str]:
    """The topics the classifier gives at least this confidence, the likeliest first."""
    return [
        str(entry["name"])
        for entry in message.get("intent_ranking") or []
        if entry["name"] in rulebook().topics and float(entry["confidence"]) >= least
    ]


def text_before(message: Message, entity: dict[str, Any], size: int = 6) -> str:
    """The few characters before an entity, within its own clause."""
    start = int(entity.get("start") or 0)
    before = str(message.get("text") or "")[:start][-size:]
    return re.split(r"[,，。;；!！?？\s]", before)[-1]


def clause_around(message: Message, entity: dict[str, Any]) -> str:
    """The clause an entity stands in."""
    text = str(message.get("text") or "")
    after = re.split(r"[,，。;；!！?？\s]", text[int(entity["end"]) :])[0]
    return text_before(message, entity, len(text)) + after
