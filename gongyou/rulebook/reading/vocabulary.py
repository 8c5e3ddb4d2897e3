"""What a rule may refer to: facts, figures, places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongyou.rulebook.model import Fact, Parameter
from gongyou.rulebook.model.formula import TODAY
from gongyou.rulebook.model.functions import Kind
from gongyou.rulebook.model.regions import Regions
from gongyou.rulebook.reading.facts import KINDS


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names there are; `kinds` those a formula may use, and what each stands for."""

    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    regions: Regions
    kinds: Mapping[str, Kind]


def vocabulary(
    facts: Mapping[str, Fact], parameters: Mapping[str, Parameter], regions: Regions
) -> Vocabulary:
    """All names. A piece of a pay cycle brings three numbers of its own, the question its day."""
    told = {name: KINDS[fact.type] for name, fact in facts.items() if fact.type in KINDS}
    segment = ("part_days", "cycle_days", "weekdays")
    numbers: dict[str, Kind] = dict.fromkeys((*parameters, *segment), "number")
    return Vocabulary(facts, parameters, regions, {**numbers, **told, TODAY: "date"})
