"""Plain cases of a topic: one for each of its matters, complete enough to be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from gongyou.rulebook.evaluate import evaluate
from gongyou.rulebook.model import UNKNOWN, Fact, FactValue, Rulebook, Topic
from gongyou.rulebook.model.errors import FactError
from gongyou.rulebook.model.outcomes import Answer, NeedFacts, NoRule, Question
from gongyou.rulebook.model.values import decode_facts
from gongyou.rulebook.reading.cases import Cases

_MONEY: Final = Decimal(5000)
_MONTH: Final = timedelta(days=30)
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PlainCase:
    """A case that gets an answer. `matter`: which of the topic's questions it asks, or None."""

    topic: str
    matter: str | None
    facts: Mapping[str, FactValue]
    on: date

    @property
    def title(self) -> str:
        """The topic, and the matter when it has several."""
        return f"{self.topic}.{self.matter}" if self.matter else self.topic


def plain_cases(rulebook: Rulebook, topic: Topic, cases: Cases, today: date) -> list[PlainCase]:
    """One case for each matter of the topic, from its cases; else made of first choices.

    Of the cases that get an answer the one that rests on the most figures of its region counts,
    told with the fewest facts.
    """
    matter = _matter(rulebook, topic)
    wanted = [str(choice.value) for choice in matter.choices] if matter else [None]
    found: dict[str | None, tuple[tuple[int, int], PlainCase]] = {}
    for case in cases.get(topic.name, ()):
        facts = _decoded(rulebook, case.facts)
        name = str(facts.get(matter.name)) if matter else None
        plain = PlainCase(topic.name, name, facts, case.on or today)
        rank = _rank(rulebook, plain) if name in wanted else None
        if rank is not None and (name not in found or rank > found[name][0]):
            found[name] = (rank, plain)
    return [found[n][1] if n in found else _made(rulebook, topic, matter, n, today) for n in wanted]


def _rank(rulebook: Rulebook, case: PlainCase) -> tuple[int, int] | None:
    """How much the case asks of the rulebook; None when it gets no answer, or is not plain."""
    if UNKNOWN in case.facts.values():
        return None
    try:
        outcome = _outcome(rulebook, case)
    except FactError:
        return None
    if not isinstance(outcome, Answer):
        return None
    figures = {one.split(" ")[0] for one in outcome.trace} & set(rulebook.parameters)
    return len(figures), -len(case.facts)


def _made(
    rulebook: Rulebook, topic: Topic, matter: Fact | None, name: str | None, today: date
) -> PlainCase:
    facts: dict[str, FactValue] = {matter.name: name} if matter and name else {}
    return _completed(rulebook, PlainCase(topic.name, name, facts, today))[0]


def _matter(rulebook: Rulebook, topic: Topic) -> Fact | None:
    first = rulebook.facts[topic.facts[0]] if topic.facts else None
    return first if first and first.type == "choice" and first.name.endswith("_matter") else None


def _decoded(rulebook: Rulebook, told: Mapping[str, str]) -> dict[str, FactValue]:
    """The facts; UNKNOWN among them when they cannot be read (a case of bad input)."""
    try:
        return decode_facts(rulebook, told)
    except FactError:
        return {"region": UNKNOWN}


def moved(rulebook: Rulebook, case: PlainCase, region: str, day: date) -> PlainCase:
    """The case in another region, all its days moved so that it happened on that day."""
    by = day - _anchor(rulebook.topics[case.topic], case)
    facts = {name: _shifted(value, by) for name, value in case.facts.items()}
    return PlainCase(case.topic, case.matter, {**facts, "region": region}, case.on + by)


def _anchor(topic: Topic, case: PlainCase) -> date:
    """The day by which the law is picked."""
    for name in (topic.event, *topic.span[:1], "stop_from", "work_dates"):
        value = case.facts.get(name) if name else None
        first = value[0] if isinstance(value, tuple) else value
        if isinstance(first, date) and (name != "stop_from" or topic.segments == "pay_cycles"):
            return first
    return case.on


def _shifted(value: FactValue, by: timedelta) -> FactValue:
    if isinstance(value, tuple):
        return tuple(day + by for day in value)
    return value + by if isinstance(value, date) else value


def ask(rulebook: Rulebook, case: PlainCase) -> Answer | NeedFacts | NoRule:
    """The outcome; a fact that is still missing is given its plainest value."""
    return _completed(rulebook, case)[1]


def _outcome(rulebook: Rulebook, case: PlainCase) -> Answer | NeedFacts | NoRule:
    return evaluate(rulebook, Question(case.topic, case.facts, case.on))


def _completed(
    rulebook: Rulebook, case: PlainCase
) -> tuple[PlainCase, Answer | NeedFacts | NoRule]:
    """The case with every fact that is asked for, one after another, and its outcome."""
    outcome = _outcome(rulebook, case)
    while isinstance(outcome, NeedFacts) and outcome.missing[0] not in case.facts:
        fact = rulebook.facts[outcome.missing[0]]
        value = _plainest(fact, case.on, case.facts.get(fact.after or ""))
        case = replace(case, facts={**case.facts, fact.name: value})
        outcome = _outcome(rulebook, case)
    return case, outcome


def _plainest(fact: Fact, on: date, start: FactValue | None) -> FactValue:
    """The first choice; else an ordinary value in range. A day comes soon after its start."""
    if fact.choices:
        return fact.choices[0].value
    if fact.type == "date":
        return start + _WEEK if isinstance(start, date) else on - _MONTH
    if fact.type == "dates":
        return (on - _MONTH,)
    if fact.type == "region":
        return "410000"
    low = fact.minimum if isinstance(fact.minimum, Decimal) else Decimal(0)
    high = fact.maximum if isinstance(fact.maximum, Decimal) else _MONEY
    value = min(high, max(low, _MONEY if fact.type == "money" else Decimal(1)))
    return int(value) if fact.type == "integer" else value
