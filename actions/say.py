"""How the actions speak: lines of words.yaml, answer cards, buttons."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.case import Case
from actions.context import rulebook, topics, words
from gongyou.rulebook import UNKNOWN, Card, Fact, FactValue, describe_fact, encode_facts

Button = dict[str, str]


def payload(intent: str, **entities: str) -> str:
    """A button's payload, as Rasa reads it: /intent{"entity": "value"}."""
    return f"/{intent}{json.dumps(entities, ensure_ascii=False)}" if entities else f"/{intent}"


def choice_buttons(fact: Fact) -> list[Button]:
    """One button a choice, and always 「不清楚」."""
    choices = [(choice.value, choice.label) for choice in fact.choices]
    choices.append((UNKNOWN, words()["ask"]["unsure"]))
    return [
        {"title": label, "payload": payload("inform", fact=fact.name, value=str(value))}
        for value, label in choices
    ]


def topic_buttons(keys: Iterable[str], title: str = "{title}") -> list[Button]:
    """A button for each of the topics the rulebook has."""
    known = rulebook().topics
    return [
        {"title": title.format(title=known[key].title), "payload": payload("ask_topic", topic=key)}
        for key in keys
        if key in known
    ]


def offered_buttons() -> list[Button]:
    """The topics most asked about, and the way to all of them."""
    return [*topic_buttons(topics()["offered"]), words()["buttons"]["menu"]]


def say_waiting(dispatcher: CollectingDispatcher, case: Case) -> None:
    """After an answer: what else was asked, or broken off, and is not answered yet."""
    buttons = topic_buttons(case.waiting, words()["waiting"]["button"])
    if buttons:
        titles = "".join(f"「{rulebook().topics[key].title}」" for key in case.waiting)
        text = words()["waiting"]["also_asked"].format(titles=titles)
        dispatcher.utter_message(text=text, buttons=buttons)


def known_facts(facts: Mapping[str, FactValue]) -> str:
    """「上班的地方 河南省焦作市；月工资 4,000 元」"""
    return "；".join(
        f"{rulebook().facts[name].label} {describe_fact(rulebook(), name, value)}"
        for name, value in facts.items()
    )


def say_card(
    dispatcher: CollectingDispatcher,
    card: Card,
    facts: Mapping[str, FactValue],
    rests_on: Mapping[str, Any],
    link: Mapping[str, str],
) -> None:
    """Send the answer card with the facts it rests on, and under it what can be done with it.

    `rests_on` (used.py) is for the desk; the gateway shows it on no page. `link` (links.py) may
    be empty. Two messages, since Rasa puts the buttons of a message before its custom part.
    """
    shown = {"kind": "answer_card", **asdict(card), "used": rests_on}
    if link:
        shown["link"] = dict(link)
    if facts:
        used = words()["answer"]["used"].format(known=known_facts(facts))
        shown["workings"] = [*card.workings, used]
    dispatcher.utter_message(json_message=shown)
    shown_buttons = words()["answer"]["buttons"]
    buttons = [b for b in shown_buttons if facts or b["payload"] != payload("what_if")]
    dispatcher.utter_message(text=words()["answer"]["after"], buttons=buttons)


def facts_sheet(case: Case, title: str, summary: str, sources: Mapping[str, int]) -> dict[str, Any]:
    """The sheet a worker checks before a lawyer sees it: each fact of the topic, known or not.

    `sources`: which message a fact came from.
    """
    topic = rulebook().topics.get(case.topic or "")
    names = [*(topic.facts if topic else ("region",))]
    names += [name for name in case.facts if name not in names]
    return {
        "kind": "facts_sheet",
        "topic": case.topic or "other",
        "topic_title": title,
        "fields": [
            _field(rulebook().facts[name], case.facts.get(name), sources.get(name))
            for name in names
        ],
        "summary": summary,
    }


def _field(fact: Fact, value: FactValue | None, source: int | None) -> dict[str, Any]:
    options = [(str(choice.value), choice.label) for choice in fact.choices]
    options.append((UNKNOWN, words()["ask"]["unsure"]))
    return {
        "name": fact.name,
        "label": fact.label,
        "type": "text" if fact.type == "region" else fact.type,
        "value": _editable(fact, value),
        "source": source,
        "unit": words()["sheet"]["yuan"] if fact.type == "money" else fact.unit,
        "choices": [{"value": v, "label": label} for v, label in options]
        if fact.type == "choice"
        else [],
    }


def _editable(fact: Fact, value: FactValue | None) -> str:
    """The value as the sheet's input holds it: 2026-09-01, 4000, 河南省焦作市."""
    if value is None or (value == UNKNOWN and fact.type != "choice"):
        return ""
    if fact.type == "region":
        return describe_fact(rulebook(), fact.name, value)
    if fact.type == "date" and not isinstance(value, date):
        return ""  # "still going on" is no date; an empty field says the same
    return str(encode_facts({fact.name: value})[fact.name])
