"""Words of the report, its dates and names."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

WORDS: Final = Path(__file__).with_name("words.yaml")
ADVICE: Final = Path(__file__).with_name("advice.yaml")
_UNKNOWN: Final = "000000"


@cache
def read_words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return words


@cache
def read_advice() -> Mapping[str, Any]:
    advice: Mapping[str, Any] = yaml.safe_load(ADVICE.read_text(encoding="utf-8"))
    return advice


def tell_day(day: date) -> str:
    """2026 年 11 月 9 日."""
    return str(read_words()["day"]).format(year=day.year, month=day.month, day=day.day)


def tell_week(monday: date) -> str:
    """11/9, for the axis of a chart."""
    return str(read_words()["week"]).format(month=monday.month, day=monday.day)


def topic_words(key: str | None) -> str:
    """The name of a topic without rules; None is what is not told apart."""
    words = read_words()["topics"]
    return str(words["none"] if key is None else words.get(key, key))


def region_words(code: str, name: str, is_whole: bool = False) -> str:
    """A published region in words; `name` is the code's. A province's code stands for its other
    cities, unless it is a municipality or `is_whole` (the region of a report)."""
    words = read_words()["regions"]
    if code == _UNKNOWN:
        return str(words["nation" if is_whole else "unknown"])
    if not code:
        return str(words["elsewhere"])
    has_cities = code.endswith("0000") and not name.endswith("市")
    return str(words["others"]).format(place=name) if has_cities and not is_whole else name
