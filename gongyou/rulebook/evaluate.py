"""From a question to an answer, or to the fact that is needed next."""

from __future__ import annotations

from collections.abc import Iterable

from gongyou.rulebook.judging.contradictions import check_together
from gongyou.rulebook.judging.cuts import SEGMENTERS
from gongyou.rulebook.judging.find import Finding, find
from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.model import Rulebook, Topic
from gongyou.rulebook.model.outcomes import Answer, NeedFacts, NoRule, Question
from gongyou.rulebook.telling.answer import build_answer

_OWN_LABOUR_LAW = ("71", "81", "82")


def evaluate(rulebook: Rulebook, question: Question) -> Answer | NeedFacts | NoRule:
    """The answer; or the facts to ask for, first one first; or why no rule covers it.

    Raises FactError for facts that cannot be true, KeyError for a topic that does not exist.
    """
    topic = rulebook.topics[question.topic]
    known = Known(rulebook, question.facts, question.on)
    known.check(rulebook.regions)
    check_together(rulebook, known, question.facts)
    if known.region[:2] in _OWN_LABOUR_LAW:
        return NoRule(topic.name, rulebook.words["no_rule.outside"])
    cut = SEGMENTERS[topic.segments or "whole"](topic, known)
    if cut.refused:
        return NoRule(topic.name, topic.words[f"refused.{cut.refused}"])
    findings = [find(rulebook, topic, segment, known) for segment in cut.segments]
    needs = dict.fromkeys((*cut.missing, *(n for n in topic.needs if known.get(n) is None)))
    for finding in findings:
        needs.update(finding.needs)
    if needs:
        return NeedFacts(topic.name, _in_order(topic, needs))
    judged = findings[:1] if topic.segments == "pay_cycles" else findings
    if not any(_covers(topic, finding) for finding in judged):
        return NoRule(topic.name, topic.words["no_rule"])
    return build_answer(rulebook, topic, known, findings)


def _covers(topic: Topic, finding: Finding) -> bool:
    """Whether the rules say what is owed or holds, not only something by the way."""
    lines = [rule for rule in finding.lines if rule.under == "workings"]
    told = finding.figures or finding.entitled or finding.unknown
    return bool(told or (lines and topic.segments != "pay_cycles"))


def _in_order(topic: Topic, needs: Iterable[str]) -> tuple[str, ...]:
    """What the topic must know, then what it asks, in its own order."""
    listed = (*topic.needs, *topic.facts)
    order = {name: place for place, name in reversed(list(enumerate(listed)))}
    return tuple(sorted(needs, key=lambda name: (order.get(name, len(listed)), name)))
