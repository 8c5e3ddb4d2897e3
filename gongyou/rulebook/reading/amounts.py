"""Reads what a rule works out (`amount:`) and what it entitles to (`eligibility:`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gongyou.rulebook.model import Amount, Entitlement, Requirement, Working
from gongyou.rulebook.model.formula import Formula
from gongyou.rulebook.model.functions import Kind
from gongyou.rulebook.reading.conditions import read_conditions
from gongyou.rulebook.reading.facts import formula_of
from gongyou.rulebook.reading.source import Row
from gongyou.rulebook.reading.vocabulary import Vocabulary
from gongyou.rulebook.reading.words import check_template

UNITS: Final = ("元", "天", "个月", "年", "小时", "人", "倍", "比例", "日期")


def read_amount(row: Row, kinds: Mapping[str, Kind]) -> Amount | None:
    """The amount of a rule; None when it works nothing out."""
    if "amount" not in row.data:
        return None
    inner = row.row("amount")
    inner.only("name", "label", "unit", "steps", "formula")
    known, steps = dict(kinds), []
    for step in inner.rows("steps"):
        step.only("name", "label", "unit", "formula")
        name, unit = step.text("name"), step.one_of("unit", UNITS, "元")
        if name in known:
            step.wrong(f"{name!r} is a fact or parameter already", "Give the step its own name")
        formula = _formula(step, known, unit)
        known[name] = "date" if unit == "日期" else "number"
        if formula:
            steps.append(Working(name, step.text("label", ""), unit, formula))
    unit = inner.one_of("unit", UNITS, "元")
    formula = _formula(inner, known, unit)
    if formula is None:
        return None
    return Amount(inner.text("name", "pay"), inner.text("label", ""), unit, tuple(steps), formula)


def _formula(row: Row, kinds: Mapping[str, Kind], unit: str) -> Formula | None:
    return formula_of(row, "formula", kinds, "date" if unit == "日期" else "number")


def read_entitlement(row: Row, known: Vocabulary) -> Entitlement | None:
    """What a rule entitles to; None when it says nothing of that."""
    if "eligibility" not in row.data:
        return None
    inner = row.row("eligibility")
    inner.only("name", "requires", "papers", "apply", "yes", "no", "unsure")
    requires = tuple(_requirement(one, known) for one in inner.rows("requires"))
    if not requires:
        inner.wrong("eligibility requires nothing", "List its conditions under requires:")
    own = {key: inner.text(key, "") for key in ("yes", "no", "unsure")}
    for text in own.values():
        check_template(inner, text, ("name", "reasons"))
    return Entitlement(
        inner.text("name"), requires, inner.strings("papers"), inner.text("apply", ""), **own
    )


def _requirement(row: Row, known: Vocabulary) -> Requirement:
    row.only("when", "if", "yes", "no")
    test = formula_of(row, "if", known.kinds, "truth") if "if" in row.data else None
    when = read_conditions(row, known.facts)
    if not when and test is None:
        row.wrong("a requirement without when: or if:", "Write the condition it stands for")
    return Requirement(when, test, row.text("yes"), row.text("no"))
