"""Days of the first and the last lunar month, counted from the Spring Festival."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from bot.zh.numerals import read_numeral

SHORT_LAST_MONTHS = frozenset({2022, 2025, 2026, 2027, 2028, 2029})
"""Spring Festivals before which the last lunar month has 29 days instead of 30 (2019 to 2030)."""


def read_lunar_day(
    month: str, number: str, spring: Mapping[int, tuple[int, int]], year: int | None, today: date
) -> date | None:
    """Return a day of 正月 or 腊月 (30 of 大年 is its eve), the latest that has come when no lunar
    `year` was said. None when the year is not listed. Raises ValueError for no such day."""
    said = number.removeprefix("初").replace("廿", "二十").replace("卅", "三十")
    count = int(read_numeral(said) or 0)
    last = month in ("腊月", "腊") or (count == 30 and month != "正月")
    if not 1 <= count <= 30:
        raise ValueError("no such day")
    if year is None:
        around = range(today.year + 1, today.year - 3, -1)
    else:
        # 去年腊月 ends with this year's Spring Festival; 去年大年三十 is the eve of last year's
        around = range(year + 1, year + 2) if month == "腊月" else range(year, year + 1)
    for number_of_year in around:
        begins = spring.get(number_of_year)
        if begins is None:
            continue
        found = _day(date(number_of_year, *begins), count, last)
        if year is not None or found <= today:
            return found
    return None


def _day(spring: date, count: int, last: bool) -> date:
    if not last:
        return spring + timedelta(days=count - 1)
    length = 29 if spring.year in SHORT_LAST_MONTHS else 30
    return spring - timedelta(days=length - min(count, length) + 1)
