"""Moments and days in words: 今天 17:00 前答复; 还有 12 天."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from gongyou.clock import CHINA
from gongyou.web.texts import read_texts

NEAR = 15  # days to a legal deadline from which on it stands out

type Tone = Literal["calm", "near", "late"]


@dataclass(frozen=True)
class Said:
    """A time in words; `tone` is its colour, which the words say as well."""

    text: str
    tone: Tone = "calm"


def show_time(moment: datetime) -> str:
    """2026-11-21 09:30, Chinese time."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def tell_moment(moment: datetime, now: datetime) -> str:
    """今天 17:00; 明天 09:30; 11月25日 周三 09:30."""
    words, at, today = _words(), moment.astimezone(CHINA), now.astimezone(CHINA).date()
    near: list[str] = words["days"]
    apart = (at.date() - today).days
    if 0 <= apart < len(near):
        day = near[apart]
    else:
        weekday = words["weekdays"][at.weekday()]
        day = words["day"].format(month=at.month, day=at.day, weekday=weekday)
    return f"{day} {at:%H:%M}"


def tell_promise(due: datetime | None, now: datetime) -> Said | None:
    """今天 17:00 前答复, or by how much it is late; None when nothing is promised."""
    if due is None:
        return None
    at = tell_moment(due, now)
    if now <= due:
        tone: Tone = "near" if due - now < timedelta(hours=2) else "calm"
        return Said(_words()["promised"].format(at=at), tone)
    return Said(_words()["broken"].format(at=at, span=tell_span(now - due)), "late")


def tell_until(until: datetime, now: datetime) -> Said:
    """今天 12:00 前回话; what ran out but was not passed on can still be taken."""
    if until <= now:
        return Said(_words()["run_out"], "late")
    return Said(_words()["until"].format(at=tell_moment(until, now)), "near")


def tell_days_left(last_day: date | None, today: date) -> Said | None:
    """还有 12 天; 今天是最后一天; 过了 3 天."""
    if last_day is None:
        return None
    left = (last_day - today).days
    if left < 0:
        return Said(_words()["past"].format(days=-left), "late")
    text = _words()["left"].format(days=left) if left else _words()["last_day"]
    return Said(text, "near" if left <= NEAR else "calm")


def tell_span(span: timedelta) -> str:
    """40 分钟; 5 小时; 3 天. Never less than a minute."""
    minutes = max(1, int(span.total_seconds() // 60))
    if minutes < 60:
        return str(_words()["minutes"].format(count=minutes))
    if minutes < 48 * 60:
        return str(_words()["hours"].format(count=minutes // 60))
    return str(_words()["span_days"].format(count=minutes // (24 * 60)))


def _words() -> dict[str, Any]:
    words: dict[str, Any] = read_texts()["times"]
    return words
