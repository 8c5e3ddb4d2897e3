"""A fact of a case, and a condition on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from gongyou.rulebook.model.formula import Formula

type FactValue = str | int | Decimal | date | tuple[date, ...]
UNKNOWN: Final = "unknown"
ONGOING: Final = "ongoing"


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


@dataclass(frozen=True, slots=True, eq=False)
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
