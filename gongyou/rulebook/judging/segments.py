"""Cuts the time asked about into the pieces that are judged one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.model import FactValue, Topic
from gongyou.rulebook.model.formula import Value

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of time: the part that counts [since, until), and the whole it belongs to.

    `facts` and `numbers`: what the piece itself tells the rules' conditions and formulas.
    """

    since: date
    until: date
    cycle_since: date
    cycle_until: date
    number: int
    kind: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    numbers: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cut:
    """The pieces; or the facts still missing; or the key of the words why there are none."""

    segments: tuple[Segment, ...] = ()
    missing: tuple[str, ...] = ()
    refused: str | None = None


type Segmenter = Callable[[Topic, Known], Cut]


def piece(since: date, until: date, number: int, kind: str) -> Segment:
    """A piece that is a whole of its own."""
    return Segment(since, until, since, until, number, kind)


def whole(topic: Topic, known: Known) -> Cut:
    """No cutting: one piece, the day it happened; the day of the question if that is not known."""
    day = known.get(topic.event) if topic.event else None
    start = day if isinstance(day, date) else known.on
    return Cut((piece(start, start + _DAY, 1, "whole"),))
