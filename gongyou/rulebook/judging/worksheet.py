"""Works one amount out for one segment: every name looked up once, nothing missing overlooked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.judging.parameters import Found, look_up
from gongyou.rulebook.judging.segments import Segment
from gongyou.rulebook.model import UNKNOWN, Fact, Rulebook
from gongyou.rulebook.model.formula import TODAY, Value
from gongyou.rulebook.model.text import dated_figure, in_unit, plain_number, yuan

# Stands in for what is missing, so that one pass finds everything that is.
_PLACEHOLDERS: Final[Mapping[str, Value]] = {"date": date(2020, 1, 1), "choice": ""}


class Worksheet:
    """What a formula is worked out from: the segment, the case's facts, dated figures, steps.

    `choice` picks one of several options of a parameter, by its place. After the work `needs`
    and `unknown` name the facts that were not told, `found` the parameters that were used.
    """

    def __init__(
        self, rulebook: Rulebook, segment: Segment, known: Known, choice: Mapping[str, int]
    ) -> None:
        self._rulebook, self._segment, self._known, self.choice = rulebook, segment, known, choice
        self._steps: dict[str, tuple[Value, str]] = {}
        self.needs: dict[str, None] = {}
        self.unknown: dict[str, None] = {}
        self.found: dict[str, Found] = {}

    def value(self, name: str) -> Value:
        """The value of a step, a part of the segment, a fact or a parameter."""
        if name in self._steps:
            return self._steps[name][0]
        if name in self._segment.numbers:
            return self._segment.numbers[name]
        if name == TODAY:
            return self._known.on
        fact = self._rulebook.facts.get(name)
        return self._parameter(name) if fact is None else self._fact(fact)

    def _fact(self, fact: Fact) -> Value:
        value = self._known.get(fact.name)
        no_day = fact.type == "date" and isinstance(value, str)  # a choice such as 还在停
        if value is None or value == UNKNOWN or no_day:
            missing = self.needs if value is None else self.unknown
            missing[fact.name] = None
            return _PLACEHOLDERS.get(fact.type, Decimal(1))
        assert not isinstance(value, tuple), fact.name
        return Decimal(value) if isinstance(value, int) else value

    def _parameter(self, name: str) -> Value:
        if name not in self.found:
            day = self._segment.since
            self.found[name] = look_up(self._rulebook, name, self._known.region, day)
            if not self.found[name].options and self._known.get("region") is None:
                self.needs["region"] = None
        options = self.found[name].options
        return options[self.choice.get(name, 0)].value if options else Decimal(1)

    def given(self, name: str) -> bool:
        """Whether a fact was told, or the segment knows it."""
        return name in self._segment.numbers or self._known.given(name)

    def workdays(self, since: date, until: date) -> Decimal:
        """Workdays of [since, until)."""
        return self._known.workdays(since, until)

    def note_step(self, name: str, value: Value, unit: str) -> None:
        """Keeps a step's value for the formulas after it."""
        self._steps[name] = (value, unit)

    def shown(self, name: str) -> str:
        """The value as written in the arithmetic: 80%, 1,900, 21.75, 2026年11月9日."""
        value = self.value(name)
        if name in self._steps:
            return in_unit(value, self._steps[name][1])
        if not isinstance(value, Decimal):
            return in_unit(value, "")
        fact = self._rulebook.facts.get(name)
        if fact is not None:
            return yuan(value) if fact.type == "money" else plain_number(value)
        unit = self._rulebook.parameters[name].unit if name in self.found else ""
        return dated_figure(value, unit)
