"""Formulas in words: 月工资 ÷ 每月计薪天数 × 加了几天班 × 2."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from gongyou.rulebook import Rulebook, describe_fact
from gongyou.rulebook.model import Amount, Working
from gongyou.rulebook.model.formula import (
    Arithmetic,
    Call,
    Comparison,
    Logic,
    Name,
    Node,
    Number,
    Text,
)
from gongyou.rulebook.model.text import plain_number
from gongyou.web.texts import read_texts, say

LONGEST, MOST_BRACKETS = 90, 2  # of a line; what is longer or deeper nobody reads
NOTHING: Final = Number(Decimal(0))
BINDS: Final = {"+": 1, "-": 1, "*": 2, "/": 2}
TRAILING: Final = ("FLOOR", "CEIL", "GIVEN")  # written behind their part, as a remark


def amount_in_words(rulebook: Rulebook, amount: Amount) -> list[str]:
    """A line a named step, and the amount itself; steps without a name are written out."""
    writer = _Writer(rulebook, {step.name: step for step in amount.steps})
    named = [(step.label, step.unit, step.formula.root) for step in amount.steps if step.label]
    lines = (*named, (amount.label, amount.unit, amount.formula.root))
    return [line for one in lines for line in writer.lines(*one)]


def _is_readable(line: str) -> bool:
    return len(line) <= LONGEST and line.count("（") <= MOST_BRACKETS


class _Writer:
    """Writes the formulas of one amount."""

    def __init__(self, rulebook: Rulebook, steps: Mapping[str, Working]) -> None:
        self._rulebook, self._steps = rulebook, steps

    def lines(self, label: str, unit: str, root: Node) -> list[str]:
        """`label = formula`; a formula that is a choice of cases takes a line for each."""
        cases = (
            list(self._cases(root, unit)) if isinstance(root, Call) and root.name == "IF" else []
        )
        text = self.write(root)
        if not all(_is_readable(line) for line in cases or [text]):
            return [say("formula_long", label=label) if label else say("formula_long_bare")]
        if cases:
            return [say("formula_cases", label=label), *(f"· {case}" for case in cases)]
        value = self._value(root, unit)
        return [f"{label} = {value}" if label else value]

    def write(self, node: Node, binds: int = 0) -> str:
        """The part of a formula; in brackets when what stands around it binds tighter."""
        match node:
            case Number(number):
                return plain_number(number)
            case Text(text):
                return text
            case Name(name):
                return self._name(name, binds)
            case Arithmetic("%", left, right):
                return say("formula_rest", left=self.write(left, 2), right=self.write(right, 2))
            case Arithmetic(sign, left, right):
                own = BINDS[sign]
                written = self._signs()[sign]
                text = f"{self.write(left, own)} {written} {self.write(right, own + 1)}"
                return f"（{text}）" if own < binds else text
            case Comparison(sign, left, right):
                return f"{self.write(left)} {self._signs()[sign]} {self._compared(left, right)}"
            case Logic(word, parts):
                return self._signs()[word].join(map(self.write, parts))
            case Call():
                text = self._call(node)
                return f"（{text}）" if binds and node.name in TRAILING else text

    def _name(self, name: str, binds: int) -> str:
        step = self._steps.get(name)
        if step is not None:
            return step.label or self.write(step.formula.root, binds)
        fact, parameter = self._rulebook.facts.get(name), self._rulebook.parameters.get(name)
        own = read_texts()["formula_names"].get(name, name)
        return fact.label if fact else parameter.title if parameter else str(own)

    def _compared(self, left: Node, right: Node) -> str:
        """A choice by its label."""
        if isinstance(left, Name) and left.name in self._rulebook.facts and isinstance(right, Text):
            return describe_fact(self._rulebook, left.name, right.text)
        return self.write(right)

    def _call(self, node: Call) -> str:
        if node.name == "IF":
            return f"（{'；'.join(self._cases(node))}）"
        if node.name == "GIVEN":
            told, otherwise = node.parts
            return say("formula_given", told=self.write(told), otherwise=self.write(otherwise))
        if node.name == "MAX" and len(node.parts) == 2 and NOTHING in node.parts:
            other = next(part for part in node.parts if part != NOTHING)
            return say("formula_not_below", value=self.write(other, 1))
        parts = [self.write(part) for part in node.parts]
        template = str(read_texts()["formula_calls"].get(node.name, f"{node.name}（{{all}}）"))
        return template.format(*parts, all="、".join(parts))

    def _cases(self, node: Node, unit: str = "") -> Iterator[str]:
        """Of nested IFs one case after another."""
        while isinstance(node, Call) and node.name == "IF":
            test, then, node = node.parts
            yield f"{self.write(test)}：{self._value(then, unit)}"
        yield say("formula_else", value=self._value(node, unit))

    def _value(self, node: Node, unit: str) -> str:
        """A plain number with its unit; anything else as it is written."""
        text = self.write(node)
        return f"{text} {unit}".strip() if isinstance(node, Number) else text

    @staticmethod
    def _signs() -> Mapping[str, str]:
        signs: Mapping[str, str] = read_texts()["formula_signs"]
        return signs
