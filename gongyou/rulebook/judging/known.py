"""What is known of a case while it is judged, and on what it came to rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from gongyou.rulebook.model import UNKNOWN, Fact, FactValue, Rulebook
from gongyou.rulebook.model.errors import FactError
from gongyou.rulebook.model.formula import TODAY, Formula, Value
from gongyou.rulebook.model.regions import NATION, Regions
from gongyou.rulebook.model.values import check_fact

_AHEAD: Final = {"tomorrow": timedelta(days=1), "any": timedelta(days=3660)}


class Known:
    """The facts of a question, with the assumed ones filled in. Remembers which were read.

    `region`: the case's region; the nation when it is not known. `values`: what `get` has found.
    """

    def __init__(self, rulebook: Rulebook, given: Mapping[str, FactValue], on: date) -> None:
        self.facts, self.on, self.calendar = rulebook.facts, on, rulebook.calendar
        self._given = {name: value for name, value in given.items() if name in self.facts}
        self.stood_in: dict[str, str] = {}
        self.values: dict[str, FactValue | None] = {}
        place = self._given.get("region")
        self.region = place if isinstance(place, str) and place != UNKNOWN else NATION

    def get(self, name: str) -> FactValue | None:
        """The value; UNKNOWN when the worker does not know; None when it was never said."""
        if name not in self.values:
            self.values[name] = self._find(name)
        return self.values[name]

    def _find(self, name: str) -> FactValue | None:
        value = self._given.get(name)
        fact = self.facts.get(name)
        if fact is None:
            return value
        if value is None and fact.formula is not None:
            value = self.follow(fact.formula)
        stand = fact.assume if value is None else fact.if_unknown if value == UNKNOWN else None
        if stand is None:
            return value
        self.stood_in[name] = stand.say
        return stand.value

    def follow(self, formula: Formula) -> FactValue | None:
        """What the other facts add up to, when all of them are known."""
        if any(self.get(name) in (None, UNKNOWN) for name in formula.names - {TODAY}):
            return None
        try:
            value = formula.root.value(self)
        except ArithmeticError:
            return None
        return value if isinstance(value, Decimal | date | str) else None

    def value(self, name: str) -> Value:
        """A known fact as a formula needs it, or the day of the question."""
        if name == TODAY:
            return self.on
        value = self.get(name)
        assert isinstance(value, Decimal | date | str | int), name
        return Decimal(value) if isinstance(value, int) else value

    def given(self, name: str) -> bool:
        """Whether the fact is known."""
        return self.get(name) not in (None, UNKNOWN)

    def workdays(self, since: date, until: date) -> Decimal:
        """Workdays of [since, until)."""
        return self.calendar.workdays(since, until)

    def check(self, regions: Regions) -> None:
        """Raises FactError when a fact cannot be true: wrong kind, out of range, in the future."""
        for name, value in self._given.items():
            fact = self.facts[name]
            check_fact(fact, value)
            if fact.type == "region" and value != UNKNOWN and value not in regions:
                raise FactError(name, fact.wrong)
            for day in value if isinstance(value, tuple) else (value,):
                if isinstance(day, date):
                    self._check_day(fact, day)

    def _check_day(self, fact: Fact, value: date) -> None:
        latest = self.on if fact.latest == "today" else self.on + _AHEAD[fact.latest or "any"]
        start = self._given.get(fact.after) if fact.after else None
        if value > latest or (isinstance(start, date) and value <= start):
            raise FactError(fact.name, fact.wrong)
