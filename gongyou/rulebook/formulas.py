"""The arithmetic, by name. Pure, in Decimal yuan, nothing rounded here.

Each takes its roles' values and the span that is paid for. How a formula is written out for the
worker stands in words.yaml under `expression.<name>` (and `expression.<name>.part`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

type Values = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Span:
    """`days` calendar days of a cycle of `of` days; `weekdays`: Mondays to Fridays in them."""

    days: int
    of: int
    weekdays: int

    @property
    def is_part(self) -> bool:
        """Whether less than the whole cycle is paid for."""
        return self.days < self.of


def span_of(since: date, until: date, cycle_since: date, cycle_until: date) -> Span:
    """The span of [since, until) within its cycle."""
    days = (until - since).days
    weekdays = sum((since + timedelta(days=n)).weekday() < 5 for n in range(days))
    return Span(days, (cycle_until - cycle_since).days, weekdays)


def whole(values: Values, span: Span) -> Decimal:
    """The base itself, whatever part of the cycle."""
    return values["base"]


def share(values: Values, span: Span) -> Decimal:
    """base × rate, by calendar days when it is a part of a cycle."""
    return values["base"] * values["rate"] * span.days / span.of


def mixed_month(values: Values, span: Span) -> Decimal:
    """Wage for the days worked, base × rate for the others, by the month's paid days."""
    days, month = min(values["days"], values["month_days"]), values["month_days"]
    wage = values["base"] * days
    idle = values["base"] * values["rate"] * (month - days)
    return (wage + idle) * span.days / (month * span.of)


def at_least(values: Values, span: Span) -> Decimal:
    """The base, or `other` when that is known and higher; a part cycle by its weekdays."""
    full = max(values["base"], values.get("other", values["base"]))
    if not span.is_part:
        return full
    return min(full, full * span.weekdays / values["month_days"])


def daily(values: Values, span: Span) -> Decimal:
    """base ÷ the month's paid days × days, at most the base."""
    return min(values["base"], values["base"] * values["days"] / values["month_days"])


def times(values: Values, span: Span) -> Decimal:
    """base × count."""
    return values["base"] * values["count"]


def shortfall(values: Values, span: Span) -> Decimal:
    """What is missing of the base, never below nothing."""
    return max(Decimal(0), values["base"] - values["paid"])


@dataclass(frozen=True, slots=True)
class Formula:
    """Its roles. `optional` may stay empty; `part_only` count when a cycle is not whole.

    `work` None: it never gives a figure.
    """

    roles: tuple[str, ...]
    work: Callable[[Values, Span], Decimal] | None
    optional: tuple[str, ...] = ()
    part_only: tuple[str, ...] = ()


FORMULAS: Final[Mapping[str, Formula]] = {
    "whole": Formula(("base",), whole),
    "share": Formula(("base", "rate"), share),
    "mixed_month": Formula(("base", "rate", "days", "month_days"), mixed_month),
    "at_least": Formula(("base", "month_days"), at_least, ("other",), ("month_days",)),
    "daily": Formula(("base", "days", "month_days"), daily),
    "times": Formula(("base", "count"), times),
    "shortfall": Formula(("base", "paid"), shortfall),
    "not_fixed": Formula((), None),
}
