"""Asks the rules of a topic about one segment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gongyou.rulebook.conditions import judge
from gongyou.rulebook.figure import Figure, figure_of
from gongyou.rulebook.known import Known
from gongyou.rulebook.model import Rule, Rulebook, Topic
from gongyou.rulebook.precedence import winner
from gongyou.rulebook.regions import chain
from gongyou.rulebook.segments import Segment


@dataclass(slots=True)
class Finding:
    """What the rules say of one segment."""

    segment: Segment
    rule: Rule | None = None
    figure: Figure | None = None
    lines: list[Rule] = field(default_factory=list)
    needs: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)


def find(rulebook: Rulebook, topic: Topic, segment: Segment, known: Known) -> Finding:
    """The rule that pays, its figure, the lines that also hold; or what must be asked."""
    finding = Finding(segment)
    matching = list(_matching(topic, segment, known, finding))
    finding.lines = [rule for rule in matching if rule.amount is None]
    finding.rule = winner((rule for rule in matching if rule.amount), known.region)
    if finding.rule is not None:
        finding.figure = figure_of(rulebook, finding.rule, segment, known)
        finding.needs.update(finding.figure.needs)
        finding.unknown.clear()
    return finding


def _matching(topic: Topic, segment: Segment, known: Known, finding: Finding) -> Iterator[Rule]:
    places = chain(known.region)
    for rule in topic.rules:
        if rule.region not in places or not rule.holds_on(segment.since):
            continue
        askable = () if rule.under == "notes" else topic.facts
        verdict = judge(rule.when, known, segment.facts, askable)
        if verdict.holds:
            finding.needs.update(_undated(rule, topic, known))
            yield rule
        elif verdict.holds is None and verdict.missing:
            finding.needs.update(verdict.missing)
        elif verdict.holds is None and rule.amount is not None:
            finding.unknown.update(verdict.unknown)


def _undated(rule: Rule, topic: Topic, known: Known) -> set[str]:
    """The fact a rule's deadline runs from, when it has not been told."""
    fact = rule.deadline.after if rule.deadline else None
    return {fact} if fact in topic.facts and known.get(fact) is None else set()
