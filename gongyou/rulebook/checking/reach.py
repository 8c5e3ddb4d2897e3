"""Rules no case can ever reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongyou.rulebook.checking.findings import Check, Finding, Linted, error
from gongyou.rulebook.checking.narrower import implies, within
from gongyou.rulebook.model import UNKNOWN, Condition, Fact, Rule, Topic, formulas_of
from gongyou.rulebook.model.regions import chain
from gongyou.rulebook.reading.conditions import DERIVED

_TOLD_BY_SEGMENTS: Final = {
    "days": ("day_kind", "overtime_days", "compensated"),
    "pay_cycles": ("cycle", "part"),
}


def impossible_conditions(linted: Linted) -> Iterator[Finding]:
    """A condition that no value of its fact can meet."""
    for rule in linted.rules:
        for condition in _conditions(rule):
            fact = linted.rulebook.facts.get(condition.fact)
            why = _contradiction(condition) or (fact and _out_of_range(condition, fact))
            if why:
                yield error(rule, f"can never hold: {why}", f"Correct when: {condition.fact}")


def _conditions(rule: Rule) -> Iterator[Condition]:
    yield from rule.when
    for requirement in rule.eligibility.requires if rule.eligibility else ():
        yield from requirement.when


def _contradiction(one: Condition) -> str | None:
    low, high = one.at_least, one.less_than
    if low is not None and high is not None and not low < high:  # type: ignore[operator]
        return f"{one.fact} is to be at least {low} and less than {high}"
    if one.given is False and (low is not None or high is not None):
        return f"{one.fact} is compared, yet is not to be given"
    return None


def _out_of_range(one: Condition, fact: Fact) -> str | None:
    """Why no value the fact allows meets the condition, or None."""
    low, high = fact.minimum, fact.maximum
    if one.less_than is not None and low is not None and one.less_than <= low:  # type: ignore[operator]
        return f"{one.fact} is to be less than {one.less_than}, but is at least {low}"
    if one.at_least is not None and high is not None and one.at_least > high:  # type: ignore[operator]
        return f"{one.fact} is to be at least {one.at_least}, but is at most {high}"
    allowed = Condition(fact.name, (), low, None)
    offered = (UNKNOWN, *(choice.value for choice in fact.choices))
    wrong = [v for v in one.values if v not in offered and not _allowed(allowed, high, v)]
    if one.values and len(wrong) == len(one.values):
        return f"{one.fact} is to be {wrong[0]}, which is out of its range"
    return None


def _allowed(bounds: Condition, high: object, value: object) -> bool:
    if bounds.at_least is None and high is None:
        return True
    return within(bounds, value) and (high is None or value <= high)  # type: ignore[arg-type,operator]


def facts_never_known(linted: Linted) -> Iterator[Finding]:
    """A condition on a fact that is neither asked, assumed, worked out nor told in any case."""
    for topic in linted.rulebook.topics.values():
        known = _known(topic, linted)
        if known is None:
            continue
        for rule in topic.rules:
            for condition in rule.when:
                if condition.given is None and condition.fact not in known:
                    yield error(
                        rule,
                        f"can never hold: {condition.fact} is never asked in {topic.name}, nor"
                        " assumed, nor told in any case",
                        f"Add it to the topic's facts:, or a case that tells {condition.fact}",
                    )


def figures_never_worked_out(linted: Linted) -> Iterator[Finding]:
    """A figure or an entitlement that hangs on a fact nobody can know."""
    for topic in linted.rulebook.topics.values():
        known = _known(topic, linted)
        for rule in topic.rules if known is not None else ():
            for name in sorted(_needed(rule) & set(linted.rulebook.facts) - (known or set())):
                what = f"needs {name}, which is never asked in {topic.name}, nor told in any case"
                yield error(
                    rule, what, f"Add it to the topic's facts:, or a case that tells {name}"
                )


def _needed(rule: Rule) -> set[str]:
    """What its figures and requirements cannot do without."""
    requires = rule.eligibility.requires if rule.eligibility else ()
    conditions = (one for requirement in requires for one in requirement.when)
    tested = {one.fact for one in conditions if one.given is None}
    return tested.union(*(formula.names for formula in formulas_of(rule)))


def _known(topic: Topic, linted: Linted) -> set[str] | None:
    """The facts a case of the topic may know; None when there are no cases to judge by."""
    if linted.cases is None or topic.name not in linted.cases:
        return None
    facts = linted.rulebook.facts.values()
    told = {name for case in linted.cases[topic.name] for name in case.facts}
    stood_in = {fact.name for fact in facts if fact.assume or fact.formula}
    by_segments = _TOLD_BY_SEGMENTS.get(topic.segments or "", ())
    return {*topic.facts, *topic.needs, *([topic.event] if topic.event else []), *told, *stood_in,
            *by_segments}  # fmt: skip


def derived_elsewhere(linted: Linted) -> Iterator[Finding]:
    """A condition on what only other topics, or only hints and notes, are told."""
    for topic in linted.rulebook.topics.values():
        own = _TOLD_BY_SEGMENTS.get(topic.segments or "", ())
        for rule in topic.rules:
            for condition in rule.when:
                if condition.fact in DERIVED and condition.fact not in own:
                    what = f"can never hold: rules of this topic are not told {condition.fact}"
                    yield error(rule, what, f"Take {condition.fact} out of when:")


def always_beaten(linted: Linted) -> Iterator[Finding]:
    """A rule before which another comes in every case it can meet, all the time."""
    for topic in linted.rulebook.topics.values():
        for rule in topic.rules:
            for other in topic.rules:
                if _always_beats(other, rule):
                    yield error(
                        rule,
                        f"is never used: {other.id} ({other.place}) is {other.rank} and holds"
                        " wherever it does",
                        "Narrow the other's when:, mark the better one favourable: true, or take"
                        " this one out",
                    )


def _always_beats(other: Rule, rule: Rule) -> bool:
    """Only rank can do it: a later start leaves days, a smaller region leaves places."""
    if other.rank == rule.rank or other.rank != "statute" or not _compete(other, rule):
        return False
    if other.favourable or rule.favourable or other.region not in chain(rule.region):
        return False
    ends_later = other.until is None or (rule.until is not None and rule.until <= other.until)
    return other.since <= rule.since and ends_later and implies(rule.when, other.when)


def _compete(one: Rule, two: Rule) -> bool:
    if one.amount and two.amount:
        return one.amount.name == two.amount.name
    if one.eligibility and two.eligibility:
        return one.eligibility.name == two.eligibility.name
    return False


CHECKS: Final[tuple[Check, ...]] = (
    impossible_conditions,
    facts_never_known,
    figures_never_worked_out,
    derived_elsewhere,
    always_beaten,
)
