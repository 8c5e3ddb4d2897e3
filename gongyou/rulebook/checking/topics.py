"""Topics: their cases, the facts they list, and the sentences of their rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongyou.rulebook.checking.findings import Check, Finding, Linted, error, warning
from gongyou.rulebook.model import Rule, Rulebook, Topic, formulas_of

_READ_BY_SEGMENTS: Final = {
    "pay_cycles": ("stop_from", "stop_until", "pay_cycle_start_day"),
    "days": ("work_dates", "compensated_dates"),
}


def topics_without_cases(linted: Linted) -> Iterator[Finding]:
    """A topic nobody wrote a case for."""
    for topic in linted.rulebook.topics.values():
        if linted.cases is not None and not linted.cases.get(topic.name):
            cure = f"Write tests/rulebook/{topic.name}.yaml, see docs/policy-guide.md"
            yield error(topic, "has no cases", cure)


def sentences(linted: Linted) -> Iterator[Finding]:
    """Sentences that would be shown with a bare { }, or end with two full stops."""
    for rule in linted.rules:
        for text in (rule.says, *_reasons(rule)):
            if text.endswith("。"):
                yield error(rule, f"{text!r} ends with 。", "Leave the last 。 out")
        for text in (*_shown_as_written(rule), *_reasons(rule)):
            if "{" in text:
                cure = "Only says: of a rule with deadline: may write {deadline} and {days_left}"
                yield error(rule, f"nobody fills the braces in {text!r}", cure)


def _shown_as_written(rule: Rule) -> Iterator[str]:
    """What is told to the worker without anything being filled in."""
    yield from rule.notes
    if not rule.deadline:
        yield rule.says
    if rule.eligibility:
        yield from (rule.eligibility.apply, *rule.eligibility.papers)


def _reasons(rule: Rule) -> Iterator[str]:
    for requirement in rule.eligibility.requires if rule.eligibility else ():
        yield from (requirement.yes, requirement.no)


def facts_listed_for_nothing(linted: Linted) -> Iterator[Finding]:
    """A fact a topic lists that nothing in it reads: nobody is ever asked for it."""
    for topic in linted.rulebook.topics.values():
        used = _read(topic, linted.rulebook)
        for name in topic.facts:
            if name not in used:
                cure = "Take it out of facts:, or write the rule that needs it"
                yield warning(topic, f"lists the fact {name}, which none of its rules reads", cure)


def _read(topic: Topic, rulebook: Rulebook) -> set[str]:
    """Every fact the topic's rules, figures, hints and segments look at."""
    used = {"region", *topic.needs, *topic.span, *_READ_BY_SEGMENTS.get(topic.segments or "", ())}
    used.update([topic.event] if topic.event else [])
    for rule in topic.rules:
        used.update(condition.fact for condition in rule.when)
        used.update(name for formula in formulas_of(rule) for name in formula.names)
        used.update([rule.deadline.after] if rule.deadline else [])
        for requirement in rule.eligibility.requires if rule.eligibility else ():
            used.update(condition.fact for condition in requirement.when)
    for hint in (*topic.next_steps, *topic.notes):
        used.update(condition.fact for condition in hint.when)
        used.update([hint.above] if hint.above else [])
    return used | _behind(used, rulebook)


def _behind(names: set[str], rulebook: Rulebook) -> set[str]:
    """The facts those are worked out from, and the starts of those that have one."""
    found: set[str] = set()
    for name in names & set(rulebook.facts):
        fact = rulebook.facts[name]
        found |= set(fact.formula.names) if fact.formula else set()
        found |= {fact.after} if fact.after else set()
    return found if found <= names else found | _behind(names | found, rulebook)


CHECKS: Final[tuple[Check, ...]] = (topics_without_cases, sentences, facts_listed_for_nothing)
