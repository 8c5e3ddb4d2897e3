"""A notice in words: the texts of notices.yaml, filled in."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gongyou.clerk.channels import Letter
from gongyou.clock import CHINA
from gongyou.desk.notices.table import Notice

TEXTS = Path(__file__).with_name("notices.yaml")


def write_letter(notice: Notice, public_url: str, to: str = "") -> Letter:
    """The letter of a notice; `to` is an e-mail address. KeyError for a kind without a text."""
    text = read_texts()[notice.channel][notice.kind]
    if isinstance(text, str):
        text = {"subject": "", "text": text}
    fields = {name: _tell(value) for name, value in notice.values.items()} | {"url": public_url}
    return Letter(
        subject=text["subject"].format(**fields),
        text=text["text"].format(**fields),
        key=f"notice.{notice.id}.{notice.created_at:%Y%m%d%H%M%S%f}",
        to=to,
        robot=notice.values.get("robot", 0),
    )


def is_over(notice: Notice, now: datetime) -> bool:
    """Whether what the notice says is no longer true: the time it speaks of has passed."""
    until = notice.values.get("until")
    return until is not None and datetime.fromisoformat(until) <= now


@cache
def read_texts() -> Mapping[str, Any]:
    """notices.yaml, read once."""
    texts: Mapping[str, Any] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return texts


def _tell(value: int | str) -> str:
    if isinstance(value, int):
        return str(value)
    at, texts = datetime.fromisoformat(value).astimezone(CHINA), read_texts()
    weekday = texts["weekdays"][at.weekday()]
    return str(texts["time"]).format(
        month=at.month, day=at.day, weekday=weekday, hour=at.hour, minute=at.minute
    )
