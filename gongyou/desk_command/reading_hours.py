"""Hours as people write them: 周一至周五 19:00-21:00；周六 9点到12点."""

import re
from collections.abc import Mapping
from typing import Final

from gongyou.desk.people.lawyers import Hours

_DAYS: Final = "一二三四五六日"
_DAY: Final = r"(?:周|星期|礼拜)?([一二三四五六日天])"
_TO: Final = r"\s*[-~–—至到]\s*"
_RANGE: Final = re.compile(f"{_DAY}(?:{_TO}{_DAY})?")
_TIME: Final = r"(\d{1,2})(?::(\d{2})|[点时](半)?)"
_SPAN: Final = re.compile(rf"\s*(\D+?)\s*{_TIME}{_TO}{_TIME}\s*")
_EXAMPLE: Final = "write 周一至周五 19:00-21:00；周六 9:00-12:00, or nothing for office hours"


def read_hours(text: str, named: Mapping[str, str]) -> Hours:
    """Weekday ("0" is Monday) to its one span; `named` are words for several days.

    Raises ValueError.
    """
    hours: Hours = {}
    for part in filter(None, re.split(r"[;；\n]", text)):
        span = _SPAN.fullmatch(part)
        days = _days(span.group(1), named) if span else ""
        if span is None or not days:
            raise ValueError(f"{part!r} are no hours: {_EXAMPLE}")
        start, end = _time(part, *span.groups()[1:4]), _time(part, *span.groups()[4:7])
        if end <= start:
            raise ValueError(f"{part!r} ends before it begins")
        for day in days:
            if day in hours:
                raise ValueError(f"{part!r} names a day for the second time: one span a day")
            hours[day] = [start, end]
    return dict(sorted(hours.items()))


def _days(text: str, named: Mapping[str, str]) -> str:
    """The weekdays as digits; "" when it is not only weekdays."""
    found = ""
    for part in filter(None, re.split(r"[、,，\s和及]+", text)):
        found += named.get(part) or _range(part)
        if not named.get(part) and not _range(part):
            return ""
    return found


def _range(text: str) -> str:
    match = _RANGE.fullmatch(text)
    if match is None:
        return ""
    first, last = (
        _DAYS.find((day or match.group(1)).replace("天", "日")) for day in match.groups()
    )
    return "".join(str(day) for day in range(first, last + 1))


def _time(part: str, hour: str, minute: str | None, half: str | None) -> str:
    minutes = 30 if half else int(minute or 0)
    if int(hour) > 23 or minutes > 59:
        raise ValueError(f"{part!r} names a time no clock shows")
    return f"{int(hour):02}:{minutes:02}"
