"""The sentences around an answer: deadlines, next steps, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from gongyou.rulebook.judging.conditions import judge
from gongyou.rulebook.judging.find import Finding
from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.judging.parameters import look_up
from gongyou.rulebook.model import FactValue, Hint, Rule, Rulebook, Status, Topic
from gongyou.rulebook.model.formula import Name
from gongyou.rulebook.model.text import day_text, nested, yuan
from gongyou.rulebook.telling.figure_words import doubts

type Derived = Mapping[str, FactValue]


def derive(findings: list[Finding], status: Status) -> Derived:
    """What hints and notes may ask of the whole answer, besides the facts."""
    first = next(iter(findings[0].figures.values()), None)
    formula = first[0].amount.formula.root if first and first[0].amount else None
    segments = [finding.segment for finding in findings]
    cycles = sum(segment.kind in ("first", "later") for segment in segments)
    mid = segments[0].since > segments[0].cycle_since
    return {
        "cycle": "later" if cycles > 1 else "first",
        "part": "yes" if any(s.facts.get("part") == "yes" for s in segments) else "no",
        "cycles": Decimal(cycles),
        "answer_status": status,
        "first_in_full": "yes" if isinstance(formula, Name) else "no",
        "began_mid_cycle": "yes" if mid else "no",
    }


def say(rule: Rule, known: Known) -> str:
    """The rule's sentence, with its deadline and the days left filled in."""
    last = last_day(rule, known)
    if last is None or rule.deadline is None:
        return rule.says
    left = (last - known.on).days
    template = rule.says if left >= 0 else rule.deadline.passed
    return template.format(deadline=day_text(last), days_left=left)


def last_day(rule: Rule, known: Known) -> date | None:
    """The last day of the rule's deadline, when there is one and its fact is known."""
    start = known.get(rule.deadline.after) if rule.deadline else None
    if rule.deadline is None or not isinstance(start, date):
        return None
    try:
        return start.replace(year=start.year + rule.deadline.years)
    except ValueError:
        return start.replace(year=start.year + rule.deadline.years, day=28)


def _aside(rulebook: Rulebook, rule: Rule, known: Known) -> str:
    """A note with the document it comes from."""
    basis = rule.basis[0]
    document = nested(basis.document)
    return rulebook.words["note.basis"].format(
        say=say(rule, known), document=document, article=basis.article
    )


def hinted(
    rulebook: Rulebook, hints: tuple[Hint, ...], known: Known, derived: Derived, day: date
) -> Iterator[str]:
    """The hints whose conditions hold. `day`: when the figures they quote must be in force."""
    for hint in hints:
        if not judge(hint.when, known, derived, ()).holds:
            continue
        if hint.parameter is None:
            yield hint.say
            continue
        found = look_up(rulebook, hint.parameter, known.region, day)
        lowest = min(found.options, key=lambda one: one.value, default=None)
        if lowest is None or (hint.above and not _is_above(lowest.value, known.get(hint.above))):
            continue
        place = rulebook.region_name(lowest.row.region)
        yield hint.say.format(region=place, value=yuan(lowest.value))


def _is_above(value: Decimal, told: FactValue | None) -> bool:
    return isinstance(told, Decimal) and value > told


def notes_of(
    rulebook: Rulebook,
    topic: Topic,
    known: Known,
    findings: list[Finding],
    lines: list[Rule],
    derived: Derived,
) -> Iterator[str]:
    """All notes: doubtful figures first, then what may change them, background last."""
    for finding in findings:
        for rule, figure in finding.figures.values():
            yield from doubts(rulebook, rule, figure, known)
    for finding in findings:
        for rule, _ in (*finding.entitled, *finding.figures.values()):
            yield from rule.notes
    yield from filter(None, known.stood_in.values())
    yield from hinted(rulebook, topic.notes, known, derived, findings[0].segment.since)
    for rule in lines:
        yield from rule.notes
    for rule in lines:
        if rule.under == "notes":
            yield _aside(rulebook, rule, known)
