"""Who may apply: each condition of an entitlement judged, with the reason told."""

from __future__ import annotations

from dataclasses import dataclass

from gongyou.rulebook.conditions import Verdict, judge
from gongyou.rulebook.known import Known
from gongyou.rulebook.model import Requirement, Rule, Rulebook, Topic
from gongyou.rulebook.outcomes import Reason
from gongyou.rulebook.segments import Segment
from gongyou.rulebook.worksheet import Worksheet


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
            names = verdict.unknown or verdict.missing
            labels = "、".join(rulebook.facts[name].label for name in names)
            text = rulebook.words["reason.unsure"].format(label=labels)
        reasons.append(Reason(verdict.holds, text))
    if any(reason.met is False for reason in reasons):
        return Judgement(False, tuple(reasons))
    unsure = any(reason.met is None for reason in reasons)
    return Judgement(None if unsure else True, tuple(reasons), tuple(needs))


def _judge(
    rulebook: Rulebook, topic: Topic, requirement: Requirement, segment: Segment, known: Known
) -> Verdict:
    verdict = judge(requirement.when, known, segment.facts, topic.facts)
    if requirement.test is None or verdict.holds is not True:
        return verdict
    sheet = Worksheet(rulebook, segment, known, {})
    met = bool(requirement.test.root.value(sheet))
    if sheet.unknown or any(not one.options for one in sheet.found.values()):
        return Verdict(None, unknown=tuple(sheet.unknown))
    asked = tuple(name for name in sheet.needs if name in topic.facts)
    return Verdict(None, asked) if sheet.needs else Verdict(met)
