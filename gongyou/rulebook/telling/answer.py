"""The answer: what holds and adds up at once, how it came to be told when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from gongyou.rulebook.judging.entitlement import Judgement
from gongyou.rulebook.judging.figure import Figure
from gongyou.rulebook.judging.find import Finding
from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.judging.segments import Segment
from gongyou.rulebook.judging.totals import totals, why_unpaid
from gongyou.rulebook.model import STATUSES, ParameterRow, Rule, Rulebook, Status, Topic
from gongyou.rulebook.model.outcomes import Answer, Citation, Eligibility, Step
from gongyou.rulebook.model.text import rounded_or_day, span_text
from gongyou.rulebook.telling.basis import citations
from gongyou.rulebook.telling.figure_words import alternatives, expression, source, steps_on_the_way
from gongyou.rulebook.telling.notes import derive, hinted, last_day, notes_of, say


def build_answer(rulebook: Rulebook, topic: Topic, known: Known, findings: list[Finding]) -> Answer:
    """The answer the findings add up to. No finding may still need a fact."""
    rules = _rules(findings)
    rows = [row for f in findings for _, figure in f.figures.values() for row in figure.rows]
    status = _status(findings)
    used = [rule.id for rule in rules]
    used += [row.id for row in dict.fromkeys(rows)]
    return Answer(
        topic=topic.name,
        title=topic.title,
        totals=totals(rulebook, topic, findings),
        eligibility=tuple(_eligibility(*one) for finding in findings for one in finding.entitled),
        status=status,
        trace=tuple(used),
        explanation=_Explanation(rulebook, topic, known, findings, status, rules, rows),
    )


def _rules(findings: list[Finding]) -> list[Rule]:
    """The rules that judge or pay, in the order of the segments; then those that only speak."""
    found: dict[Rule, None] = {}
    for finding in findings:
        found.update(dict.fromkeys(rule for rule, _ in finding.entitled))
        found.update(dict.fromkeys(rule for rule, _ in finding.figures.values()))
    for finding in findings:
        found.update(dict.fromkeys(finding.lines))
    return list(found)


class _Explanation:
    """Worded on demand: most of the time of an answer goes into its sentences."""

    def __init__(
        self,
        rulebook: Rulebook,
        topic: Topic,
        known: Known,
        findings: list[Finding],
        status: Status,
        rules: list[Rule],
        rows: list[ParameterRow],
    ) -> None:
        self._rulebook, self._topic, self._known = rulebook, topic, known
        self._findings, self._status, self._rules, self._rows = findings, status, rules, rows

    @property
    def _lines(self) -> list[Rule]:
        return [rule for rule in self._rules if not rule.amount and not rule.eligibility]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        paid = (step for finding in self._findings for step in self._paid(finding))
        told = (rule for rule in self._lines if rule.under == "workings")
        named = (
            rule
            for finding in self._findings
            for rule, _ in finding.entitled
            if rule.amount is None
        )
        return (*paid, *(_line_step(rule, self._known) for rule in (*named, *told)))

    @cached_property
    def basis(self) -> tuple[Citation, ...]:
        return tuple(citations(self._rulebook, self._rules, self._rows))

    @cached_property
    def next_steps(self) -> tuple[str, ...]:
        hints, day = self._topic.next_steps, self._known.on
        derived = derive(self._findings, self._status)
        said = (say(rule, self._known) for rule in self._lines if rule.under == "next_steps")
        return (*hinted(self._rulebook, hints, self._known, derived, day), *said)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        derived = derive(self._findings, self._status)
        told = notes_of(
            self._rulebook, self._topic, self._known, self._findings, self._lines, derived
        )
        return tuple(dict.fromkeys(told))

    def _paid(self, finding: Finding) -> Iterator[Step]:
        for rule, figure in finding.figures.values():
            yield from self._figure_steps(finding.segment, rule, figure)
        nothing = not finding.figures and not finding.entitled
        unclear = finding.unknown and not finding.lines
        if nothing and (self._topic.segments == "pay_cycles" or unclear):
            yield self._unpaid(finding)

    def _figure_steps(self, segment: Segment, rule: Rule, figure: Figure) -> Iterator[Step]:
        """The lines on the way, when there is one way only, and the figure itself."""
        assert rule.amount is not None
        one = figure.ways[0] if len(figure.ways) == 1 else None
        yield from steps_on_the_way(self._rulebook, rule, one) if one else ()
        yield Step(
            label=self._label(segment, rule.title),
            since=segment.since,
            until=segment.until,
            says=rule.says,
            expression=expression(self._rulebook, rule.amount, one) if one else "",
            amount=rounded_or_day(one.exact, rule.amount.unit) if one else None,
            alternatives=alternatives(self._rulebook, rule.amount, figure),
            rule_id=rule.id,
            missing=figure.missing,
            source=source(self._rulebook, figure, self._known),
            name=rule.amount.name,
            unit=rule.amount.unit,
        )

    def _unpaid(self, finding: Finding) -> Step:
        segment, why = finding.segment, why_unpaid(self._rulebook, finding)
        label = self._label(segment, self._topic.title)
        return Step(label, segment.since, segment.until, "", "", None, (), "", why)

    def _label(self, segment: Segment, title: str) -> str:
        span = (segment.cycle_since, segment.cycle_until)
        if segment.kind == "after_resume":
            span = (segment.since, segment.cycle_until)
        words = {**self._rulebook.words, **self._topic.words}
        template = words.get(f"label.{segment.kind}", "{title}")
        return template.format(span=span_text(*span), n=segment.number, title=title)


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
    found = {figure.status for finding in findings for _, figure in finding.figures.values()}
    found |= {rule.status for finding in findings for rule, _ in finding.entitled}
    found = found or {rule.status for finding in findings for rule in finding.lines}
    return next((status for status in reversed(STATUSES) if status in found), "verified")
