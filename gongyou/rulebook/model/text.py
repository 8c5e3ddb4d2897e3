"""How figures and dates are written. No sentence is made here."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

_FEN = Decimal("0.01")
_SHARE = Decimal("0.0001")


def to_fen(amount: Decimal) -> Decimal:
    """Yuan rounded half up to the fen."""
    return amount.quantize(_FEN, ROUND_HALF_UP)


def yuan(amount: Decimal) -> str:
    """4,000 or 2,758.62."""
    rounded = to_fen(amount)
    return f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,.2f}"


def percent(share: Decimal) -> str:
    """0.80 -> 80%."""
    return f"{plain_number(share * 100)}%"


def in_unit(value: Decimal | date | str | bool, unit: str) -> str:
    """A worked-out value as written: money in yuan, a day in words, else a plain number."""
    if isinstance(value, date):
        return day_text(value)
    if not isinstance(value, Decimal):
        return str(value)
    if unit == "比例":
        return percent(rounded(value, unit))
    return yuan(value) if unit == "元" else plain_number(to_fen(value))


def spaced(unit: str) -> str:
    """The unit as it stands behind a figure; a day and a share carry theirs."""
    return "" if unit in ("日期", "比例") else f" {unit}"


def dated_figure(value: Decimal, unit: str) -> str:
    """A figure of the law as written, unrounded: 80%, 1,900, 21.75."""
    if unit == "比例":
        return percent(value)
    return yuan(value) if unit.startswith("元") else plain_number(value)


def rounded(value: Decimal, unit: str) -> Decimal:
    """A number rounded half up to two places, a share to four."""
    return value.quantize(_SHARE, ROUND_HALF_UP) if unit == "比例" else to_fen(value)


def rounded_or_day(value: Decimal | date, unit: str) -> Decimal | date:
    """A rounded number; a day as it is."""
    return rounded(value, unit) if isinstance(value, Decimal) else value


def plain_number(value: Decimal) -> str:
    """21.75, 15, 0.5: no exponent, no trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def nested(title: str) -> str:
    """A title that itself names a document, ready to stand in 《》."""
    return title.replace("《", "〈").replace("》", "〉")


def day_text(day: date) -> str:
    """2026年9月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def span_text(since: date, until: date) -> str:
    """[since, until): 2026年9月 for a calendar month, else 2026年9月16日—10月15日."""
    last = until - timedelta(days=1)
    if since.day == 1 and until.day == 1 and last.month == since.month and last.year == since.year:
        return f"{since.year}年{since.month}月"
    if last == since:
        return day_text(since)
    tail = day_text(last) if last.year != since.year else f"{last.month}月{last.day}日"
    return f"{day_text(since)}—{tail}"
