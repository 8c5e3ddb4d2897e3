"""A topic: what workers ask about in one breath, its questions, its rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongyou.rulebook.model.rule import Hint, Rule, formulas_of


@dataclass(frozen=True, slots=True)
class Topic:
    """`event`: the date fact by which law and figures are picked; else the day of the question.

    `span`: for segments: law_periods, the date facts where the time begins and ends.
    """

    name: str
    title: str
    segments: str | None
    facts: tuple[str, ...]
    needs: tuple[str, ...]
    words: Mapping[str, str]
    next_steps: tuple[Hint, ...]
    notes: tuple[Hint, ...]
    rules: tuple[Rule, ...] = ()
    event: str | None = None
    span: tuple[str, ...] = ()
    place: str = ""

    @property
    def uses(self) -> frozenset[str]:
        """Every fact (or parameter) that may change an answer, asked for or not."""
        names = {*self.facts, *self.needs, *self.span, *([self.event] if self.event else [])}
        for rule in self.rules:
            names.update(condition.fact for condition in rule.when)
            names.update(*(formula.names for formula in formulas_of(rule)))
            if rule.eligibility:
                names.update(c.fact for r in rule.eligibility.requires for c in r.when)
        return frozenset(names)


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """Topics that are shown together, by name."""

    title: str
    topics: tuple[str, ...]
