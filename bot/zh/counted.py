"""Counted times and people as said: 十几, 七八, 四个多月, 三岁半, 一年零三个月."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.zh.numerals import read_numeral

COUNT = r"(?:\d{1,4}(?:\.\d)?|[零一二两三四五六七八九十百]{1,5}|仨|半)"
_LOOSE = re.compile("一两|[一两二]三|三四|三五|四五|五六|六七|七八|八九")
_UNITS = {"年": "year", "岁": "year", "周岁": "year", "月": "month", "周": "week", "天": "day"}
_UNITS.update({"星期": "week", "礼拜": "week"})
_OF = r"周岁|岁|年|月|周|星期|礼拜|天"
_ONE = rf"{COUNT}(?:来|多)?(?:个半?多?(?:月|星期|礼拜)|(?:周岁|岁|年|周|天))(?:半|多)?"
TIME = rf"{_ONE}(?:零?{COUNT}个半?月)?"
"""A counted time: what `read_time` reads."""
_PART = re.compile(rf"(?P<count>{COUNT})(?:来|多)?个?(?P<half>半?)多?(?P<of>{_OF})(?P<tail>半?)")
_MONTHS = {"year": Decimal(12), "month": Decimal(1)}


def read_count(said: str) -> Decimal | None:
    """Return the figure a few words mean; of two (七八) the lower one."""
    if said in ("半", "仨"):
        return {"半": Decimal("0.5"), "仨": Decimal(3)}[said]
    return read_numeral(said[0] if _LOOSE.fullmatch(said) else said)


def read_time(said: str) -> tuple[Decimal, str] | None:
    """Return (count, unit); years with months behind them are months."""
    parts = [part for found in _PART.finditer(said) if (part := _part(found))]
    if len(parts) == 1:
        return parts[0]
    if not parts or any(unit not in _MONTHS for _, unit in parts):
        return None
    return sum((count * _MONTHS[unit] for count, unit in parts), Decimal(0)), "month"


def read_months(said: str) -> Decimal | None:
    """Return a counted time in months; None for weeks and days."""
    time = read_time(said)
    return time[0] * _MONTHS[time[1]] if time and time[1] in _MONTHS else None


def plain(count: Decimal) -> str:
    """Return a figure without exponent and closing noughts."""
    return format(count.normalize(), "f")


def _part(found: re.Match[str]) -> tuple[Decimal, str] | None:
    count = read_count(found["count"])
    half = Decimal("0.5") if found["half"] or found["tail"] else Decimal(0)
    return None if count is None else (count + half, _UNITS[found["of"]])
