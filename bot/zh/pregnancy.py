"""How far a pregnancy is: 怀孕六个月, 孕28周, 七个多月身孕."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.zh.counted import COUNT, plain, read_time
from bot.zh.spans import Span
from bot.zh.whose import NOT_OURS, is_denied, is_of_another

_TIME = rf"(?P<time>{COUNT}(?:来|多)?(?:个半?多?月|周)半?)"
_WITH = r"怀孕|怀上|怀了|怀着|怀胎|怀的|妊娠|有孕|孕期|身孕|(?<!怀)孕"
_SO_FAR = r"(?:已经|已|现在|目前|都|快|才|刚刚|刚|大概|差不多|有|满|到|的时候|得有|应该|怕是)"
# 7个月以上不得 ... is the law, 两个月没发 is a debt.
_NOT_BEHIND = r"(?!多?(?:以上|以下|以内|以后|之后|后|前|内|里|都?没|不发|工资|假))"
_FORMS = (
    re.compile(rf"(?P<with>{_WITH})了?{_SO_FAR}*{_TIME}{_NOT_BEHIND}"),
    re.compile(rf"(?P<with>{_WITH})了?,我?{_SO_FAR}+{_TIME}{_NOT_BEHIND}"),
    re.compile(rf"{_TIME}(?P<with>的?(?:身孕|孕妇|孕|胎儿|大?肚子))"),
)


def find_pregnancy(text: str) -> Iterator[Span]:
    """Yield spans of kind `pregnancy`: `count` in the `unit` said, month or week.

    Somebody else's has the kind NOT_OURS; a wife's counts as one's own.
    """
    end = -1
    for found in sorted(
        (m for form in _FORMS for m in form.finditer(text)), key=lambda m: m.start()
    ):
        start = found.start("time")
        before = min(start, found.start("with"))
        time = read_time(found["time"])
        if start < end or time is None or is_denied(text, before):
            continue
        end = found.end("time")
        kind = NOT_OURS if is_of_another(text, before) else "pregnancy"
        yield Span(start, end, kind, {"count": plain(time[0]), "unit": time[1]})
