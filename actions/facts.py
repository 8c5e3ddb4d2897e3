"""From one message to facts: the typed entities that bot/nlu found, read for a topic."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from actions.context import rulebook, topics
from gongyou.rulebook import UNKNOWN, Fact, FactValue, parse_fact

Message = Mapping[str, Any]
SURE = 0.5  # confidence from which an intent may break off a question
TOO_SHORT_TO_ASK = 8  # characters: "没干", "1号到月底" answer; they never open a topic


class UnreadableFact(ValueError):
    """The worker named something that does not exist; `key` and `name` choose the sentence."""

    def __init__(self, key: str, name: str, choices: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(key)
        self.key, self.name, self.choices = key, name, choices


def entities(message: Message, kind: str) -> list[dict[str, Any]]:
    """The entities of one kind, in the order of the text."""
    found = [e for e in message.get("entities") or [] if e.get("entity") == kind]
    return sorted(found, key=lambda entity: entity.get("start") or 0)


def button_fact(message: Message) -> tuple[str, str] | None:
    """(fact, value) when one of our own buttons was pressed."""
    fact = next((e["value"] for e in entities(message, "fact")), None)
    value = next((e["value"] for e in entities(message, "value")), None)
    return (fact, value) if fact and value else None


def intent(message: Message) -> str:
    """The message's intent, or nlu_fallback."""
    return str((message.get("intent") or {}).get("name") or "nlu_fallback")


def is_sure(message: Message) -> bool:
    """Whether the intent is more than a guess; a button and the crisis guard are always sure."""
    return float((message.get("intent") or {}).get("confidence") or 0) >= SURE


def topic_of(message: Message) -> str | None:
    """The topic asked about: the intent, or for bare facts the stage they name (停工, 拖欠)."""
    if intent(message) in rulebook().topics:
        return intent(message)
    if intent(message) != "inform":
        return None
    named = {entity["value"] for entity in entities(message, "stage")}
    return next((topic for stage, topic in topics()["by_stage"].items() if stage in named), None)


def facts_in(message: Message, topic: str | None) -> dict[str, FactValue]:
    """Every fact the topic uses that the message states outright.

    Raises UnreadableFact for a place or a day that does not exist, ValueError (in Chinese) for a
    value out of range.
    """
    refuse_the_impossible(message)
    found = {**_region(message), **_money(message), **_dates(message), **_durations(message)}
    return _of_topic(found, topic)


def facts_beside(fact: Fact, message: Message, topic: str | None) -> dict[str, FactValue]:
    """What a reply to the question for `fact` states besides its answer.

    「1号到月底」 answers from which day pay is counted and is no stoppage; so a reply is read for
    other facts only where the kinds cannot be mixed up.
    """
    found: dict[str, FactValue] = {}
    if fact.type != "region":
        found |= _region(message)
    if fact.type in ("region", "date", "choice"):
        found |= _money(message)
    if fact.type == "date":
        found |= _dates(message)
    found.pop(fact.name, None)
    return _of_topic(found, topic)


def _of_topic(found: dict[str, FactValue], topic: str | None) -> dict[str, FactValue]:
    known = rulebook().topics.get(topic or "")
    if known is None:
        return found
    return {name: value for name, value in found.items() if name in known.uses}


def refuse_the_impossible(message: Message) -> None:
    """Raise UnreadableFact when the message names a place or a day that does not exist."""
    for key in ("region_unknown", "date_invalid"):
        for entity in entities(message, key):
            raise UnreadableFact(key, str(entity["value"]))
    for entity in entities(message, "region_ambiguous"):
        codes = entity["value"]["codes"]
        options = tuple((code, rulebook().region_name(code, full=True)) for code in codes)
        raise UnreadableFact("region_ambiguous", str(entity.get("text", "")), options)


def answer_to(fact: Fact, message: Message) -> FactValue | None:
    """The answer to the question for `fact`, or None when the message holds none.

    Raises UnreadableFact or ValueError as `facts_in` does, for what cannot be true.
    """
    pressed = button_fact(message)
    if pressed:
        return parse_fact(fact, pressed[1]) if pressed[0] == fact.name else None
    if _does_not_know(message):
        return UNKNOWN
    refuse_the_impossible(message)
    typed = _typed_answer(fact, message)
    if typed is not None:
        return parse_fact(fact, typed)
    try:
        return parse_fact(fact, str(message.get("text") or "").strip())
    except ValueError:
        return None  # no reply in this form: perhaps a new question


def _does_not_know(message: Message) -> bool:
    said = {e["value"] for e in entities(message, "yesno")}
    return "unknown" in said or (intent(message) == "unsure" and not said)


def _typed_answer(fact: Fact, message: Message) -> str | None:
    """The entity that fits the fact's type, as text `parse_fact` reads."""
    match fact.type:
        case "region":
            return next((str(v) for v in _region(message).values()), None)
        case "money":
            return next((e["value"]["amount"] for e in entities(message, "money")), None)
        case "date":
            return _first_date(fact.name, entities(message, "date"))
        case "number" | "integer":
            return _first_count(message)
        case "choice":
            values = {choice.value for choice in fact.choices}
            return next(
                (e["value"] for e in entities(message, "yesno") if e["value"] in values), None
            )
    return None


def _first_count(message: Message) -> str | None:
    """A counted time (三个月, 5天), or else the only figure of the text (1号到月底)."""
    durations = entities(message, "duration")
    if durations:
        return str(durations[0]["value"]["count"])
    figure = re.search(r"\d+(\.\d+)?", str(message.get("text") or ""))
    return figure.group() if figure else None


def _first_date(name: str, dates: list[dict[str, Any]]) -> str | None:
    wanted = "end" if name == "stop_until" else "start"
    fitting = [d for d in dates if d["value"].get("role") == wanted] or dates
    if not fitting:
        return None
    value = fitting[0]["value"]
    return str(value["until"] if wanted == "end" else value["from"])


def _region(message: Message) -> dict[str, FactValue]:
    """The place meant: of two, the one that is not denied (不是焦作，是株洲)."""
    text = str(message.get("text") or "")
    places = entities(message, "region")
    meant = [p for p in places if not _denied(text, int(p.get("start") or 0))] or places
    return {"region": str(meant[-1]["value"])} if meant else {}


def _denied(text: str, start: int) -> bool:
    return text[:start].rstrip().endswith(("不是", "不在", "没在"))


def _money(message: Message) -> dict[str, FactValue]:
    for entity in entities(message, "money"):
        value = entity["value"]
        name = {"month": "monthly_wage", "total": "owed_amount", None: "monthly_wage"}.get(
            value.get("per")
        )
        if name:
            found = parse_fact(rulebook().facts[name], value["amount"])
            return {name: found} if found is not None else {}
    return {}


def _dates(message: Message) -> dict[str, FactValue]:
    found: dict[str, FactValue] = {}
    for entity in entities(message, "date"):
        value = entity["value"]
        role = value.get("role")
        if role in ("range", "start", "point"):
            found.setdefault("stop_from", date.fromisoformat(value["from"]))
        if (role == "range" and not value.get("open")) or role == "end":
            found["stop_until"] = date.fromisoformat(value["until"])
    return found


def _durations(message: Message) -> dict[str, FactValue]:
    for entity in entities(message, "duration"):
        if entity["value"].get("text_unit") == "month":
            return {"months_owed": Decimal(entity["value"]["count"])}
    return {}
