"""What is known of a case while it is judged, and on what it came to rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from gongyou.rulebook.errors import FactError
from gongyou.rulebook.facts import check_fact
from gongyou.rulebook.model import UNKNOWN, Fact, FactValue
from gongyou.rulebook.regions import NATION, Regions


class Known:
    """The facts of a question, with the assumed ones filled in. Remembers which were read."""

    def __init__(self, facts: Mapping[str, Fact], given: Mapping[str, FactValue], on: date) -> None:
        self.facts, self.on = facts, on
        self._given = {name: value for name, value in given.items() if name in facts}
        self.stood_in: dict[str, str] = {}

    def get(self, name: str) -> FactValue | None:
        """The value; UNKNOWN when the worker does not know; None when it was never said."""
        value = self._given.get(name)
        fact = self.facts.get(name)
        if fact is None:
            return value
        stand = fact.assume if value is None else fact.if_unknown if value == UNKNOWN else None
        if stand is None:
            return value
        self.stood_in[name] = stand.say
        return stand.value

    @property
    def region(self) -> str:
        """The case's region; the nation when it is not known."""
        value = self._given.get("region")
        return value if isinstance(value, str) and value != UNKNOWN else NATION

    def check(self, regions: Regions) -> None:
        """Raises FactError when a fact cannot be true: wrong kind, out of range, in the future."""
        for name, value in self._given.items():
            fact = self.facts[name]
            check_fact(fact, value)
            if fact.type == "region" and value != UNKNOWN and value not in regions:
                raise FactError(name, fact.wrong)
            if isinstance(value, date):
                self._check_day(fact, value)

    def _check_day(self, fact: Fact, value: date) -> None:
        latest = self.on + timedelta(days=1 if fact.latest == "tomorrow" else 0)
        start = self._given.get(fact.after) if fact.after else None
        if value > latest or (isinstance(start, date) and value <= start):
            raise FactError(fact.name, fact.wrong)
