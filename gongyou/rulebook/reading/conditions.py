"""Reads `when:` into conditions, checked against the facts that exist."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from gongyou.rulebook.model import UNKNOWN, Condition, Fact, FactValue
from gongyou.rulebook.reading.source import Lined, Row

# What the segmenter and the evaluator tell the rules, besides the facts of the case.
DERIVED: Mapping[str, tuple[str, ...]] = {
    "cycle": ("first", "later", "after_resume"),
    "part": ("yes", "no"),
    "cycles": (),
    "answer_status": ("verified", "secondary", "unverified"),
    "began_mid_cycle": ("yes", "no"),
    "first_in_full": ("yes", "no"),
}
_TESTS = ("at_least", "less_than", "not_before", "before", "given")


def read_conditions(row: Row, facts: Mapping[str, Fact]) -> tuple[Condition, ...]:
    """The conditions under `when`. All of them must hold."""
    made = []
    for name, wanted in row.row("when").data.items():
        if name not in facts and name not in DERIVED:
            row.wrong(
                f"when names {name!r}, no such fact", "Add it to rulebook/facts/ or fix its name"
            )
        elif isinstance(wanted, Lined):
            made.append(_tests(row, name, wanted))
        else:
            made.append(_values(row, name, wanted, facts))
    return tuple(made)


def _values(row: Row, name: str, wanted: object, facts: Mapping[str, Fact]) -> Condition:
    listed = wanted if isinstance(wanted, list) else [wanted]
    values = []
    for item in listed:
        if isinstance(item, bool) or not isinstance(item, str | int | date):
            row.wrong(f"when {name} is {item!r}", "Write yes or no, not true or false")
            continue
        values.append(item)
        allowed = _allowed(name, facts)
        if allowed and item not in allowed:
            row.wrong(f"when {name} is {item!r}", f"Use one of {', '.join(map(str, allowed))}")
    counted = name in facts and facts[name].type in ("money", "number", "integer")
    return Condition(name, tuple(_number(value) if counted else value for value in values))


def _allowed(name: str, facts: Mapping[str, Fact]) -> tuple[FactValue, ...]:
    if name not in facts:
        return DERIVED[name]
    fact = facts[name]
    return (*(c.value for c in fact.choices), UNKNOWN) if fact.type == "choice" else ()


def _tests(row: Row, name: str, wanted: Lined) -> Condition:
    for key in wanted:
        if key not in _TESTS:
            row.wrong(f"when {name} has {key!r}", f"Use {', '.join(_TESTS)}")
    low = wanted.get("at_least", wanted.get("not_before"))
    high = wanted.get("less_than", wanted.get("before"))
    for bound in (low, high):
        if isinstance(bound, bool) or not isinstance(bound, str | int | date | None):
            row.wrong(f"when {name} is compared with {bound!r}", "Use a whole number or a date")
            return Condition(name)
    given = wanted.get("given")
    if given is not None and not isinstance(given, bool):
        row.wrong(f"when {name} given is {given!r}", "Write true or false without quotes")
    return Condition(
        name, (), _number(low), _number(high), given is True if "given" in wanted else None
    )


def _number[T](value: T) -> T | Decimal:
    if isinstance(value, str):
        try:
            return Decimal(value)
        except ArithmeticError:
            return value
    return value
