"""Puts what the rules found together: steps, sums, basis, next steps, notes, trace."""

from __future__ import annotations

from decimal import Decimal

from gongyou.rulebook.basis import citations
from gongyou.rulebook.find import Finding
from gongyou.rulebook.known import Known
from gongyou.rulebook.model import STATUSES, Rule, Rulebook, Status, Topic
from gongyou.rulebook.notes import derive, hinted, last_day, notes_of, say
from gongyou.rulebook.outcomes import Alternative, Answer, Step
from gongyou.rulebook.text import span_text, to_fen


def build_answer(rulebook: Rulebook, topic: Topic, known: Known, findings: list[Finding]) -> Answer:
    """The answer the findings add up to. No finding may still need a fact."""
    paid = [_paid_step(rulebook, topic, finding) for finding in findings if _pays(topic, finding)]
    status = _status(findings)
    derived = derive(findings, status)
    lines = list(dict.fromkeys(rule for finding in findings for rule in finding.lines))
    rules = [finding.rule for finding in findings if finding.rule] + lines
    rows = [row for finding in findings if finding.figure for row in finding.figure.rows]
    low, high = _sums(findings)
    sure = _missing_nothing(findings)
    exact = sure and all(len(f.figure.ways) == 1 for f in findings if f.figure)
    return Answer(
        topic=topic.name,
        title=topic.title,
        steps=(*paid, *(_line_step(rule, known) for rule in lines if rule.under == "workings")),
        total=to_fen(low) if exact else None,
        total_low=to_fen(low) if sure and not exact else None,
        total_high=to_fen(high) if sure and not exact else None,
        known_total=to_fen(_known_sum(findings)),
        basis=tuple(citations(rulebook, rules, rows)),
        next_steps=(
            *hinted(rulebook, topic.next_steps, known, derived, known.on),
            *(say(rule, known) for rule in lines if rule.under == "next_steps"),
        ),
        notes=tuple(dict.fromkeys(notes_of(rulebook, topic, known, findings, lines, derived))),
        status=status,
        trace=tuple(dict.fromkeys([*(r.id for r in rules), *(row.id for row in rows)])),
    )


def _pays(topic: Topic, finding: Finding) -> bool:
    asked = bool(finding.unknown) and not finding.lines
    return topic.segments is not None or finding.rule is not None or asked


def _paid_step(rulebook: Rulebook, topic: Topic, finding: Finding) -> Step:
    segment, rule, figure = finding.segment, finding.rule, finding.figure
    span = (segment.since, segment.cycle_until)
    if segment.kind != "after_resume" and segment.number > 0:
        span = (segment.cycle_since, segment.cycle_until)
    template = topic.words.get(f"label.{segment.kind}", rule.title if rule else topic.title)
    label = template.format(span=span_text(*span), n=segment.number)
    if rule is None or figure is None:
        names = "、".join(rulebook.facts[n].label for n in sorted(finding.unknown))
        key = "missing.fact" if names else "missing.no_rule"
        why = rulebook.words[key].format(label=names)
        return Step(label, segment.since, segment.until, "", "", None, (), "", why)
    ways = figure.ways
    one = ways[0] if len(ways) == 1 else None
    options = tuple(Alternative(w.condition, w.expression, to_fen(w.exact)) for w in ways)
    return Step(
        label=label,
        since=segment.since,
        until=segment.until,
        says=rule.says,
        expression=one.expression if one else "",
        amount=to_fen(one.exact) if one else None,
        alternatives=() if one else options,
        rule_id=rule.id,
        missing=figure.missing,
        source=figure.source,
    )


def _line_step(rule: Rule, known: Known) -> Step:
    last = last_day(rule, known)
    return Step(rule.title, None, last, say(rule, known), "", None, (), rule.id, None)


def _status(findings: list[Finding]) -> Status:
    figures = [finding.figure.status for finding in findings if finding.figure]
    lines = [rule.status for finding in findings for rule in finding.lines]
    return max(figures or lines, key=STATUSES.index, default="verified")


def _sums(findings: list[Finding]) -> tuple[Decimal, Decimal]:
    ways = [finding.figure.ways for finding in findings if finding.figure and finding.figure.ways]
    low = sum((min(way.exact for way in one) for one in ways), Decimal(0))
    return low, sum((max(way.exact for way in one) for one in ways), Decimal(0))


def _known_sum(findings: list[Finding]) -> Decimal:
    ways = [finding.figure.ways for finding in findings if finding.figure]
    return sum((one[0].exact for one in ways if len(one) == 1), Decimal(0))


def _missing_nothing(findings: list[Finding]) -> bool:
    paying = [finding for finding in findings if finding.figure or finding.unknown]
    return bool(paying) and all(f.figure is not None and f.figure.ways for f in paying)
