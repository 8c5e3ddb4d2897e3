"""What a rulebook is made of. Intervals are half-open: `since` inclusive, `until` exclusive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from gongyou.rulebook.formula import Formula
from gongyou.rulebook.holidays import Calendar
from gongyou.rulebook.regions import NATION, Regions

type FactValue = str | int | Decimal | date | tuple[date, ...]
type Status = Literal["verified", "secondary", "unverified"]
type Under = Literal["workings", "next_steps", "notes"]
type Rank = Literal["statute", "document"]

UNKNOWN: Final = "unknown"
ONGOING: Final = "ongoing"
STATUSES: Final[tuple[Status, ...]] = ("verified", "secondary", "unverified")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer offered: its value, its label, and `also` other words that mean it."""

    value: FactValue
    label: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """A value taken in place of an answer, and the sentence that says so."""

    value: FactValue
    say: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a rule may need to know. `wrong` is said when an answer cannot be used.

    `formula`: how it follows from other facts, once all of these are known. `only_with`: beside
    which values of other facts it makes sense.
    """

    name: str
    type: str
    label: str
    ask: str
    why: str
    wrong: str
    choices: tuple[Choice, ...] = ()
    sensitivity: str = "ordinary"
    assume: Stand | None = None
    if_unknown: Stand | None = None
    minimum: Decimal | date | None = None
    maximum: Decimal | date | None = None
    latest: str | None = None
    after: str | None = None
    unit: str = ""
    formula: Formula | None = None
    only_with: Mapping[str, tuple[FactValue, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of a rule's `when`. Only the tests that are set count."""

    fact: str
    values: tuple[FactValue, ...] = ()
    at_least: FactValue | None = None
    less_than: FactValue | None = None
    given: bool | None = None


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


@dataclass(frozen=True, slots=True)
class Topic:
    """`event`: the date fact by which law and figures are picked; else the day of the question.

    `span`: for segments: law_periods, the date facts where the time begins and ends.
    """

    name: str
    title: str
    segments: str | None
    facts: tuple[str, ...]
    needs: tuple[str, ...]
    words: Mapping[str, str]
    next_steps: tuple[Hint, ...]
    notes: tuple[Hint, ...]
    rules: tuple[Rule, ...] = ()
    event: str | None = None
    span: tuple[str, ...] = ()
    place: str = ""

    @property
    def uses(self) -> frozenset[str]:
        """Every fact (or parameter) that may change an answer, asked for or not."""
        names = {*self.facts, *self.needs, *self.span, *([self.event] if self.event else [])}
        for rule in self.rules:
            names.update(condition.fact for condition in rule.when)
            names.update(*(formula.names for formula in formulas_of(rule)))
            if rule.eligibility:
                names.update(c.fact for r in rule.eligibility.requires for c in r.when)
        return frozenset(names)


def formulas_of(rule: Rule) -> tuple[Formula, ...]:
    """Every formula the rule holds."""
    amount = (
        (*(step.formula for step in rule.amount.steps), rule.amount.formula) if rule.amount else ()
    )
    tests = (one.test for one in (rule.eligibility.requires if rule.eligibility else ()))
    return (*amount, *(test for test in tests if test is not None))


@dataclass(frozen=True, slots=True, eq=False)
class ParameterRow:
    """One dated figure for one region. `value` None: looked for and not found."""

    parameter: str
    region: str
    tier: str | None
    value: str | None
    since: date
    until: date | None
    document: str
    number: str
    article: str
    status: Status
    note: str = ""
    beside_wider: bool = False
    verified_on: date | None = None
    sources: tuple[str, ...] = ()
    place: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the figure is in force on that day."""
        return self.since <= day and (self.until is None or day < self.until)

    @property
    def id(self) -> str:
        """How a trace names this row."""
        parts = (self.parameter, self.region, self.tier or "", self.since.isoformat())
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    title: str
    unit: str
    rows: Mapping[str, tuple[ParameterRow, ...]]

    @property
    def is_regional(self) -> bool:
        """Whether any place has a figure of its own."""
        return any(code != NATION for code in self.rows)


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """Topics that are shown together, by name."""

    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """`in_force`: the rules of a topic for a region on a day, nation's and wider regions' too.

    `figures`: what `look_up` has found, by figure and region, for each stretch between changes.
    """

    facts: Mapping[str, Fact]
    topics: Mapping[str, Topic]
    parameters: Mapping[str, Parameter]
    regions: Regions
    calendar: Calendar
    words: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[TopicGroup, ...] = ()
    figures: dict[tuple[str, str], tuple[list[date], dict[int, Any]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    in_force: Callable[[str, str, date], tuple[Rule, ...]] = field(
        default=lambda topic, region, day: (), repr=False, compare=False
    )

    def grouped(self) -> tuple[TopicGroup, ...]:
        """Every topic in a group; those that groups.yaml does not name stand in the last."""
        named = {name for group in self.groups for name in group.topics}
        rest = tuple(name for name in self.topics if name not in named)
        other = TopicGroup(self.words.get("group.other", ""), rest)
        return (*self.groups, other) if rest else self.groups

    def region_name(self, code: str, full: bool = True) -> str:
        """河南省焦作市 (full) or 焦作市. Raises KeyError for a code nobody has."""
        return self.regions.name(code, full)
