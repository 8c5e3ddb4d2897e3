"""What the lint reports, and what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from gongyou.rulebook.model import ParameterRow, Rule, Rulebook, Topic
from gongyou.rulebook.model.errors import Problem
from gongyou.rulebook.reading.cases import Cases


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem; an error makes `check` fail, a warning is only told."""

    problem: Problem
    is_error: bool = True

    def __str__(self) -> str:
        return f"{'error' if self.is_error else 'warning'}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Linted:
    """What is looked at, the day it is looked at, and the cases by topic (None: not at hand)."""

    rulebook: Rulebook
    today: date
    cases: Cases | None = None

    @property
    def rules(self) -> list[Rule]:
        """The rules of all topics."""
        return [rule for topic in self.rulebook.topics.values() for rule in topic.rules]


type Check = Callable[[Linted], Iterable[Finding]]


def error(at: Rule | Topic | ParameterRow, what: str, cure: str) -> Finding:
    """A mistake at a rule, a topic or a figure."""
    file, _, line = at.place.rpartition(":")
    name = at.name if isinstance(at, Topic) else at.id
    return Finding(Problem(file, int(line or 1), name, what, cure))


def warning(at: Rule | Topic | ParameterRow, what: str, cure: str) -> Finding:
    """Something to look at when there is time."""
    return Finding(error(at, what, cure).problem, is_error=False)
