"""Reads a formula as people write it in a spreadsheet, and checks names, functions and kinds."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from gongyou.rulebook.model.formula import (
    Arithmetic,
    Call,
    Comparison,
    Formula,
    Logic,
    Name,
    Node,
    Number,
    Text,
)
from gongyou.rulebook.model.functions import FUNCTIONS, Kind

_ARITHMETIC: Final[Mapping[type[ast.operator], str]] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Mod: "%",
}  # fmt: skip
_COMPARISON: Final[Mapping[type[ast.cmpop], str]] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


class FormulaError(ValueError):
    """A formula that cannot be used; its text says what is wrong and how to cure it."""


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
