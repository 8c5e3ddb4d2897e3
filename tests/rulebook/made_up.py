"""Made-up cases in which one given rule may hold on one given day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

from gongyou.rulebook import (
    NATION,
    UNKNOWN,
    Answer,
    Fact,
    FactError,
    FactValue,
    NeedFacts,
    Question,
    Rulebook,
    evaluate,
)
from gongyou.rulebook.model import Condition, Rule

DAY = timedelta(days=1)
MOST_CASES = 300


def is_reached(rulebook: Rulebook, rule: Rule, day: date, today: date) -> bool:
    """Whether some case that happens on that day is answered with the rule."""
    cases = _cases(rulebook, rule, day, today)
    return any(rule.id in trace for trace in islice(cases, MOST_CASES))


def _cases(rulebook: Rulebook, rule: Rule, day: date, today: date) -> Iterator[tuple[str, ...]]:
    """The trace of each case: the rule's own conditions met, what is asked answered every way."""
    topic = rulebook.topics[rule.topic]
    told, on = _told(rulebook, rule, day), today
    if topic.segments == "pay_cycles":
        told |= _stoppage(rule, day)
    elif topic.event and told.get(topic.event) != UNKNOWN:
        told[topic.event] = day
        for name in topic.span[1:2]:
            told.setdefault(name, day + DAY)
    else:
        on = day
    open_cases = [told]
    while open_cases:
        facts = open_cases.pop()
        try:
            outcome = evaluate(rulebook, Question(topic.name, facts, on))
        except FactError as error:
            yield ()
            if error.name in facts and facts is told and error.name != topic.event:
                open_cases.append({k: v for k, v in facts.items() if k != error.name})
            continue
        if isinstance(outcome, NeedFacts):
            fact = rulebook.facts[outcome.missing[0]]
            values = list(_values(fact, rule, day, facts))
            open_cases += [{**facts, fact.name: value} for value in reversed(values)]
        yield outcome.trace if isinstance(outcome, Answer) else ()


def _told(rulebook: Rulebook, rule: Rule, day: date) -> dict[str, FactValue]:
    """Facts that meet the rule's own conditions."""
    facts: dict[str, FactValue] = {}
    if rule.region != NATION:
        facts["region"] = rule.region
    for condition in rule.when:
        fact = rulebook.facts.get(condition.fact)
        if fact is None:
            continue
        if condition.given is not False:
            facts[fact.name] = _meeting(condition, fact, rule, day)
        elif fact.name in rulebook.topics[rule.topic].facts:
            facts[fact.name] = UNKNOWN  # it would be asked
    return facts


def _meeting(condition: Condition, fact: Fact, rule: Rule, day: date) -> FactValue:
    if condition.values:
        return condition.values[0]
    if condition.at_least is not None:
        return _at_least(condition.at_least, fact)
    bound = condition.less_than
    if isinstance(bound, date):
        return bound - DAY
    if isinstance(bound, Decimal | int):
        return _at_least(bound - 1, fact)
    if fact.type == "region" and rule.region == NATION:
        return "410802"
    return next(_values(fact, rule, day, {}))


def _at_least(bound: FactValue, fact: Fact) -> FactValue:
    if isinstance(bound, date) and isinstance(fact.minimum, date):
        return max(bound, fact.minimum)
    if not isinstance(bound, Decimal | int):
        return bound
    lowest = fact.minimum if isinstance(fact.minimum, Decimal) else Decimal(0)
    value = max(lowest, Decimal(bound))
    return int(value) if fact.type == "integer" else value


def _values(
    fact: Fact, rule: Rule, day: date, facts: Mapping[str, FactValue]
) -> Iterator[FactValue]:
    """Values the fact may have, the likeliest first."""
    yield from (choice.value for choice in fact.choices)
    match fact.type:
        case "region":
            yield rule.region if rule.region != NATION else "unknown"
        case "date":
            start = facts.get(fact.after or "")
            if isinstance(start, date):
                yield start + 10 * DAY
            yield from (day - n * DAY for n in (30, 400, 4000, 0))
        case "dates":
            yield (day,)
        case "money" | "number" | "integer":
            yield from _numbers(fact)


def _numbers(fact: Fact) -> Iterator[FactValue]:
    lowest = fact.minimum if isinstance(fact.minimum, Decimal) else Decimal(0)
    highest = fact.maximum if isinstance(fact.maximum, Decimal) else Decimal(10)
    for value in (min(highest, lowest + 3), lowest, highest, (lowest + highest) / 2):
        yield int(value) if fact.type == "integer" else value


def _stoppage(rule: Rule, day: date) -> dict[str, FactValue]:
    """A stoppage whose cycle that counts begins on the day."""
    kinds = next((c.values for c in rule.when if c.fact == "cycle"), ("first",))
    if kinds == ("after_resume",):
        return {
            "stop_from": day - 60 * DAY, "stop_until": day, "workdays_after_resume": 3,
            "pay_cycle_start_day": 15 if day.day < 10 else 5,
        }  # fmt: skip
    before = day.replace(day=1) - DAY
    start = day - timedelta(days=monthrange(before.year, before.month)[1])
    return {
        "stop_from": day if "first" in kinds else start,
        "stop_until": day + DAY,
        "pay_cycle_start_day": min(day.day, 28),
    }
