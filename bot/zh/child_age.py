"""How old a child is: 孩子8个月, 娃三岁半, 刚满月."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.zh.counted import TIME, plain, read_time
from bot.zh.spans import Span
from bot.zh.whose import NOT_OURS, is_of_another

_CHILD = (
    r"小孩子?|孩子|小?宝宝|婴儿|娃娃|娃儿|娃|儿子|女儿|闺女|大宝|二宝|小宝|老大|老二|双胞胎|小家伙"
    r"|崽崽|崽"
)
_NOW = (
    r"(?:今年|现在|目前|已经|已|都|也|还|才|刚刚|刚|快|马上|不满|未满|不到|满|到|有|是|出生|生下来"
    r"|生了|差不多|将近|大概|了|,|正好|年纪小)"
)
_MONTH_OLD = r"满月(?!薪|工资)"
_NOT_BEHIND = r"(?!大?(?:以上|以下|以内|前|内|没|不发|工资|学费))"
_FORMS = (
    re.compile(rf"(?:{_CHILD}){_NOW}*(?P<time>{TIME}|{_MONTH_OLD}){_NOT_BEHIND}"),
    re.compile(rf"(?P<time>{TIME})(?:大|多)?的(?:{_CHILD})"),
    re.compile(rf"(?<=[,。;\d岁月天了个有])(?:大|小)的{_NOW}*(?P<time>{TIME})"),
)
_PAST_CHILDHOOD = 40  # years


def find_child_age(text: str) -> Iterator[Span]:
    """Yield spans of kind `child_age`: `count` in the `unit` said (year, month, week, day).

    Somebody else's child has the kind NOT_OURS.
    """
    end = -1
    found = sorted(
        (m for form in _FORMS for m in form.finditer(text)), key=lambda m: m.start("time")
    )
    for at in found:
        start = at.start("time")
        said = "1个月" if re.fullmatch(_MONTH_OLD, at["time"]) else at["time"]
        time = read_time(said)
        if start < end or time is None:
            continue
        if time[1] == "year" and not (at["time"].find("岁") >= 0 and time[0] < _PAST_CHILDHOOD):
            continue
        end = at.end("time")
        kind = NOT_OURS if is_of_another(text, at.start()) else "child_age"
        yield Span(start, end, kind, {"count": plain(time[0]), "unit": time[1]})
