"""A rule: when it holds, what it says, works out or entitles to, and where it is written.

Intervals are half-open: `since` inclusive, `until` exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from gongyou.rulebook.model.fact import Condition
from gongyou.rulebook.model.formula import Formula

type Status = Literal["verified", "secondary", "unverified"]
type Under = Literal["workings", "next_steps", "notes"]
type Rank = Literal["statute", "document"]
STATUSES: Final[tuple[Status, ...]] = ("verified", "secondary", "unverified")


@dataclass(frozen=True, slots=True)
class Working:
    """One line of a calculation, named so that later lines may use it."""

    name: str
    label: str
    unit: str
    formula: Formula


@dataclass(frozen=True, slots=True)
class Amount:
    """What is worked out. Of the amounts of one name only one rule's counts; others stand beside.

    `unit`: 元, 天, 个月 … or 日期, when the value is a day.
    """

    name: str
    label: str
    unit: str
    steps: tuple[Working, ...]
    formula: Formula


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition of an entitlement, and what is told when it is met and when it is not."""

    when: tuple[Condition, ...]
    test: Formula | None
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What somebody may apply for: its conditions, the papers to bring, where to go.

    `yes`, `no`, `unsure`: the conclusion, where the shared words do not fit.
    """

    name: str
    requires: tuple[Requirement, ...]
    papers: tuple[str, ...] = ()
    apply: str = ""
    yes: str = ""
    no: str = ""
    unsure: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day: so many years after a dated fact. `passed` is said once it is over."""

    after: str
    years: int
    passed: str


@dataclass(frozen=True, slots=True)
class Basis:
    document: str
    number: str
    article: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    id: str
    topic: str
    title: str
    region: str
    since: date
    until: date | None
    when: tuple[Condition, ...]
    says: str
    status: Status
    basis: tuple[Basis, ...]
    amount: Amount | None = None
    eligibility: Entitlement | None = None
    deadline: Deadline | None = None
    under: Under = "workings"
    notes: tuple[str, ...] = ()
    rank: Rank = "document"
    favourable: bool = False
    verified_on: date | None = None
    sources: tuple[str, ...] = ()
    place: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence (next step or note) for the cases its conditions name.

    `above`: a money fact; the sentence holds only when every figure of `parameter` is above it.
    """

    say: str
    when: tuple[Condition, ...] = ()
    parameter: str | None = None
    above: str | None = None


def formulas_of(rule: Rule) -> tuple[Formula, ...]:
    """Every formula the rule holds."""
    amount = (
        (*(step.formula for step in rule.amount.steps), rule.amount.formula) if rule.amount else ()
    )
    tests = (one.test for one in (rule.eligibility.requires if rule.eligibility else ()))
    return (*amount, *(test for test in tests if test is not None))
