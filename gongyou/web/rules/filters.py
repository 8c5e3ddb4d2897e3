"""What the visitor of /rules asked to see, read from the address; what cannot be used is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from gongyou.web.days import read_day
from gongyou.web.requests import clean
from gongyou.web.rules.catalogue import Catalogue
from gongyou.web.texts import say

LIMITS = {"q": 60, "topic": 60, "region": 30, "province": 6, "on": 20, "lapsed": 3}


@dataclass(frozen=True)
class Filters:
    """`typed`: the fields as they came. `code`, `day`: what was read of them, None for no wish."""

    typed: Mapping[str, str]
    code: str | None = None
    day: date | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()  # full names of the places the typed name may mean

    @property
    def topic(self) -> str:
        return "" if "topic" in self.errors else self.typed["topic"]

    @property
    def with_lapsed(self) -> bool:
        """Whether rules that hold no more, or not yet, are wanted as well."""
        return self.typed["lapsed"] == "yes" and self.day is None

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows the list: then the page shows the topics."""
        return not (self.typed["q"] or self.topic or self.code or self.day or self.with_lapsed)

    def link(self, **changes: str) -> str:
        """The address of this page with some fields changed."""
        fields = {name: value for name, value in {**self.typed, **changes}.items() if value}
        return f"/rules?{urlencode(fields)}" if fields else "/rules"


def read_filters(query: Mapping[str, str], catalogue: Catalogue) -> Filters:
    """The filters of a query; each wrong one is named and otherwise left aside."""
    typed = {name: clean(query.get(name, ""))[:limit] for name, limit in LIMITS.items()}
    errors: dict[str, str] = {}
    if typed["topic"] and typed["topic"] not in catalogue.rulebook.topics:
        errors["topic"] = say("rules_topic")
    day = read_day(typed["on"])
    if typed["on"] and day is None:
        errors["on"] = say("rules_day", typed=typed["on"])
    codes = catalogue.places.find(typed["region"] or typed["province"])
    if typed["region"] and len(codes) != 1:
        sentence = "rules_region_many" if codes else "rules_region"
        errors["region"] = say(sentence, typed=typed["region"])
    code = codes[0] if len(codes) == 1 else None
    choices = tuple(map(catalogue.places.name, codes)) if len(codes) > 1 else ()
    return Filters(typed, code, day, errors, choices)
