"""deadlines.yaml read: which periods and windows matter to which cases, and what they run from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from gongyou.casework.conditions import When, holds
from gongyou.rulebook import FactValue

type Whose = Literal["worker", "employer"]

_FILE: Final = Path(__file__).with_name("deadlines.yaml")
_ANY: Final = "any"


@dataclass(frozen=True, slots=True)
class Concern:
    """Cases something matters to. `topics` "any": all topics."""

    topics: Sequence[str] | str
    when: When
    unless: When

    def covers(self, topic: str, facts: Mapping[str, FactValue]) -> bool:
        """Whether a case of this topic with these facts is one of them."""
        if self.topics != _ANY and topic not in self.topics:
            return False
        return holds(self.when, facts) and not (self.unless and holds(self.unless, facts))


@dataclass(frozen=True, slots=True)
class Source:
    """A fact that may stand for another; `because`: why that makes the day a rough one."""

    fact: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A legal period: whom it concerns, and what the rulebook is asked to get its last day.

    `take`: fact → the facts of the case to take it from, the best first. `suppose`: facts taken
    for granted when its condition holds. `needs`: facts without which there is no day, each with
    its condition. `amount`: the day among the answer's amounts; "" for the rule's own deadline.
    """

    key: str
    title: str
    whose: Whose
    concerns: tuple[Concern, ...]
    gone_with: tuple[When, ...]
    ask: str
    facts: Mapping[str, FactValue]
    take: Mapping[str, tuple[Source, ...]]
    suppose: tuple[tuple[When, Mapping[str, FactValue]], ...]
    needs: tuple[tuple[str, When], ...]
    amount: str
    passed: str
    doubts: frozenset[str]

    def matters(self, topic: str, facts: Mapping[str, FactValue]) -> bool:
        """Whether the case is concerned and the step was not taken already."""
        if any(holds(when, facts) for when in self.gone_with):
            return False
        return any(one.covers(topic, facts) for one in self.concerns)


@dataclass(frozen=True, slots=True)
class Window:
    """Days between which something could be applied for; `rule` of `topic` must name the last."""

    key: str
    family: str
    title: str
    concerns: tuple[Concern, ...]
    topic: str
    rule: str
    starts_on: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Plans:
    words: Mapping[str, str]
    periods: tuple[Plan, ...]
    windows: tuple[Window, ...]


@cache
def read_plans() -> Plans:
    """The whole file. Raises KeyError for an entry that lacks a line."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return Plans(
        words=data["words"],
        periods=tuple(_plan(one) for one in data["periods"]),
        windows=tuple(_window(one) for one in data["windows"]),
    )


def _plan(data: Mapping[str, Any]) -> Plan:
    return Plan(
        key=data["key"],
        title=data["title"],
        whose=data.get("whose", "worker"),
        concerns=read_concerns(data["concerns"]),
        gone_with=tuple(data.get("gone_with", ())),
        ask=data["ask"],
        facts=data["facts"],
        take={name: tuple(Source(**one) for one in found) for name, found in data["take"].items()},
        suppose=tuple((one["when"], one["facts"]) for one in data.get("suppose", ())),
        needs=tuple((one["fact"], one.get("when", {})) for one in data["needs"]),
        amount=data.get("amount", ""),
        passed=data.get("passed", ""),
        doubts=frozenset(data.get("doubts", ())),
    )


def _window(data: Mapping[str, Any]) -> Window:
    return Window(**{"family": data["key"], **data, "concerns": read_concerns(data["concerns"])})


def read_concerns(listed: Iterable[Mapping[str, Any]]) -> tuple[Concern, ...]:
    """The concerns a YAML list names. Raises KeyError for one without topics."""
    return tuple(
        Concern(one["topics"], one.get("when", {}), one.get("unless", {})) for one in listed
    )
