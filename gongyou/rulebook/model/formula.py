"""The formula language: arithmetic written as in a spreadsheet, worked out exactly in Decimal.

A formula is read once, when the rulebook is, and checked there: names, functions, kinds. While it
is worked out it asks a `Case` for the value of each name, and only for those its branches reach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Protocol, cast

from gongyou.rulebook.model.functions import FUNCTIONS

type Value = Decimal | date | str | bool
type Node = Number | Text | Name | Arithmetic | Comparison | Logic | Call

_WORK: Final[Mapping[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "%": lambda a, b: a % b,
}
_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


TODAY: Final = "today"  # the name of the day the question is put


class Case(Protocol):
    """What a formula is worked out for."""

    def value(self, name: str) -> Value:
        """The value of a fact, a parameter or an earlier step."""

    def given(self, name: str) -> bool:
        """Whether the value was told."""

    def workdays(self, since: date, until: date) -> Decimal:
        """Days of [since, until) on which people work, by the official calendar."""


@dataclass(frozen=True, slots=True)
class Number:
    number: Decimal

    def value(self, case: Case) -> Value:
        return self.number


@dataclass(frozen=True, slots=True)
class Text:
    text: str

    def value(self, case: Case) -> Value:
        return self.text


@dataclass(frozen=True, slots=True)
class Name:
    name: str

    def value(self, case: Case) -> Value:
        return case.value(self.name)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    sign: str
    left: Node
    right: Node

    def value(self, case: Case) -> Value:
        left, right = self.left.value(case), self.right.value(case)
        return _WORK[self.sign](cast(Decimal, left), cast(Decimal, right))


@dataclass(frozen=True, slots=True)
class Comparison:
    sign: str
    left: Node
    right: Node

    def value(self, case: Case) -> Value:
        return _COMPARE[self.sign](self.left.value(case), self.right.value(case))


@dataclass(frozen=True, slots=True)
class Logic:
    word: str
    parts: tuple[Node, ...]

    def value(self, case: Case) -> Value:
        judge = all if self.word == "and" else any
        return judge(part.value(case) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    parts: tuple[Node, ...]

    def value(self, case: Case) -> Value:
        if self.name in BRANCHING:
            return self.chosen(case).value(case)
        values = [part.value(case) for part in self.parts]
        if self.name == "WORKDAYS":
            return case.workdays(cast(date, values[0]), cast(date, values[1]))
        value: Value = FUNCTIONS[self.name].work(*values)
        return value

    def chosen(self, case: Case) -> Node:
        """Of IF, GIVEN, MIN, MAX: the part whose value it takes."""
        if self.name == "IF":
            return self.parts[1] if self.parts[0].value(case) else self.parts[2]
        if self.name == "GIVEN":
            return self.parts[0 if case.given(cast(Name, self.parts[0]).name) else 1]
        pick = min if self.name == "MIN" else max
        return pick(self.parts, key=lambda part: cast(Decimal, part.value(case)))


BRANCHING: Final = ("IF", "GIVEN", "MIN", "MAX")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as written, and the tree it is worked out from."""

    text: str
    root: Node

    @property
    def names(self) -> frozenset[str]:
        """Every fact, parameter or step it may ask for."""
        return frozenset(node.name for node in _walk(self.root) if isinstance(node, Name))


def _walk(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            yield from _walk(left)
            yield from _walk(right)
        case Logic(_, parts) | Call(_, parts):
            for part in parts:
                yield from _walk(part)
