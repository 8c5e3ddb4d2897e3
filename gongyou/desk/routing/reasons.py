"""Reasons of the routing, kept as "key|value|value" and told in the words of reasons.yaml."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import yaml

REASONS: Final = Path(__file__).with_name("reasons.yaml")
_REGION, _TOPICS = "region", ("speciality", "other_topic")


def reason(key: str, *values: object) -> str:
    """A reason as an offer keeps it: no name and nothing of the case but its topic and region."""
    return "|".join((key, *map(str, values)))


def reason_text(
    kept: str, region_name: Callable[[str], str], topic_title: Callable[[str], str]
) -> str:
    """The reason in words; the callables name a region's code and a topic's key.

    KeyError for a key that reasons.yaml lacks.
    """
    key, *values = kept.split("|")
    if key == _REGION:
        values = [region_name(code) for code in values]
    elif key in _TOPICS:
        values = [topic_title(topic) for topic in values]
    return reason_texts()[key].format(*values)


@cache
def reason_texts() -> dict[str, str]:
    """The wording of each key."""
    read: dict[str, str] = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    return read
