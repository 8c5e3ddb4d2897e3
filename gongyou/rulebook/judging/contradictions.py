"""Facts that are each possible, but not together."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.model import UNKNOWN, Fact, FactValue, Rulebook
from gongyou.rulebook.model.errors import FactError

_SLACK: Final = Decimal(1)  # months and days told are rounded; more apart is another story


def check_together(rulebook: Rulebook, known: Known, told: Mapping[str, FactValue]) -> None:
    """Raises FactError when two facts told cannot both be true; it names both."""
    for name, value in told.items():
        fact = rulebook.facts.get(name)
        if fact is None or value == UNKNOWN or not (fact.only_with or fact.formula):
            continue
        other = _beside(fact, told)
        if other is None and fact.formula is not None and isinstance(value, int | Decimal):
            worked_out = known.follow(fact.formula)
            if isinstance(worked_out, Decimal) and abs(worked_out - value) > _SLACK:
                other = next(iter(sorted(fact.formula.names & set(told))), None)
        if other is not None:
            labels = {"label": fact.label, "name": rulebook.facts[other].label}
            raise FactError(name, rulebook.words["contradiction"].format(**labels))


def _beside(fact: Fact, told: Mapping[str, FactValue]) -> str | None:
    """The fact told beside which this one makes no sense."""
    for name, values in fact.only_with.items():
        if name in told and told[name] not in (*values, UNKNOWN):
            return name
    return None
