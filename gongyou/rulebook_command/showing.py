"""`show`: all there is to know about a rule, a topic, a fact or a figure."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from gongyou.rulebook import Fact, Rulebook, Topic
from gongyou.rulebook.model import Condition, ParameterRow, Rule
from gongyou.rulebook_command.describe import expected
from gongyou.rulebook_command.errors import BadInput


def lines(rulebook: Rulebook, chosen: argparse.Namespace, today: date) -> Iterator[str]:
    """What bears that id or name."""
    name = chosen.id
    rules = (rule for topic in rulebook.topics.values() for rule in topic.rules)
    rule = next((rule for rule in rules if rule.id == name), None)
    if rule:
        return _rule(rulebook, rule)
    if name in rulebook.topics:
        return _topic(rulebook, rulebook.topics[name])
    if name in rulebook.facts:
        return _fact(rulebook.facts[name])
    if name in rulebook.parameters:
        return _figures(rulebook, name)
    raise BadInput(
        f"no rule {name!r}, nor topic, fact or figure: `gongyou rulebook list` names them"
    )


def _rule(rulebook: Rulebook, rule: Rule) -> Iterator[str]:
    yield f"{rule.id}  {rule.title}  ({rule.place})"
    yield f"topic {rule.topic}, {rulebook.region_name(rule.region)}, {rule.status}, {rule.rank}"
    yield f"in force {rule.since} – {rule.until or 'now'}"
    yield from (f"when {_condition(condition)}" for condition in rule.when)
    yield f"says: {rule.says}"
    yield from _amount(rule)
    yield from _eligibility(rule)
    for basis in rule.basis:
        yield f"basis: 《{basis.document}》{basis.number} {basis.article}, since {basis.since}"
    if rule.verified_on:
        yield f"verified on {rule.verified_on}"
    yield from (f"source: {source}" for source in rule.sources)
    yield from (f"note: {note}" for note in rule.notes)


def _condition(one: Condition) -> str:
    tests = [f"is {' or '.join(map(str, one.values))}"] if one.values else []
    tests += [f"at least {one.at_least}"] if one.at_least is not None else []
    tests += [f"less than {one.less_than}"] if one.less_than is not None else []
    tests += [("is told" if one.given else "is not told")] if one.given is not None else []
    return f"{one.fact} {', '.join(tests)}"


def _amount(rule: Rule) -> Iterator[str]:
    if rule.amount:
        for step in rule.amount.steps:
            yield f"step {step.name} ({step.unit}) = {step.formula.text}"
        better = ", the better for the worker counts" if rule.favourable else ""
        yield f"amount {rule.amount.name} ({rule.amount.unit}) = {rule.amount.formula.text}{better}"


def _eligibility(rule: Rule) -> Iterator[str]:
    if rule.eligibility:
        yield f"entitles to: {rule.eligibility.name}"
        for one in rule.eligibility.requires:
            tests = [_condition(condition) for condition in one.when]
            yield f"requires: {', '.join([*tests, *([one.test.text] if one.test else [])])}"


def _topic(rulebook: Rulebook, topic: Topic) -> Iterator[str]:
    yield f"{topic.name}  {topic.title}: {len(topic.rules)} rules"
    if topic.event:
        yield f"the law is that of the day {topic.event}"
    yield f"must be known: {', '.join(topic.needs) or 'nothing'}"
    yield ""
    for name in dict.fromkeys((*topic.needs, *topic.facts)):
        yield from _fact(rulebook.facts[name])
    told = sorted((topic.uses - {*topic.facts, *topic.needs}) & set(rulebook.facts))
    if told:
        yield f"never asked, but used when told: {', '.join(told)}"


def _fact(fact: Fact) -> Iterator[str]:
    yield f"{fact.name}  {fact.label}  ({fact.type})"
    yield f"  asks: {fact.ask}"
    yield f"  {expected(fact)}; or unknown"
    if fact.formula:
        yield f"  worked out from the others: {fact.formula.text}"
    if fact.assume:
        yield f"  taken as {fact.assume.value} when not told"


def _figures(rulebook: Rulebook, name: str) -> Iterator[str]:
    parameter = rulebook.parameters[name]
    yield f"{name}  {parameter.title}  ({parameter.unit})"
    for rows in parameter.rows.values():
        yield from (_row(rulebook, row) for row in rows)


def _row(rulebook: Rulebook, row: ParameterRow) -> str:
    place = rulebook.region_name(row.region, full=False)
    in_force = f"{row.since} – {row.until or ''}"
    value = row.value or "not found"
    return "\t".join((row.region, place, row.tier or "", in_force, value, row.status))
