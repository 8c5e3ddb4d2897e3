"""Does a rule's `when` hold? Yes, no, or not yet known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.model import UNKNOWN, Condition, FactValue


@dataclass(frozen=True, slots=True)
class Verdict:
    """`holds` None: it hangs on facts not known (`unknown`), or else not told yet (`missing`)."""

    holds: bool | None
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


_NO = Verdict(False)
_YES = Verdict(True)


def judge(
    conditions: Iterable[Condition],
    known: Known,
    derived: Mapping[str, FactValue],
    askable: tuple[str, ...],
) -> Verdict:
    """All conditions together; of several missing facts only the first is asked for.

    A fact that is not askable and was not told fails its condition.
    """
    missing: list[str] = []
    unknown: list[str] = []
    told = known.values
    for condition in conditions:
        name = condition.fact
        if name in derived:
            value: FactValue | None = derived[name]
        else:
            value = told[name] if name in told else known.get(name)
        if condition.given is not None:
            if condition.given != (value is not None and value != UNKNOWN):
                return _NO
        elif value is None:
            if name not in askable:
                return _NO
            missing.append(name)
        elif not _meets(condition, value):
            if value != UNKNOWN:
                return _NO
            unknown.append(name)
    if unknown:
        return Verdict(None, unknown=tuple(unknown))
    return Verdict(None, (missing[0],)) if missing else _YES


def _meets(condition: Condition, value: FactValue) -> bool:
    """Whether the value is one of those wanted, or lies between the bounds."""
    if condition.values:
        return value in condition.values
    return _within(condition, value)


def _within(condition: Condition, value: FactValue) -> bool:
    if isinstance(value, str | tuple):
        return False  # a choice beside a date or a number (还在停) lies in no range
    low, high = condition.at_least, condition.less_than
    return (low is None or _not_below(value, low)) and (high is None or not _not_below(value, high))


def _not_below(value: FactValue, bound: FactValue) -> bool:
    if isinstance(value, date) and isinstance(bound, date):
        return value >= bound
    return cast(Decimal, value) >= cast(Decimal, bound)
