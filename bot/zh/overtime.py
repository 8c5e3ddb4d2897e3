"""Hours of overtime, and in what time: 每天加班3小时, 一个月加60个钟, 多干了5个小时."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.zh.counted import COUNT, plain, read_count
from bot.zh.spans import Span
from bot.zh.whose import is_denied

_HOURS = (
    rf"(?P<n>{COUNT})(?:来|多)?个?(?P<half>半?)多?个?(?:小时|钟头|钟(?!头|点))(?P<tail>半)?"
    r"(?!以内|以上|以下|之内)"
)
_SO = r"(?:了|要|才|都|还|就|有|至少|大概|差不多|一共|总共|累计|超过|达到?|长达|得)*"
_DONE = r"加班(?!费|工资|到|的?钱)|加(?!班)|超时|多干|多上|多做"
_FORMS = (
    re.compile(rf"(?P<done>{_DONE}){_SO}{_HOURS}"),
    re.compile(rf"(?P<done>(?<=小时,)(?:周末|平时|节假日|工作日|休息日|周六|周日)){_SO}{_HOURS}"),
)
_PER = {
    "day": r"每天|一天|天天|每日|每晚|一晚",
    "week": r"每周|一周|每?一?个?(?:星期|礼拜)(?![一二三四五六日天])",
    "month": r"每个?月|一个?月|月均",
}
_PER_RE = re.compile("|".join(f"(?P<{per}>{said})" for per, said in _PER.items()))


def find_overtime(text: str) -> Iterator[Span]:
    """Yield spans of kind `overtime`: `hours`, and `per` day, week, month or None (in all)."""
    for found in sorted(
        (m for form in _FORMS for m in form.finditer(text)), key=lambda m: m.start()
    ):
        count = read_count(found["n"])
        if count is None or is_denied(text, found.start()):
            continue
        if found["n"] != "半" and (found["half"] or found["tail"]):
            count += Decimal("0.5")
        value = {"hours": plain(count), "per": _per(text[: found.start()])}
        yield Span(found.start("n"), found.end(), "overtime", value)


def _per(before: str) -> str | None:
    clause = re.split(r"[,。;!?\n]", before)[-1]
    said = list(_PER_RE.finditer(clause))
    return said[-1].lastgroup if said else None
