"""From a question to an answer, or to the fact that is needed next."""

from __future__ import annotations

from gongyou.rulebook.answer import build_answer
from gongyou.rulebook.find import Finding, find
from gongyou.rulebook.known import Known
from gongyou.rulebook.model import Rulebook, Topic
from gongyou.rulebook.outcomes import Answer, NeedFacts, NoRule, Question
from gongyou.rulebook.segments import SEGMENTERS, whole

_OWN_LABOUR_LAW = ("71", "81", "82")


def evaluate(rulebook: Rulebook, question: Question) -> Answer | NeedFacts | NoRule:
    """The answer; or the facts to ask for, first one first; or why no rule covers it.

    Raises FactError for facts that cannot be true, KeyError for a topic that does not exist.
    """
    topic = rulebook.topics[question.topic]
    known = Known(rulebook.facts, question.facts, question.on)
    known.check(rulebook.regions)
    if known.region[:2] in _OWN_LABOUR_LAW:
        return NoRule(topic.name, rulebook.words["no_rule.outside"])
    cut = SEGMENTERS[topic.segments](known) if topic.segments else whole(known)
    if cut.refused:
        return NoRule(topic.name, topic.words[f"refused.{cut.refused}"])
    findings = [find(rulebook, topic, segment, known) for segment in cut.segments]
    needs = {*cut.missing, *(name for name in topic.needs if known.get(name) is None)}
    needs = needs.union(*(finding.needs for finding in findings))
    if needs:
        return NeedFacts(topic.name, _in_order(topic, needs))
    if not _covers(topic, findings[0]):
        return NoRule(topic.name, topic.words["no_rule"])
    return build_answer(rulebook, topic, known, findings)


def _covers(topic: Topic, finding: Finding) -> bool:
    """Whether the rules say what is owed or holds, not only something by the way."""
    lines = [rule for rule in finding.lines if rule.under == "workings"]
    return bool(finding.rule or finding.unknown or (lines and not topic.segments))


def _in_order(topic: Topic, needs: set[str]) -> tuple[str, ...]:
    order = {name: place for place, name in enumerate(topic.facts)}
    return tuple(sorted(needs, key=lambda name: (order.get(name, len(order)), name)))
