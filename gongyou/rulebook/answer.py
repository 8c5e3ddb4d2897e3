"""Puts what the rules found together: steps, sums, basis, next steps, notes, trace."""

from __future__ import annotations

from collections.abc import Iterator

from gongyou.rulebook.basis import citations
from gongyou.rulebook.entitlement import Judgement
from gongyou.rulebook.figure import Figure
from gongyou.rulebook.find import Finding
from gongyou.rulebook.known import Known
from gongyou.rulebook.model import STATUSES, Rule, Rulebook, Status, Topic
from gongyou.rulebook.notes import derive, hinted, last_day, notes_of, say
from gongyou.rulebook.outcomes import Alternative, Answer, Eligibility, Step
from gongyou.rulebook.segments import Segment
from gongyou.rulebook.text import rounded, span_text
from gongyou.rulebook.totals import totals


def build_answer(rulebook: Rulebook, topic: Topic, known: Known, findings: list[Finding]) -> Answer:
    """The answer the findings add up to. No finding may still need a fact."""
    status = _status(findings)
    derived = derive(findings, status)
    lines = list(dict.fromkeys(rule for finding in findings for rule in finding.lines))
    rules = list(dict.fromkeys([*_deciding(findings), *lines]))
    rows = [row for f in findings for _, figure in f.figures.values() for row in figure.rows]
    paid = [s for f in findings for s in _paid_steps(rulebook, topic, f)]
    told = (rule for rule in lines if rule.under == "workings")
    entitled = tuple(_eligibility(*one) for finding in findings for one in finding.entitled)
    return Answer(
        topic=topic.name,
        title=topic.title,
        steps=(*paid, *(_line_step(rule, known) for rule in told)),
        totals=totals(rulebook, topic, findings),
        eligibility=entitled,
        basis=tuple(citations(rulebook, rules, rows)),
        next_steps=(
            *hinted(rulebook, topic.next_steps, known, derived, known.on),
            *(say(rule, known) for rule in lines if rule.under == "next_steps"),
        ),
        notes=tuple(dict.fromkeys(notes_of(rulebook, topic, known, findings, lines, derived))),
        status=status,
        trace=tuple(dict.fromkeys([*(r.id for r in rules), *(row.id for row in rows)])),
    )


def _deciding(findings: list[Finding]) -> Iterator[Rule]:
    """The rules that judge or pay, in the order of the segments."""
    for finding in findings:
        yield from (rule for rule, _ in finding.entitled)
        yield from (rule for rule, _ in finding.figures.values())


def _paid_steps(rulebook: Rulebook, topic: Topic, finding: Finding) -> Iterator[Step]:
    for rule, figure in finding.figures.values():
        yield from _figure_steps(rulebook, topic, finding.segment, rule, figure)
    nothing = not finding.figures and not finding.entitled
    if nothing and (topic.segments == "pay_cycles" or (finding.unknown and not finding.lines)):
        yield _unpaid_step(rulebook, topic, finding)


def _label(rulebook: Rulebook, topic: Topic, segment: Segment, title: str) -> str:
    span = (segment.cycle_since, segment.cycle_until)
    if segment.kind == "after_resume":
        span = (segment.since, segment.cycle_until)
    words = {**rulebook.words, **topic.words}
    template = words.get(f"label.{segment.kind}", title)
    return template.format(span=span_text(*span), n=segment.number, title=title)


def _figure_steps(
    rulebook: Rulebook, topic: Topic, segment: Segment, rule: Rule, figure: Figure
) -> Iterator[Step]:
    """The lines on the way, when there is one way only, and the figure itself."""
    assert rule.amount is not None
    ways, amount = figure.ways, rule.amount
    one = ways[0] if len(ways) == 1 else None
    for step in one.steps if one else ():
        if step.label:
            yield Step(
                step.label, None, None, "", step.expression, rounded(step.exact), (), rule.id,
                None, "", step.name, step.unit, on_the_way=True,
            )  # fmt: skip
    options = tuple(Alternative(w.condition, w.expression, rounded(w.exact)) for w in ways)
    yield Step(
        label=_label(rulebook, topic, segment, rule.title),
        since=segment.since,
        until=segment.until,
        says=rule.says,
        expression=one.expression if one else "",
        amount=rounded(one.exact) if one else None,
        alternatives=() if one else options,
        rule_id=rule.id,
        missing=figure.missing,
        source=figure.source,
        name=amount.name,
        unit=amount.unit,
    )


def _unpaid_step(rulebook: Rulebook, topic: Topic, finding: Finding) -> Step:
    segment = finding.segment
    names = "、".join(rulebook.facts[name].label for name in sorted(finding.unknown))
    why = rulebook.words["missing.fact" if names else "missing.no_rule"].format(label=names)
    label = _label(rulebook, topic, segment, topic.title)
    return Step(label, segment.since, segment.until, "", "", None, (), "", why)


def _line_step(rule: Rule, known: Known) -> Step:
    last = last_day(rule, known)
    return Step(rule.title, None, last, say(rule, known), "", None, (), rule.id, None)


def _eligibility(rule: Rule, judgement: Judgement) -> Eligibility:
    own = rule.eligibility
    assert own is not None
    key = {True: own.yes, False: own.no, None: own.unsure}
    return Eligibility(
        rule.id, own.name, judgement.eligible, judgement.reasons, own.papers, own.apply,
        key[judgement.eligible],
    )  # fmt: skip


def _status(findings: list[Finding]) -> Status:
    """The weakest of what decides; of the lines, when nothing else does."""
    figures = [figure.status for finding in findings for _, figure in finding.figures.values()]
    entitled = [rule.status for finding in findings for rule, _ in finding.entitled]
    lines = [rule.status for finding in findings for rule in finding.lines]
    return max([*figures, *entitled] or lines, key=STATUSES.index, default="verified")
