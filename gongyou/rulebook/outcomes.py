"""What goes into the evaluator and what comes out. Normal outcomes are values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
    """One of several figures: what it depends on, how it is worked out, yuan."""

    condition: str
    expression: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the answer.

    `amount` is yuan rounded to the fen for showing. It is None when there is a choice of
    `alternatives`, when `missing` says why no figure can be given, or when the line is no sum.
    """

    label: str
    since: date | None
    until: date | None
    says: str
    expression: str
    amount: Decimal | None
    alternatives: tuple[Alternative, ...]
    rule_id: str
    missing: str | None
    source: str = ""


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What holds. Sums are yuan, rounded once, half up, to the fen.

    `total` is None unless every figure is sure; `total_low`/`total_high` bound it when figures
    have alternatives but none is missing; `known_total` adds up the sure ones.
    """

    topic: str
    title: str
    steps: tuple[Step, ...]
    total: Decimal | None
    total_low: Decimal | None
    total_high: Decimal | None
    known_total: Decimal
    basis: tuple[Citation, ...]
    next_steps: tuple[str, ...]
    notes: tuple[str, ...]
    status: Status
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """The answer in words, in the order a worker reads it."""

    conclusion: str
    workings: list[str]
    basis: list[str]
    steps: list[str]
    notes: list[str]
    status: Status
