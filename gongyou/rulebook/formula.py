"""The formula language: arithmetic written as in a spreadsheet, worked out exactly in Decimal.

A formula is read once, when the rulebook is, and checked there: names, functions, kinds. While it
is worked out it asks a `Case` for the value of each name, and only for those its branches reach.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Protocol, cast

from gongyou.rulebook.functions import FUNCTIONS, Kind

type Value = Decimal | date | str | bool
type Node = Number | Text | Name | Arithmetic | Comparison | Logic | Call

_ARITHMETIC: Final[Mapping[type[ast.operator], str]] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Mod: "%",
}  # fmt: skip
_COMPARISON: Final[Mapping[type[ast.cmpop], str]] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
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


class FormulaError(ValueError):
    """A formula that cannot be used; its text says what is wrong and how to cure it."""


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


def read_formula(text: str, kinds: Mapping[str, Kind], wanted: Kind) -> Formula:
    """The formula; `kinds` are the names it may use. Raises FormulaError."""
    try:
        root = _build(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError) as error:
        if isinstance(error, FormulaError):
            raise
        raise FormulaError(f"{text!r} is not a formula") from error
    found = _kind(root, kinds)
    if found != wanted:
        raise FormulaError(f"{text!r} gives a {found}, a {wanted} is needed")
    return Formula(text, root)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            yield from _walk(left)
            yield from _walk(right)
        case Logic(_, parts) | Call(_, parts):
            for part in parts:
                yield from _walk(part)


def _build(node: ast.expr) -> Node:
    match node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() | float() as number):
            return Number(Decimal(repr(number)))
        case ast.Constant(value=str() as text):
            return Text(text)
        case ast.Name(id=name):
            return Name(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Arithmetic("-", Number(Decimal(0)), _build(operand))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _ARITHMETIC:
            return Arithmetic(_ARITHMETIC[type(sign)], _build(left), _build(right))
        case ast.Compare(left=left, ops=[sign], comparators=[right]) if type(sign) in _COMPARISON:
            return Comparison(_COMPARISON[type(sign)], _build(left), _build(right))
        case ast.BoolOp(op=word, values=parts):
            return Logic(
                "and" if isinstance(word, ast.And) else "or", tuple(_build(p) for p in parts)
            )
        case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]):
            return Call(name, tuple(_build(part) for part in parts))
    raise FormulaError(f"{ast.unparse(node)!r} cannot stand in a formula")


def _kind(node: Node, kinds: Mapping[str, Kind]) -> Kind:
    match node:
        case Number():
            return "number"
        case Text():
            return "text"
        case Name(name):
            if name not in kinds:
                raise FormulaError(f"{name!r} is neither fact nor parameter nor step")
            return kinds[name]
        case Arithmetic(sign, left, right):
            _expect(node, ("number", "number"), (left, right), kinds, sign)
            return "number"
        case Comparison(sign, left, right):
            one = _kind(left, kinds)
            _expect(node, (one, one), (left, right), kinds, sign)
            return "truth"
        case Logic(word, parts):
            truths: list[Kind] = ["truth" for _ in parts]
            _expect(node, tuple(truths), parts, kinds, word)
            return "truth"
        case Call(name, parts):
            return _call_kind(node, name, parts, kinds)


def _call_kind(node: Call, name: str, parts: tuple[Node, ...], kinds: Mapping[str, Kind]) -> Kind:
    match name:
        case "IF" if len(parts) == 3:
            one = _kind(parts[1], kinds)
            _expect(node, ("truth", one, one), parts, kinds, name)
            return one
        case "GIVEN" if len(parts) == 2 and isinstance(parts[0], Name):
            one = _kind(parts[0], kinds)
            _expect(node, (one, one), parts, kinds, name)
            return one
        case "MIN" | "MAX" if len(parts) > 1:
            one = _kind(parts[0], kinds)
            _expect(node, (one,) * len(parts), parts, kinds, name)
            return one
    function = FUNCTIONS.get(name)
    if function is None:
        raise FormulaError(f"there is no function {name} of {len(parts)} parts")
    _expect(node, function.takes, parts, kinds, name)
    return function.gives


def _expect(
    node: Node,
    wanted: tuple[Kind, ...],
    parts: tuple[Node, ...],
    kinds: Mapping[str, Kind],
    name: str,
) -> None:
    found = tuple(_kind(part, kinds) for part in parts)
    if found != wanted:
        raise FormulaError(f"{name} takes {', '.join(wanted)}, not {', '.join(found)}")
