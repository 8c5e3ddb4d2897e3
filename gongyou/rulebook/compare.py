"""What if: the same case with some facts changed, or on another day, and what that changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongyou.rulebook.evaluate import evaluate
from gongyou.rulebook.model import FactValue, Rulebook
from gongyou.rulebook.model.outcomes import Answer, Eligibility, NeedFacts, NoRule, Question, Total


@dataclass(frozen=True, slots=True)
class AmountChange:
    """One amount before and after; None where there is none or it is not sure.

    `between_before`, `between_after`: the least and the most it may be, when it is not sure.
    `difference`: after less before, in `unit`; days, when the amounts are dates.
    """

    name: str
    label: str
    unit: str
    before: Decimal | date | None
    after: Decimal | date | None
    difference: Decimal | None
    between_before: tuple[Decimal, Decimal] | None = None
    between_after: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class EligibilityChange:
    """Whether something may be applied for, before and after; None: not known, or not judged.

    `judged_before`, `judged_after`: whether there was a rule to judge it by.
    """

    name: str
    before: bool | None
    after: bool | None
    judged_before: bool = True
    judged_after: bool = True


@dataclass(frozen=True, slots=True)
class Difference:
    """Both questions with their outcomes, and what differs.

    `left`, `came`: the ids of the rules and figures only the one, only the other rests on.
    """

    asked: Question
    instead: Question
    before: Answer | NeedFacts | NoRule
    after: Answer | NeedFacts | NoRule
    amounts: tuple[AmountChange, ...]
    eligibility: tuple[EligibilityChange, ...]
    left: tuple[str, ...]
    came: tuple[str, ...]


def what_if(
    rulebook: Rulebook,
    question: Question,
    facts: Mapping[str, FactValue | None] | None = None,
    on: date | None = None,
) -> Difference:
    """Answers the question, and again with `facts` changed (None: not told) and on another day.

    `on` moves the day of the question only; when something happened is a fact.
    Raises FactError for facts that cannot be true, KeyError for a topic that does not exist.
    """
    changed = {**question.facts, **(facts or {})}
    told = {name: value for name, value in changed.items() if value is not None}
    instead = Question(question.topic, told, on or question.on)
    before, after = evaluate(rulebook, question), evaluate(rulebook, instead)
    return Difference(
        asked=question,
        instead=instead,
        before=before,
        after=after,
        amounts=tuple(_amounts(_totals(before), _totals(after))),
        eligibility=tuple(_eligible(_entitled(before), _entitled(after))),
        left=tuple(one for one in _trace(before) if one not in _trace(after)),
        came=tuple(one for one in _trace(after) if one not in _trace(before)),
    )


def _totals(outcome: Answer | NeedFacts | NoRule) -> dict[str, Total]:
    return {one.name: one for one in outcome.totals} if isinstance(outcome, Answer) else {}


def _entitled(outcome: Answer | NeedFacts | NoRule) -> dict[str, Eligibility]:
    return {one.name: one for one in outcome.eligibility} if isinstance(outcome, Answer) else {}


def _trace(outcome: Answer | NeedFacts | NoRule) -> tuple[str, ...]:
    return outcome.trace if isinstance(outcome, Answer) else ()


def _amounts(before: Mapping[str, Total], after: Mapping[str, Total]) -> Iterator[AmountChange]:
    for name in {**before, **after}:
        one, two = before.get(name), after.get(name)
        shown = two or before[name]
        values = (one.value if one else None, two.value if two else None)
        between = (_between(one), _between(two))
        yield AmountChange(name, shown.label, shown.unit, *values, _less(*values), *between)


def _between(one: Total | None) -> tuple[Decimal, Decimal] | None:
    if one is None or one.low is None or one.high is None:
        return None
    return one.low, one.high


def _less(before: Decimal | date | None, after: Decimal | date | None) -> Decimal | None:
    """After less before, when both are sure."""
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        return after - before
    if isinstance(before, date) and isinstance(after, date):
        return Decimal((after - before).days)
    return None


def _eligible(
    before: Mapping[str, Eligibility], after: Mapping[str, Eligibility]
) -> Iterator[EligibilityChange]:
    for name in {**before, **after}:
        one, two = before.get(name), after.get(name)
        held = (one.eligible if one else None, two.eligible if two else None)
        yield EligibilityChange(name, *held, one is not None, two is not None)
