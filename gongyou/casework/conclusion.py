"""What the rulebook concluded at the time, kept with a case; which of its rules changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from gongyou.rulebook import (
    Answer,
    FactError,
    FactValue,
    NeedFacts,
    NoRule,
    Question,
    Rulebook,
    evaluate,
    render_card,
)
from gongyou.rulebook.model import ParameterRow, Rule

type Kind = Literal["answer", "need_facts", "no_rule", "wrong_facts"]

_FILE: Final = Path(__file__).with_name("conclusion.yaml")


def conclude(
    rulebook: Rulebook, topic: str, facts: Mapping[str, FactValue], on: date
) -> dict[str, Any] | None:
    """What the rulebook says of the case on a day; None for a topic that is not one of its own.

    JSON-safe: {"on", "topic", "kind", "text", "status", "rules": [{"id", "since", "status"}]}.
    `kind`: answer; need_facts, no_rule or wrong_facts, and then `text` says why in Chinese,
    `status` is None and there are no rules. The text of an answer has a line a step.
    """
    if topic not in rulebook.topics:
        return None
    kept: dict[str, Any] = {"on": on.isoformat(), "topic": topic, "status": None, "rules": []}
    try:
        outcome = evaluate(rulebook, Question(topic, facts, on))
    except FactError as error:
        return kept | _said("wrong_facts", _words()["wrong_facts"].format(why=error))
    if isinstance(outcome, NoRule):
        return kept | _said("no_rule", outcome.reason)
    if isinstance(outcome, NeedFacts):
        labels = "、".join(rulebook.facts[name].label for name in outcome.missing)
        return kept | _said("need_facts", _words()["need_facts"].format(labels=labels))
    return kept | _answered(rulebook, outcome, facts)


def changed_since(rulebook: Rulebook, conclusion: Mapping[str, Any]) -> list[str]:
    """The ids of the rules and figures that are gone, or begin or stand otherwise than kept."""
    kept = conclusion["rules"]
    now = {one["id"]: one for one in _versions(rulebook, (one["id"] for one in kept))}
    return [one["id"] for one in kept if now.get(one["id"]) != one]


def _answered(rulebook: Rulebook, answer: Answer, facts: Mapping[str, FactValue]) -> dict[str, Any]:
    card = render_card(rulebook, answer, facts)
    rules = list(_versions(rulebook, answer.trace))
    told = _said("answer", "\n".join([card.conclusion, *card.workings]))
    return told | {"status": answer.status, "rules": rules}


def _said(kind: Kind, text: str) -> dict[str, Any]:
    return {"kind": kind, "text": text}


def _versions(rulebook: Rulebook, ids: Iterable[str]) -> Iterator[dict[str, str]]:
    """Id, first day in force and status of each rule or figure that there still is."""
    wanted = dict.fromkeys(ids)
    found = {one.id: one for one in _everything(rulebook) if one.id in wanted}
    for name in wanted:
        if name in found:
            one = found[name]
            yield {"id": name, "since": one.since.isoformat(), "status": one.status}


def _everything(rulebook: Rulebook) -> Iterator[Rule | ParameterRow]:
    for topic in rulebook.topics.values():
        yield from topic.rules
    for parameter in rulebook.parameters.values():
        for rows in parameter.rows.values():
            yield from rows


@cache
def _words() -> dict[str, str]:
    words: dict[str, str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return words
