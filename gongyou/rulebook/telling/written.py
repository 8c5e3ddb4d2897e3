"""Writes a formula out with its values: 1,900 × 80% × 12 ÷ 30."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from gongyou.rulebook.judging.worksheet import Worksheet
from gongyou.rulebook.model.formula import (
    BRANCHING,
    Arithmetic,
    Call,
    Comparison,
    Logic,
    Name,
    Node,
    Number,
    Text,
)
from gongyou.rulebook.model.text import in_unit, plain_number

_SIGNS: Final = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_BINDS: Final = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2}
_ATOM: Final = 3


def write(node: Node, sheet: Worksheet, words: Mapping[str, str]) -> str:
    """The arithmetic as a worker reads it; of a choice only the branch taken."""
    return _write(node, sheet, words)[0]


def _write(node: Node, sheet: Worksheet, words: Mapping[str, str]) -> tuple[str, int]:
    match node:
        case Number(number):
            return plain_number(number), _ATOM
        case Text(text):
            return text, _ATOM
        case Name(name):
            return sheet.shown(name), _ATOM
        case Arithmetic("-", Number(zero), right) if zero == Decimal(0):
            return f"−{_write(right, sheet, words)[0]}", _ATOM
        case Arithmetic("/", Arithmetic("*", base, Name(part)), Name(whole)) if sheet.value(
            part
        ) == sheet.value(whole):
            return _write(base, sheet, words)  # × 30 ÷ 30 is not worth a word
        case Arithmetic("%", left, right):
            first = _in_brackets(left, sheet, words, _BINDS["%"])
            second = _in_brackets(right, sheet, words, _ATOM)
            return words["function.REST"].format(first, second), _BINDS["%"]
        case Arithmetic(sign, left, right):
            binds = _BINDS[sign]
            first = _in_brackets(left, sheet, words, binds)
            second = _in_brackets(right, sheet, words, binds + (sign in "-/"))
            if (sign, second) == ("+", "0"):
                return _write(left, sheet, words)
            return f"{first} {_SIGNS[sign]} {second}", binds
        case Call(name) if name in BRANCHING:
            return _write(node.chosen(sheet), sheet, words)
        case Call(name, parts) if f"function.{name}" in words:
            inner = (_write(part, sheet, words)[0] for part in parts)
            return words[f"function.{name}"].format(*inner), _ATOM
        case Call() | Comparison() | Logic():
            return in_unit(node.value(sheet), ""), _ATOM


def _in_brackets(node: Node, sheet: Worksheet, words: Mapping[str, str], least: int) -> str:
    text, binds = _write(node, sheet, words)
    return text if binds >= least else f"({text})"
