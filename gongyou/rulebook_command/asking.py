"""`ask`: the answer to a topic's question, as text or JSON; and what would change it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import date

from gongyou.rulebook import (
    Answer,
    Difference,
    FactError,
    FactValue,
    NeedFacts,
    NoRule,
    Question,
    Rulebook,
    evaluate,
    render_card,
    render_difference,
    what_if,
)
from gongyou.rulebook_command.as_json import difference_as_json, outcome_as_json
from gongyou.rulebook_command.told import changes_of, day_of, facts_of, refused, topic_named

type Outcome = Answer | NeedFacts | NoRule


def lines(rulebook: Rulebook, chosen: argparse.Namespace, today: date) -> Iterator[str]:
    """The answer; with --what-if both answers and the difference."""
    topic = topic_named(rulebook, chosen.topic)
    on = day_of("--on ", chosen.on) if chosen.on is not None else today
    question = Question(topic.name, facts_of(rulebook, chosen), on)
    facts, day = changes_of(rulebook, chosen.what_if)
    try:
        if chosen.what_if:
            return _compared(rulebook, what_if(rulebook, question, facts, day), chosen.json)
        return _answered(rulebook, question, evaluate(rulebook, question), chosen.json)
    except FactError as error:
        raise refused(rulebook, {**question.facts, **_given(facts)}, error) from error


def _given(facts: Mapping[str, FactValue | None]) -> dict[str, FactValue]:
    return {name: value for name, value in facts.items() if value is not None}


def _answered(
    rulebook: Rulebook, question: Question, outcome: Outcome, as_json: bool
) -> Iterator[str]:
    if as_json:
        made = outcome_as_json(rulebook, outcome, question.facts)
        yield json.dumps(made, ensure_ascii=False, indent=1)
    else:
        yield from _as_text(rulebook, outcome, question.facts)


def _compared(rulebook: Rulebook, difference: Difference, as_json: bool) -> Iterator[str]:
    if as_json:
        made = difference_as_json(rulebook, difference)
        yield json.dumps(made, ensure_ascii=False, indent=1)
    else:
        yield from render_difference(rulebook, difference)


def _as_text(rulebook: Rulebook, outcome: Outcome, facts: Mapping[str, FactValue]) -> Iterator[str]:
    match outcome:
        case NeedFacts():
            yield f"needs: {', '.join(outcome.missing)}"
            yield rulebook.facts[outcome.missing[0]].ask
        case NoRule():
            yield outcome.reason
        case Answer():
            card = render_card(rulebook, outcome, facts)
            yield card.conclusion
            for part in (card.workings, card.basis, card.steps, card.notes):
                yield ""
                yield from part
