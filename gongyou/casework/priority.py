"""How urgent a case is, and why. Levels, thresholds and words stand in priority.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from gongyou.casework.deadlines import Deadline, nearest_day
from gongyou.casework.plans import Concern, read_concerns
from gongyou.rulebook import FactValue

_FILE: Final = Path(__file__).with_name("priority.yaml")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case comes earlier. `within_days`: so near is a deadline; None: see `any`."""

    key: str
    level: int
    text: str
    any: tuple[Concern, ...]
    within_days: int | None


def judge_priority(
    topic: str, facts: Mapping[str, FactValue], deadlines: Sequence[Deadline], today: date
) -> tuple[int, list[str]]:
    """0 crisis, 1 urgent, 2 soon, 3 normal; and the keys of all reasons, the gravest first."""
    nearest = nearest_day(deadlines, today)
    left = None if nearest is None else (nearest - today).days
    normal, reasons = _read()
    found = [one for one in reasons.values() if _holds(one, topic, facts, left)]
    near = [one for one in found if one.within_days is not None]
    told = [one for one in found if one not in near[1:]]
    return min((one.level for one in told), default=normal), [one.key for one in told]


def reason_text(key: str) -> str:
    """A reason in Chinese, for the desk's pages. Raises KeyError for a key nobody has."""
    return _read()[1][key].text


def _holds(reason: Reason, topic: str, facts: Mapping[str, FactValue], left: int | None) -> bool:
    if reason.within_days is not None:
        return left is not None and left <= reason.within_days
    return any(one.covers(topic, facts) for one in reason.any)


@cache
def _read() -> tuple[int, dict[str, Reason]]:
    """The level of a case without a reason; the reasons by key, the gravest first."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    reasons = sorted((_reason(one) for one in data["reasons"]), key=lambda one: one.level)
    return data["normal"], {one.key: one for one in reasons}


def _reason(data: Mapping[str, Any]) -> Reason:
    concerns = read_concerns(data.get("any", ()))
    return Reason(data["key"], data["level"], data["text"], concerns, data.get("within_days"))
