"""The functions a formula may call, besides IF, GIVEN, MIN and MAX, which choose a branch."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Final, Literal

type Kind = Literal["number", "date", "text", "truth"]


@dataclass(frozen=True, slots=True)
class Function:
    """The kinds of its parts, the kind of its value, and the work."""

    takes: tuple[Kind, ...]
    gives: Kind
    work: Callable[..., Any]


def days(since: date, until: date) -> Decimal:
    """Calendar days of [since, until); below nothing when until is earlier."""
    return Decimal((until - since).days)


def months(since: date, until: date) -> Decimal:
    """Whole months of [since, until), odd days as a share of the month they lie in."""
    whole = (until.year - since.year) * 12 + until.month - since.month
    if add_months(since, Decimal(whole)) > until:
        whole -= 1
    start = add_months(since, Decimal(whole))
    odd = (until - start).days
    length = (add_months(since, Decimal(whole + 1)) - start).days
    return Decimal(whole) + Decimal(odd) / Decimal(length)


def add_days(day: date, count: Decimal) -> date:
    """The day so many days later."""
    return day + timedelta(days=int(count))


def add_months(day: date, count: Decimal) -> date:
    """The same day so many months later, or the month's last day when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + int(count), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, count: Decimal) -> date:
    """The same day so many years later (Civil Code article 202)."""
    return add_months(day, count * 12)


def make_date(year: Decimal, month: Decimal, day: Decimal) -> date:
    """The day of that year and month. Raises ValueError when there is no such day."""
    return date(int(year), int(month), int(day))


def _unbound(since: date, until: date) -> Decimal:
    raise AssertionError("WORKDAYS is worked out by the case, which knows the calendar")


FUNCTIONS: Final[Mapping[str, Function]] = {
    "FLOOR": Function(("number",), "number", lambda x: x.to_integral_value(ROUND_FLOOR)),
    "CEIL": Function(("number",), "number", lambda x: x.to_integral_value(ROUND_CEILING)),
    "DAYS": Function(("date", "date"), "number", days),
    "MONTHS": Function(("date", "date"), "number", months),
    "WORKDAYS": Function(("date", "date"), "number", _unbound),
    "YEAR": Function(("date",), "number", lambda day: Decimal(day.year)),
    "DATE": Function(("number", "number", "number"), "date", make_date),
    "ADD_DAYS": Function(("date", "number"), "date", add_days),
    "ADD_MONTHS": Function(("date", "number"), "date", add_months),
    "ADD_YEARS": Function(("date", "number"), "date", add_years),
}
