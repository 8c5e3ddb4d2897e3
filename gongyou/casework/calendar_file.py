"""Deadlines to take along: an iCalendar file with the names of the deadlines, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import yaml
from icalendar import Alarm, Calendar, Event

from gongyou.casework.deadline import Deadline

_FILE: Final = Path(__file__).with_name("calendar_file.yaml")
_CHINA: Final = ZoneInfo("Asia/Shanghai")


def render_ics(deadlines: Iterable[Deadline], *, seed: str, now: datetime) -> bytes:
    """The deadlines that have a day and are not over, each an all-day event with two alarms.

    `seed` tells one case from another and goes in hashed: a deadline keeps its UID when its day
    is corrected, so a calendar moves it. `now` is aware; today is its day in China.
    """
    words = _words()
    calendar = Calendar()
    calendar.add("prodid", "-//Gongyou//casework//ZH-CN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", words["name"])
    today = now.astimezone(_CHINA).date()
    for deadline in deadlines:
        if deadline.last_day is not None and not deadline.is_over(today):
            calendar.add_component(_event(deadline, words, seed, now))
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, words: Mapping[str, Any], seed: str, now: datetime) -> Event:
    assert deadline.last_day is not None
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'gongyou:{seed}:{deadline.key}')}")
    event.add("dtstamp", now.astimezone(ZoneInfo("UTC")))
    event.add("dtstart", deadline.last_day)
    event.add("dtend", deadline.last_day + timedelta(days=1))
    event.add("summary", words["summary"].format(title=deadline.title))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    for days in words["alarm_days"]:
        event.add_component(_alarm(deadline.title, days, words))
    return event


def _alarm(title: str, days: int, words: Mapping[str, Any]) -> Alarm:
    """So many days before, in the morning: the event itself begins at midnight."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words["alarm"].format(title=title, days=days))
    alarm.add("trigger", timedelta(hours=words["alarm_hour"]) - timedelta(days=days))
    return alarm


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return words
