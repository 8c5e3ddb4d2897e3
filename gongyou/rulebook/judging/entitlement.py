"""Who may apply: each condition of an entitlement judged, with the reason told."""

from __future__ import annotations

from dataclasses import dataclass

from gongyou.rulebook.judging.conditions import Verdict, judge
from gongyou.rulebook.judging.figure import choices
from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.judging.segments import Segment
from gongyou.rulebook.judging.worksheet import Worksheet
from gongyou.rulebook.model import Requirement, Rule, Rulebook, Topic
from gongyou.rulebook.model.formula import Formula
from gongyou.rulebook.model.outcomes import Reason


@dataclass(frozen=True, slots=True)
class Judgement:
    """`eligible` None: it hangs on facts not known; `needs`: those that can still be asked."""

    eligible: bool | None
    reasons: tuple[Reason, ...]
    needs: tuple[str, ...] = ()


def judge_entitlement(
    rulebook: Rulebook, topic: Topic, rule: Rule, segment: Segment, known: Known
) -> Judgement:
    """The rule's entitlement for this case. One unmet condition settles it: no more is asked."""
    assert rule.eligibility is not None
    reasons: list[Reason] = []
    needs: list[str] = []
    for requirement in rule.eligibility.requires:
        verdict = _judge(rulebook, topic, requirement, segment, known)
        needs += verdict.missing
        text = requirement.yes if verdict.holds else requirement.no
        if verdict.holds is None:
            text = _unsure(rulebook, verdict.unknown or verdict.missing)
        reasons.append(Reason(verdict.holds, text))
    if any(reason.met is False for reason in reasons):
        return Judgement(False, tuple(reason for reason in reasons if reason.met is not None))
    unsure = any(reason.met is None for reason in reasons)
    return Judgement(None if unsure else True, tuple(reasons), tuple(needs))


def _unsure(rulebook: Rulebook, names: tuple[str, ...]) -> str:
    """Which facts are not clear; without any, the figure it is compared with cannot be had."""
    if not names:
        return rulebook.words["reason.no_figure"]
    labels = "、".join(_label(rulebook, name) for name in names)
    return rulebook.words["reason.unsure"].format(label=labels)


def _judge(
    rulebook: Rulebook, topic: Topic, requirement: Requirement, segment: Segment, known: Known
) -> Verdict:
    verdict = judge(requirement.when, known, segment.facts, topic.facts)
    if requirement.test is None or verdict.holds is not True:
        return verdict
    try:
        return _tested(rulebook, topic, requirement.test, segment, known)
    except (ArithmeticError, OverflowError, ValueError):  # ÷ 0, a day beyond the calendar
        return Verdict(None)


def _tested(
    rulebook: Rulebook, topic: Topic, test: Formula, segment: Segment, known: Known
) -> Verdict:
    sheet = Worksheet(rulebook, segment, known, {})
    results = {bool(test.root.value(sheet))}
    asked = tuple(name for name in sheet.needs if name in topic.facts)
    if asked:
        return Verdict(None, asked)
    gone = [name for name, one in sheet.found.items() if not one.options]
    if sheet.unknown or sheet.needs or gone:
        return Verdict(None, unknown=(*sheet.unknown, *sheet.needs, *gone))
    for choice in choices(sheet.found):
        results.add(bool(test.root.value(Worksheet(rulebook, segment, known, choice))))
    return Verdict(results.pop()) if len(results) == 1 else Verdict(None, unknown=(*sheet.found,))


def _label(rulebook: Rulebook, name: str) -> str:
    fact = rulebook.facts.get(name)
    return fact.label if fact else rulebook.parameters[name].title
