"""Runs the cases a lawyer can read: one YAML file a topic, one test a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongyou.rulebook import (
    Answer,
    FactError,
    NeedFacts,
    NoRule,
    Question,
    Rulebook,
    decode_facts,
    evaluate,
    read_rulebook,
    render_card,
)

ROOT = Path(__file__).parents[2] / "rulebook"
TODAY = date(2026, 11, 21)
EXPECTATIONS = {
    "ask", "missing", "no_rule", "wrong", "total", "low", "high", "known", "status", "amounts",
    "alternatives", "expressions", "conclusion", "conclusion_not", "line", "note", "step", "cites",
    "uses", "not_uses", "deadline", "note_not", "amounts_by_name", "eligible", "reasons",
}  # fmt: skip


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return read_rulebook(ROOT)


def cases(folder: Path) -> Iterator[Any]:
    for path in sorted(folder.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]:
            yield pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")


@pytest.mark.parametrize(("topic", "case"), list(cases(Path(__file__).parent)))
def test_case(rulebook: Rulebook, topic: str, case: dict[str, Any]) -> None:
    check(rulebook, topic, case)


@pytest.mark.parametrize(("topic", "case"), list(cases(Path(__file__).parent / "disputed")))
def test_a_disputed_case_still_fails(rulebook: Rulebook, topic: str, case: dict[str, Any]) -> None:
    assert case["why"]
    with pytest.raises(AssertionError):
        check(rulebook, topic, case)


def check(rulebook: Rulebook, topic: str, case: dict[str, Any]) -> None:
    expect = case["expect"]
    assert set(expect) <= EXPECTATIONS
    day = case.get("date", TODAY)
    told = {name: as_text(value) for name, value in case["facts"].items()}
    if "wrong" in expect:
        with pytest.raises(FactError) as caught:
            evaluate(rulebook, Question(topic, decode_facts(rulebook, told), day))
        assert caught.value.name == expect["wrong"]
        return
    outcome = evaluate(rulebook, Question(topic, decode_facts(rulebook, told), day))
    if {"ask", "missing"} & set(expect):
        assert isinstance(outcome, NeedFacts), outcome
        assert outcome.missing[0] == expect.get("ask", outcome.missing[0])
        assert list(outcome.missing) == expect.get("missing", list(outcome.missing))
    elif "no_rule" in expect:
        assert isinstance(outcome, NoRule), outcome
        assert expect["no_rule"] in outcome.reason
    else:
        assert isinstance(outcome, Answer), outcome
        check_figures(outcome, expect)
        check_words(rulebook, outcome, decode_facts(rulebook, told), expect)


def as_text(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def check_figures(answer: Answer, expect: dict[str, Any]) -> None:
    dated = [step for step in answer.steps if step.since is not None]
    first = answer.totals[0] if answer.totals else None
    found = {
        "total": answer.total,
        "low": first and first.low,
        "high": first and first.high,
        "known": first.known if first else Decimal(0),
        "eligible": answer.eligible,
        "status": answer.status,
        "amounts": [step.amount for step in dated],
        "alternatives": [[one.amount for one in s.alternatives] for s in dated if s.alternatives],
        "expressions": [step.expression for step in dated],
        "deadline": next((s.until for s in answer.steps if not s.since and s.until), None),
    }
    for name in found.keys() & expect.keys():
        assert found[name] == exact(expect[name]), name
    values = {one.name: one.value for one in answer.totals}
    for name, value in expect.get("amounts_by_name", {}).items():
        assert (name in values, values.get(name)) == (True, exact(value)), name
    reasons = [reason.text for one in answer.eligibility for reason in one.reasons]
    for text in expect.get("reasons", ()):
        assert any(text in reason for reason in reasons), (text, reasons)
    assert set(expect.get("uses", ())) <= set(answer.trace), answer.trace
    assert not set(expect.get("not_uses", ())) & set(answer.trace), answer.trace
    numbers = {one.number for one in answer.basis} | {one.document for one in answer.basis}
    assert set(expect.get("cites", ())) <= numbers, numbers


def check_words(
    rulebook: Rulebook, answer: Answer, facts: dict[str, Any], expect: dict[str, Any]
) -> None:
    card = render_card(rulebook, answer, facts)
    assert str(expect.get("conclusion", "")) in card.conclusion
    assert expect.get("conclusion_not", "\0") not in card.conclusion
    assert not [note for note in card.notes if expect.get("note_not", "\0") in note]
    told = [card.conclusion, *card.workings]
    for key, texts in (("line", told), ("note", card.notes), ("step", card.steps)):
        wanted = expect.get(key, [])
        for text in wanted if isinstance(wanted, list) else [wanted]:
            assert any(str(text) in line for line in texts), (text, texts)


def exact(value: Any) -> Any:
    """Figures as Decimal, without the binary fraction of a YAML float."""
    if isinstance(value, list):
        return [exact(item) for item in value]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if number else value
