"""What a rule may refer to: facts, figures, places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongyou.rulebook.functions import Kind
from gongyou.rulebook.model import Fact, Parameter
from gongyou.rulebook.read_facts import KINDS
from gongyou.rulebook.regions import Regions


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names there are; `kinds` those a formula may use, and what each stands for."""

    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    regions: Regions

    @property
    def kinds(self) -> dict[str, Kind]:
        """Names a formula may use. A piece of a pay cycle brings three numbers of its own."""
        told = {name: KINDS[fact.type] for name, fact in self.facts.items() if fact.type in KINDS}
        segment = ("part_days", "cycle_days", "weekdays")
        return {**dict.fromkeys((*self.parameters, *segment), "number"), **told}
