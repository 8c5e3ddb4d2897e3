"""What the rulebook concluded at the time, kept with a case; which of its rules changed since."""

from __future__ import annotations

from collections.abc import Mapping
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
from gongyou.rulebook.versions import versions, versions_of

type Kind = Literal["answer", "need_facts", "no_rule", "wrong_facts"]

_FILE: Final = Path(__file__).with_name("conclusion.yaml")


def conclude(
    rulebook: Rulebook, topic: str, facts: Mapping[str, FactValue], on: date
) -> dict[str, Any] | None:
    """What the rulebook says of the case on a day; None for a topic that is not one of its own.

    JSON-safe: {"on", "topic", "kind", "text", "status", "rules": [{"id", "since", "status",
    "content"}]}.
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
    """The ids of the rules and figures that are gone, or say, begin or stand otherwise than kept.

    Of a conclusion kept before rules had hashes, first day and status tell.
    """
    kept = {one["id"]: one for one in conclusion["rules"]}
    now = {one["id"]: one for one in versions_of(versions(rulebook, kept), kept)}
    return [name for name, one in kept.items() if not one.items() <= now.get(name, {}).items()]


def _answered(rulebook: Rulebook, answer: Answer, facts: Mapping[str, FactValue]) -> dict[str, Any]:
    card = render_card(rulebook, answer, facts)
    rules = versions_of(versions(rulebook, set(answer.trace)), answer.trace)
    told = _said("answer", "\n".join([card.conclusion, *card.workings]))
    return told | {"status": answer.status, "rules": rules}


def _said(kind: Kind, text: str) -> dict[str, Any]:
    return {"kind": kind, "text": text}


@cache
def _words() -> dict[str, str]:
    words: dict[str, str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return words
