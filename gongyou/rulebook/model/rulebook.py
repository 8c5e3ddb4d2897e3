"""The rulebook: everything that was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongyou.rulebook.model.fact import Fact
from gongyou.rulebook.model.figures import Parameter
from gongyou.rulebook.model.holidays import Calendar
from gongyou.rulebook.model.regions import Regions
from gongyou.rulebook.model.rule import Rule
from gongyou.rulebook.model.topic import Topic, TopicGroup


@dataclass(frozen=True, slots=True)
class Rulebook:
    """`in_force`: the rules of a topic for a region on a day, nation's and wider regions' too.

    `figures`: what `look_up` has found, by figure and region, for each stretch between changes.
    """

    facts: Mapping[str, Fact]
    topics: Mapping[str, Topic]
    parameters: Mapping[str, Parameter]
    regions: Regions
    calendar: Calendar
    words: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[TopicGroup, ...] = ()
    figures: dict[tuple[str, str], tuple[list[date], dict[int, Any]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    in_force: Callable[[str, str, date], tuple[Rule, ...]] = field(
        default=lambda topic, region, day: (), repr=False, compare=False
    )

    def grouped(self) -> tuple[TopicGroup, ...]:
        """Every topic in a group; those that groups.yaml does not name stand in the last."""
        named = {name for group in self.groups for name in group.topics}
        rest = tuple(name for name in self.topics if name not in named)
        other = TopicGroup(self.words.get("group.other", ""), rest)
        return (*self.groups, other) if rest else self.groups

    def region_name(self, code: str, full: bool = True) -> str:
        """河南省焦作市 (full) or 焦作市. Raises KeyError for a code nobody has."""
        return self.regions.name(code, full)
