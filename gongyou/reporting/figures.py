"""What a report is made of: published figures with their names, and nothing of any worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

type Subject = Literal["employer", "park", "topic"]
type Why = Literal["many", "rise"]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table. `key` is a topic's, by which advice is chosen; `before`: last week's
    workers, None when it was not published then."""

    name: str
    workers: int
    before: int | None = None
    key: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """A warning: `workers` in the week, `before` in the mean of the weeks before."""

    subject: Subject
    name: str
    place: str
    why: Why
    workers: int
    before: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """One week of one region. Workers, each once; those of groups under five are not in it.

    `before` is last week's total, None when there was none. `untold`: neither answered nor waiting
    can be told. `weeks`: the totals of the last weeks, this one at the end.
    """

    place: str
    monday: date
    sunday: date
    made_on: date
    workers: int
    before: int | None
    answered: int
    waiting: int
    untold: int
    topics: Sequence[Line]
    regions: Sequence[Line]
    employers: Sequence[Line]
    parks: Sequence[Line]
    risks: Sequence[Risk]
    weeks: Sequence[Line]
