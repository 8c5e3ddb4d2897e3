"""Outcomes as JSON: always the same keys; money, figures and days as text, never floats."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from gongyou.rulebook import (
    Answer,
    Difference,
    FactValue,
    NeedFacts,
    NoRule,
    Rulebook,
    encode_facts,
    render_card,
)

type Outcome = Answer | NeedFacts | NoRule
type Json = dict[str, Any]

_EMPTY: Json = {
    "amounts": {}, "eligible": None, "eligibility": [], "reasons": [], "papers": [], "missing": [],
    "steps": [], "basis": [], "next_steps": [], "notes": [], "trace": [],
}  # fmt: skip


def outcome_as_json(rulebook: Rulebook, outcome: Outcome, facts: Mapping[str, FactValue]) -> Json:
    """outcome: answer, needs_facts or no_rule; conclusion; and what belongs to it."""
    match outcome:
        case NeedFacts(missing=missing):
            ask = rulebook.facts[missing[0]].ask
            made = {"outcome": "needs_facts", "conclusion": ask, "missing": list(missing)}
        case NoRule(reason=reason):
            made = {"outcome": "no_rule", "conclusion": reason, "reason": reason}
        case Answer():
            made = _answer(rulebook, outcome, facts)
    plain: Json = json.loads(json.dumps({**_EMPTY, **made}, ensure_ascii=False, default=_text))
    order = ("outcome", "conclusion", "status", *_EMPTY)
    return {**{key: plain[key] for key in order if key in plain}, **plain}


def _answer(rulebook: Rulebook, answer: Answer, facts: Mapping[str, FactValue]) -> Json:
    card = render_card(rulebook, answer, facts)
    entitled = answer.eligibility
    return {
        "outcome": "answer",
        "conclusion": card.conclusion,
        "status": answer.status,
        "amounts": {one.name: asdict(one) for one in answer.totals},
        "eligible": answer.eligible,
        "eligibility": [asdict(one) for one in entitled],
        "reasons": [asdict(reason) for one in entitled for reason in one.reasons],
        "papers": [paper for one in entitled for paper in one.papers],
        "steps": [asdict(step) for step in answer.steps],
        "basis": [asdict(citation) for citation in answer.basis],
        "next_steps": card.steps,
        "notes": card.notes,
        "trace": list(answer.trace),
    }


def difference_as_json(rulebook: Rulebook, difference: Difference) -> Json:
    """Both outcomes, what was changed, and what that changes."""
    asked, instead = difference.asked, difference.instead
    before, after = encode_facts(asked.facts), encode_facts(instead.facts)
    changed: Json = {
        name: after.get(name) for name in {**before, **after} if before.get(name) != after.get(name)
    }
    if asked.on != instead.on:
        changed["on"] = instead.on
    made = {
        "what_if": changed,
        "amounts": {one.name: asdict(one) for one in difference.amounts},
        "eligible": {one.name: asdict(one) for one in difference.eligibility},
        "left": list(difference.left),
        "came": list(difference.came),
        "before": outcome_as_json(rulebook, difference.before, asked.facts),
        "after": outcome_as_json(rulebook, difference.after, instead.facts),
    }
    plain: Json = json.loads(json.dumps(made, ensure_ascii=False, default=_text))
    return plain


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    assert isinstance(value, date), value
    return value.isoformat()
