"""Asks the rules of a topic about one segment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gongyou.rulebook.judging.conditions import judge
from gongyou.rulebook.judging.entitlement import Judgement, judge_entitlement
from gongyou.rulebook.judging.figure import Figure, figure_of
from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.judging.precedence import winner
from gongyou.rulebook.judging.segments import Segment
from gongyou.rulebook.model import Deadline, Rule, Rulebook, Topic


@dataclass(slots=True)
class Finding:
    """What the rules say of one segment: figures by amount name, entitlements, other lines."""

    segment: Segment
    figures: dict[str, tuple[Rule, Figure]] = field(default_factory=dict)
    entitled: list[tuple[Rule, Judgement]] = field(default_factory=list)
    lines: list[Rule] = field(default_factory=list)
    needs: dict[str, None] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)


def find(rulebook: Rulebook, topic: Topic, segment: Segment, known: Known) -> Finding:
    """The rules that pay, their figures, the lines that also hold; or what must be asked."""
    finding = Finding(segment)
    deciding: list[Rule] = []
    for rule in rulebook.in_force(topic.name, known.region, segment.since):
        askable = () if rule.under == "notes" else topic.facts
        verdict = judge(rule.when, known, segment.facts, askable)
        if verdict.holds:
            if rule.deadline is not None:
                finding.needs.update(dict.fromkeys(_undated(rule.deadline, topic, known)))
            (deciding if rule.amount or rule.eligibility else finding.lines).append(rule)
        elif verdict.missing:
            finding.needs.update(dict.fromkeys(verdict.missing))
        elif verdict.unknown and rule.amount is not None:
            finding.unknown.update(verdict.unknown)
    if deciding:
        _decide(rulebook, topic, deciding, known, finding)
    return finding


def _decide(
    rulebook: Rulebook, topic: Topic, deciding: list[Rule], known: Known, finding: Finding
) -> None:
    """Judges what may be applied for, then works out what is owed to those who may."""
    paying = deciding
    if any(rule.eligibility for rule in deciding):
        refused = set(_entitle(rulebook, topic, deciding, known, finding))
        paying = [rule for rule in deciding if rule.amount and rule.id not in refused]
    _pay(rulebook, topic, paying, known, finding)


def _entitle(
    rulebook: Rulebook, topic: Topic, matching: list[Rule], known: Known, finding: Finding
) -> Iterator[str]:
    """Judges what may be applied for; yields the rules under which it may not."""
    names = dict.fromkeys(rule.eligibility.name for rule in matching if rule.eligibility)
    for name in names:
        rivals = [r for r in matching if r.eligibility and r.eligibility.name == name]
        rule = winner(rivals, known.region)
        judgement = judge_entitlement(rulebook, topic, rule, finding.segment, known)
        finding.needs.update(dict.fromkeys(judgement.needs))
        finding.entitled.append((rule, judgement))
        yield from (rival.id for rival in rivals if rival is not rule or not judgement.eligible)


def _pay(
    rulebook: Rulebook, topic: Topic, matching: list[Rule], known: Known, finding: Finding
) -> None:
    """The figure of each amount name, by the rule that comes first."""
    names = dict.fromkeys(rule.amount.name for rule in matching if rule.amount)
    for name in names:
        rivals = [rule for rule in matching if rule.amount and rule.amount.name == name]
        rule, figure = _best(rulebook, rivals, finding, known)
        finding.figures[name] = (rule, figure)
        asked = [need for need in figure.needs if need in topic.facts]
        finding.needs.update(dict.fromkeys(asked))
        if figure.needs and not asked:
            label = rulebook.facts[figure.needs[0]].label
            missing = rulebook.words["missing.fact"].format(label=label)
            finding.figures[name] = (rule, Figure(missing=missing, status=rule.status))
    if finding.figures:
        finding.unknown.clear()


def _best(
    rulebook: Rulebook, rivals: list[Rule], finding: Finding, known: Known
) -> tuple[Rule, Figure]:
    """The rule that precedence names; where the law favours the worker, the highest figure."""
    first = winner(rivals, known.region)
    figure = _figure(rulebook, first, finding, known)
    for rule in rivals:
        if rule is first or not (rule.favourable or first.favourable):
            continue
        other = _figure(rulebook, rule, finding, known)
        if _is_higher(other, figure):
            first, figure = rule, other
    return first, figure


def _figure(rulebook: Rulebook, rule: Rule, finding: Finding, known: Known) -> Figure:
    assert rule.amount is not None
    return figure_of(rulebook, rule, rule.amount, finding.segment, known)


def _is_higher(one: Figure, other: Figure) -> bool:
    if not one.ways or not other.ways:
        return False
    low = min(way.exact for way in one.ways)
    return bool(low > max(way.exact for way in other.ways))  # type: ignore[operator]


def _undated(deadline: Deadline, topic: Topic, known: Known) -> tuple[str, ...]:
    """The fact the deadline runs from, when it has not been told."""
    fact = deadline.after
    return (fact,) if fact in topic.facts and known.get(fact) is None else ()
