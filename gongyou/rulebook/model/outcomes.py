"""What goes into the evaluator and what comes out. Normal outcomes are values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from gongyou.rulebook.model import FactValue, Status


@dataclass(frozen=True, slots=True)
class Question:
    """What a worker asks: a topic, what is known, and the day it is asked (`on`, inclusive)."""

    topic: str
    facts: Mapping[str, FactValue]
    on: date


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """Ask for missing[0] next."""

    topic: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoRule:
    """Nothing in the rulebook covers this; `reason` says why in plain Chinese."""

    topic: str
    reason: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several figures: what it depends on, how it is worked out, the value."""

    condition: str
    expression: str
    amount: Decimal | date


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the answer.

    `amount` is rounded to two places for showing, in `unit` (元 unless said otherwise; a date for
    日期). It is None when there is a choice of `alternatives`, when `missing` says why no figure
    can be given, or when the line is no sum. `name` is that of the amount, or of a step on the
    way to it (`on_the_way`).
    """

    label: str
    since: date | None
    until: date | None
    says: str
    expression: str
    amount: Decimal | date | None
    alternatives: tuple[Alternative, ...]
    rule_id: str
    missing: str | None
    source: str = ""
    name: str = ""
    unit: str = "元"
    on_the_way: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """What the steps of one amount add up to, rounded once, half up, to two places.

    `value` is None unless every figure is sure; `low`/`high` bound it when figures have
    alternatives but none is missing; `known` adds up the sure ones. `missing`: why not all.
    """

    name: str
    label: str
    unit: str
    value: Decimal | date | None
    low: Decimal | None
    high: Decimal | None
    known: Decimal
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition of an entitlement: met, not met, or (None) not known; told to the worker."""

    met: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether something may be applied for, condition by condition, with papers and place.

    `conclusion`: the sentence for this outcome, where the shared words do not fit.
    """

    rule_id: str
    name: str
    eligible: bool | None
    reasons: tuple[Reason, ...]
    papers: tuple[str, ...]
    apply: str
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule or figure is written. `since`/`until`: the document's own life."""

    rule_id: str
    document: str
    number: str
    article: str
    since: date | None
    until: date | None
    region_name: str
    status: Status


class Explanation(Protocol):
    """How an answer came to be: worked out when it is asked for."""

    @property
    def steps(self) -> tuple[Step, ...]: ...
    @property
    def basis(self) -> tuple[Citation, ...]: ...
    @property
    def next_steps(self) -> tuple[str, ...]: ...
    @property
    def notes(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What holds: what the amounts add up to, what may be applied for, by which rules and figures.

    `trace`: the ids of all of them, those that decide first.
    """

    topic: str
    title: str
    totals: tuple[Total, ...]
    eligibility: tuple[Eligibility, ...]
    status: Status
    trace: tuple[str, ...]
    explanation: Explanation = field(compare=False, repr=False)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The lines of the calculation, and what else holds."""
        return self.explanation.steps

    @property
    def basis(self) -> tuple[Citation, ...]:
        """The documents it rests on."""
        return self.explanation.basis

    @property
    def next_steps(self) -> tuple[str, ...]:
        """What the worker can do."""
        return self.explanation.next_steps

    @property
    def notes(self) -> tuple[str, ...]:
        """What is doubtful, assumed, or would change the answer."""
        return self.explanation.notes

    @property
    def total(self) -> Decimal | None:
        """The first amount, when it is a sure number."""
        value = self.totals[0].value if self.totals else None
        return value if isinstance(value, Decimal) else None

    @property
    def eligible(self) -> bool | None:
        """Yes when anything may be applied for, no when nothing; None when not known or asked."""
        found = [one.eligible for one in self.eligibility]
        if any(found):
            return True
        return None if not found or None in found else False


@dataclass(frozen=True, slots=True)
class Card:
    """The answer in words, in the order a worker reads it."""

    conclusion: str
    workings: list[str]
    basis: list[str]
    steps: list[str]
    notes: list[str]
    status: Status
