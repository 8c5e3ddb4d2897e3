"""The reply to one question: the answer, what is said beside it, and answers to later questions."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from actions.circumstances import IN_UNIT, choices, joined, told_count
from actions.context import rulebook, topics
from actions.facts import (
    UnreadableFact,
    dates,
    facts_in,
    money,
    of_topic,
    rate,
    refuse_the_impossible,
    region,
    resumed,
)
from actions.understood import Message, button_fact, clause_around, entities, intent, is_sure
from gongyou.rulebook import UNKNOWN, Fact, FactValue, parse_fact
from gongyou.rulebook.model.text import plain_number

SHORT_REPLY = 12  # characters: what is longer may tell of more than was asked
SHORT_CLAUSE = 8  # characters: a longer clause tells a story
MATTER = "_matter"  # how the facts end that say which of a topic's questions is asked
TELLING = 3  # characters a word needs to answer a question that was not asked


def answer_to(fact: Fact, message: Message) -> FactValue | None:
    """The answer to the question for `fact`, or None when the message holds none.

    Raises UnreadableFact or ValueError as `facts_in` does, for what cannot be true.
    """
    pressed = button_fact(message)
    if pressed:
        return parse_fact(fact, pressed[1]) if pressed[0] == fact.name else None
    refuse_the_impossible(message)
    typed = _typed_answer(fact, message)
    if typed is not None:
        return parse_fact(fact, typed)
    if _does_not_know(message):
        return UNKNOWN
    try:
        return parse_fact(fact, str(message.get("text") or "").strip())
    except ValueError:
        return None  # no reply in this form: perhaps a new question


def _does_not_know(message: Message) -> bool:
    said = {e["value"] for e in entities(message, "yesno")}
    unsure = intent(message) == "unsure" and is_sure(message)
    return "unknown" in said or (unsure and not said)


def _typed_answer(fact: Fact, message: Message) -> str | None:
    """The entity that fits the fact's type, as text `parse_fact` reads."""
    match fact.type:
        case "region":
            return next((str(v) for v in region(message).values()), None)
        case "money":
            return _sum(message)
        case "date":
            return _first_date(fact, message)
        case "dates":
            return _all_days(message)
        case "number" | "integer":
            return _first_count(fact, message)
        case "choice":
            return _chosen(fact, message)
    return None


def _chosen(fact: Fact, message: Message) -> str | None:
    """A yes or a no, by the values (yes, no) or by how the labels begin (是工地, 不是工地)."""
    said = next((entity["value"] for entity in entities(message, "yesno")), None)
    values = {choice.value for choice in fact.choices}
    meant = choices(message).get(fact.name)
    if meant in values:
        return meant
    if said in values:
        return str(said)
    days = [e for e in entities(message, "duration") if e["value"].get("text_unit") == "day"]
    clauses = [clause_around(message, entity) for entity in days]
    if "some" in values and any(
        any(word in clause for word in topics()["worked_days"])
        and not any(word in clause for word in topics()["idle_days"])
        for clause in clauses
    ):
        return "some"
    text = str(message.get("text") or "").strip("。，,.!！~啊呀的 ")
    fitting = [choice.value for choice in fact.choices if text and choice.label.startswith(text)]
    return str(fitting[0]) if len(fitting) == 1 else _other_of_two(fact, text)


def _other_of_two(fact: Fact, text: str) -> str | None:
    """不是派遣: of two choices the one that is not denied, when nothing else is named."""
    denied = re.search(r"(?:不是|不算|不属于)(.{2,8})$", text)
    if not denied or len(fact.choices) != 2 or len(text) > SHORT_REPLY:
        return None
    left = [c for c in fact.choices if not any(w in denied[1] for w in (c.label, *c.also))]
    return str(left[0].value) if len(left) == 1 else None


def _sum(message: Message) -> str | None:
    """The first sum of money. Raises UnreadableFact for a day's or an hour's rate alone."""
    rated = rate(message)
    if rated:
        raise UnreadableFact("wage_rate", rated)
    told = [e["value"] for e in entities(message, "money")]
    monthly = [v for v in told if v.get("per") in (None, "month", "total")]
    return next((str(value["amount"]) for value in monthly), None)


def _first_count(fact: Fact, message: Message) -> str | None:
    """A counted time in the fact's unit (3年5个月, 5天), or else the only figure (1号到月底)."""
    told = told_count(fact.name, message)
    lasting = entities(message, "duration")
    if told is not None:
        return told
    if lasting:
        return _counted(message, lasting, IN_UNIT.get(fact.unit, IN_UNIT["天"]))
    figure = re.search(r"\d+(\.\d+)?", str(message.get("text") or ""))
    return figure.group() if figure else None


def _counted(
    message: Message, lasting: list[dict[str, Any]], each: Mapping[str, Decimal]
) -> str | None:
    told = list(joined(message, lasting, each))
    return plain_number(round(sum(told, Decimal(0)), 2)) if told else None


def _all_days(message: Message) -> str | None:
    """Every day named, when each is a whole date."""
    told = [entity["value"] for entity in entities(message, "date")]
    exact = [str(value["from"]) for value in told if value.get("precision") == "day"]
    return ",".join(exact) or None


def _first_date(fact: Fact, message: Message) -> str | None:
    told = entities(message, "date")
    if fact.name != "stop_until":
        fitting = [d for d in told if d["value"].get("role") == "start"] or told
        return str(fitting[0]["value"]["from"]) if fitting else None
    fitting = [d for d in told if d["value"].get("role") in ("end", "range")] or told
    return resumed(message, fitting[0]) if fitting else None


def facts_beside(fact: Fact, message: Message, topic: str | None) -> dict[str, FactValue]:
    """What a reply to the question for `fact` states besides its answer.

    「1号到月底」 answers from which day pay is counted and is no stoppage; so a reply is read for
    other facts only where the kinds cannot be mixed up.
    """
    found: dict[str, FactValue] = {}
    if fact.type != "region":
        found |= region(message)
    if fact.type in ("region", "date", "choice"):
        found |= money(message)
    if fact.type in ("date", "choice"):
        told = dates(message)
        found |= told if fact.type == "date" else {k: v for k, v in told.items() if k == "left_on"}
    found.pop(fact.name, None)
    return of_topic(found, topic)


def with_answer(
    fact: Fact, answer: FactValue, message: Message, topic: str | None
) -> dict[str, FactValue]:
    """The answer and what stands beside it; beside 「不清楚」 all else may be said."""
    told = facts_in(message, topic) if answer == UNKNOWN else facts_beside(fact, message, topic)
    return {**told, fact.name: answer}


def volunteered(message: Message, topic: str | None) -> dict[str, FactValue]:
    """Choices of the topic that a short clause names without being asked (还没走, 干了几天).

    Only words that cannot mean anything else count: a bare yes, no or 没有 answers nothing here.
    """
    known = rulebook().topics.get(topic or "")
    text = str(message.get("text") or "")
    clauses = [c for c in re.split(r"[,，。;；!！?？\s]", text) if 0 < len(c) <= SHORT_CLAUSE]
    clauses = [c for c in clauses if not any(word in c for word in topics()["not_an_answer"])]
    found: dict[str, FactValue] = {}
    for name in known.facts if known else ():
        fact = rulebook().facts[name]
        named = [clause for clause in clauses if fact.type == "choice" and _names(fact, clause)]
        value = parse_fact(fact, named[-1]) if named else None
        if name.endswith(MATTER) and value != matter_named(fact, text):
            continue
        found |= {name: value} if value not in (None, UNKNOWN) else {}
    return found


def matter_named(fact: Fact, text: str) -> FactValue | None:
    """Which of a topic's questions is meant, when the text names just one of them.

    Of 陪产假 and 产假 the longer word counts; 不给钱 beside 时效 names two, so it is asked.
    """
    words = {
        w: c.value for c in fact.choices for w in (c.label, *c.also) if len(w) > 1 and w in text
    }
    meant = {v for w, v in words.items() if not any(w in longer for longer in words if longer != w)}
    return meant.pop() if len(meant) == 1 else None


def _names(fact: Fact, clause: str) -> bool:
    """Whether a clause holds a telling word of one of the choices."""
    words = [word for choice in fact.choices for word in (choice.label, *choice.also)]
    if any(clause.startswith(c.label) for c in fact.choices if c.label not in topics()["bare"]):
        return True
    return any(len(word) >= TELLING and word in clause for word in words)


def stated_outright(
    message: Message, topic: str | None, known: Mapping[str, FactValue]
) -> dict[str, FactValue]:
    """Every fact that a message tells unasked, be it a new one or a correction.

    A date or a count puts right what is known only when it speaks of it: 「16号到15号」 beside a
    stoppage already dated is a pay cycle. Raises as `facts_in` does.
    """
    found = {**volunteered(message, topic), **facts_in(message, topic)}
    text = str(message.get("text") or "")
    cues = topics()["correction_words"]
    settled = set(known) | ({"stop_until"} if "stop_from" in known else set())
    return {
        name: value
        for name, value in found.items()
        if name not in settled & set(cues) or any(word in text for word in cues[name])
    }
