"""Dates as spans: which begin, which end, and which two are one interval."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.zh import calendar as cal
from bot.zh.calendar import Period
from bot.zh.spans import Span

_NOW = re.compile(
    r"[^\n,。;!?]{0,10}?,?[^\n,。;!?]{0,6}?(?:到|至|直到)(?:现在|今天|目前|今日|如今|今(?!年|后))(?:为止)?|[^\n,。;]{0,8}?至今"
)
_DOING = (
    r"(?:停工|停产|停业|停|放假|封控|封|隔离|干|做|上班|上|待|住|歇|休|进来|进厂|来|入职)了?的?"
)
_JOINT = re.compile(
    rf"\s*(?:[日号])?\s*(?:开始|起)?(?:就|才)?(?:{_DOING})?\s*,?(?:一直|直)?(?:到了?|至|-|~|—)+\s*"
)
_LATEST = re.compile(r"\s*(?:以前|之前|前)")
_BEFORE_START = re.compile(r"(?:从|自从|自|打|由)\s*$")
_BEFORE_END = re.compile(r"(?:到|至|截止到?|截至)\s*$")
_AFTER_START = re.compile(
    r"\s*(?:[日号])?(?:那天|左右|的时候|我们?|厂里|公司|工厂|就|被|,)*\s*(?:起|开始|以来|以后|之后|后|停|放(?:的|了)?假|歇|关|没活|待岗|居家|在家|隔离|封|欠|没发)"
)
_AFTER_END = re.compile(
    r"\s*(?:[日号])?(?:那天|左右|才|就|的时候|又|重新|厂里|公司|,)*\s*(?:复(?:的|了|过)?工|复产|恢复|开(?:的|了|过)?工|上班|返岗|返工|结束|为止|之前|以前|解封|解除)"
)


@dataclass(frozen=True)
class Mention:
    """A date as written: where, what it names, and which parts of it were left unsaid."""

    start: int
    end: int
    period: Period | None
    has_year: bool = False
    has_month: bool = True
    month_end: bool = False


def join_next(text: str, mentions: list[Mention], at: int, today: date) -> tuple[Span, int]:
    """Return the span that begins with a mention, and how many mentions it used up."""
    this = mentions[at]
    if this.period is None:
        said = text[this.start : this.end].strip()
        return Span(this.start, this.end, "date_invalid", said), 1
    ends_here = _BEFORE_END.search(text[: this.start])
    ends_here = ends_here or _LATEST.match(text, this.end)
    now = None if ends_here else _NOW.match(text, this.end)
    after = mentions[at + 1] if at + 1 < len(mentions) else None
    if now and (after is None or after.start >= now.start() + len(now[0]) - 2):
        used = 2 if after and after.start < now.end() else 1
        return _open(this, now.end(), today), used
    joint = _JOINT.match(text, this.end)
    told_apart = joint and "," in joint[0] and after and _AFTER_END.match(text, after.end)
    if joint and not told_apart and after and after.period and joint.end() == after.start:
        return _range(this, after, today), 2
    return _single(text, _after(mentions[at - 1], this) if at else this), 1


def _after(before: Mention, this: Mention) -> Mention:
    """去年春节停工，6月复工: a day without a year follows the year said before it."""
    if not before.has_year or this.has_year or not (before.period and this.period):
        return this
    begin = before.period.start
    years = range(begin.year - this.period.start.year, 1)
    return replace(this, period=_moved(this.period, lambda p: p.start >= begin, years))


def _single(text: str, mention: Mention) -> Span:
    before, after = text[: mention.start], text[mention.end :]
    role = "point"
    if _BEFORE_END.search(before) or _AFTER_END.match(after):
        role = "end"
    elif _BEFORE_START.search(before) or _AFTER_START.match(after):
        role = "start"
    assert mention.period is not None
    return Span(mention.start, mention.end, "date", _value(mention.period, role))


def _open(mention: Mention, end: int, today: date) -> Span:
    assert mention.period is not None
    until = max(today + timedelta(days=1), mention.period.until)
    value = _value(replace(mention.period, until=until), "range")
    return Span(mention.start, end, "date", {**value, "open": True})


def _range(first: Mention, last: Mention, today: date) -> Span:
    """Join two mentions; what one leaves unsaid (year, month) is taken from the other."""
    begin, end = first.period, last.period
    assert begin is not None and end is not None
    if not last.has_month:
        end = _same_month(begin, end, last.month_end)
    if first.has_year and not last.has_year:
        years = range(begin.start.year - end.start.year, 30)
        end = _moved(end, lambda p: p.start >= begin.start, years)
    elif not (first.has_month or last.has_month) and begin.start > end.start:
        begin = _month_before(begin)  # 16号到15号: a month that begins in its middle
    elif not first.has_year:
        years = range(end.start.year - begin.start.year, -30, -1)
        begin = _moved(begin, lambda p: p.start <= end.start, years)
    if begin.start > end.start:
        return Span(first.start, last.end, "date", _value(begin, "start"))
    precision = begin.precision if begin.precision == end.precision else "month"
    whole = Period(begin.start, end.until, precision)
    return Span(first.start, last.end, "date", _value(whole, "range"))


def _same_month(begin: Period, end: Period, month_end: bool) -> Period:
    if month_end:
        return cal.last_day(cal.shift_month(begin.start, 0))
    try:
        return cal.day(begin.start.year, begin.start.month, end.start.day)
    except ValueError:
        return end


def _month_before(period: Period) -> Period:
    try:
        whole = cal.shift_month(period.start, -1).start
        return cal.day(whole.year, whole.month, period.start.day)
    except ValueError:
        return period


def _moved(period: Period, fits: Callable[[Period], bool], years: range) -> Period:
    for count in years:
        moved = period.years_later(count)
        if moved and fits(moved):
            return moved
    return period


def _value(period: Period, role: str) -> dict[str, object]:
    return {
        "from": period.start.isoformat(),
        "until": period.until.isoformat(),
        "precision": period.precision,
        "role": role,
    }
