"""What can be wrong with the data, and with a fact."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in the rulebook: where it is, what it is, and how to cure it."""

    file: str
    line: int
    where: str
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.where}: {self.what}. {self.cure}."


class RulebookError(Exception):
    """The rulebook cannot be used. Its text lists every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        super().__init__("\n".join([f"{count} problem(s) in the rulebook:", *map(str, problems)]))


class FactError(ValueError):
    """A fact that cannot be true. Its text tells the worker, in Chinese, what to give instead."""

    def __init__(self, name: str, say: str) -> None:
        self.name = name
        super().__init__(say)
