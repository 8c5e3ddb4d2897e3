"""One legal period of a case: asks the rulebook, reads the last day out of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongyou.casework.conditions import holds, is_told
from gongyou.casework.deadline import Deadline, join_reasons
from gongyou.casework.plans import Plan, Source, read_plans
from gongyou.rulebook import (
    UNKNOWN,
    Answer,
    FactError,
    FactValue,
    NeedFacts,
    NoRule,
    Question,
    Rulebook,
    Step,
    evaluate,
)
from gongyou.rulebook.model import Rule


@dataclass(frozen=True, slots=True)
class _Asked:
    """The facts asked with and where each was taken from; what is missing."""

    facts: Mapping[str, FactValue]
    taken: Mapping[str, Source]
    needs: tuple[str, ...]

    def start(self, last_day: date) -> tuple[date | None, str]:
        """The day the period runs from, and what is doubtful about it.

        Of several it is the latest: one after the last day began nothing anew.
        """
        days = ((self.facts[name], source.because) for name, source in self.taken.items())
        fitting = [(d, why) for d, why in days if isinstance(d, date) and d <= last_day]
        return max(fitting, default=(None, ""))


def judge_period(
    rulebook: Rulebook, plan: Plan, facts: Mapping[str, FactValue], today: date
) -> Deadline | None:
    """The deadline; without a day when a fact is missing or wrong; None when no rule holds."""
    asked = _ask(rulebook, plan, facts)
    try:
        outcome = evaluate(rulebook, Question(plan.ask, asked.facts, today))
    except FactError as error:
        return _refused(rulebook, plan, asked, error)
    if isinstance(outcome, NoRule):
        return None
    if isinstance(outcome, NeedFacts):
        return _undated(plan, outcome.missing, _need(rulebook, outcome.missing))
    return _deadline(rulebook, plan, asked, outcome, today)


def _ask(rulebook: Rulebook, plan: Plan, facts: Mapping[str, FactValue]) -> _Asked:
    """What the case gives for the plan; 不清楚 for what it does not."""
    given = {"region": facts["region"]} if is_told(facts, "region") else {}
    taken: dict[str, Source] = {}
    for name, sources in plan.take.items():
        source = next((one for one in sources if is_told(facts, one.fact)), None)
        if source is not None:
            taken[name], given[name] = source, facts[source.fact]
    given = _implied(rulebook, given) | given
    for when, supposed in plan.suppose:
        if holds(when, facts):
            given = {**supposed, **given}
    needs = tuple(n for n, when in plan.needs if not is_told(given, n) and holds(when, given))
    return _Asked({**dict.fromkeys(needs, UNKNOWN), **given, **plan.facts}, taken, needs)


def _implied(rulebook: Rulebook, given: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """What must be so beside the facts told: who told a day of leaving has left."""
    facts = (rulebook.facts[name] for name in given)
    found = (one for fact in facts for one in fact.only_with.items())
    return {name: values[0] for name, values in found if len(values) == 1}


def _deadline(
    rulebook: Rulebook, plan: Plan, asked: _Asked, answer: Answer, today: date
) -> Deadline:
    rules = {rule.id: rule for rule in rulebook.topics[plan.ask].rules}
    step = _deciding(plan, answer, rules)
    rule = rules[step.rule_id]
    day = _day(step)
    words = read_plans().words
    if rule.status == "unverified":
        return _undated(plan, asked.needs, words["unverified"], rule)
    if day is None:
        need = _need(rulebook, asked.needs) if asked.needs else ""
        return _undated(plan, asked.needs, join_reasons(need, step.says), rule)
    start, because = asked.start(day)
    over = step.says if rule.deadline else plan.passed
    reason = join_reasons(
        over if day < today else "",
        because,
        *(rules[one].says for one in answer.trace if one in plan.doubts),
        words["secondary"] if rule.status == "secondary" else "",
    )
    return Deadline(
        key=plan.key,
        title=plan.title,
        starts_on=start,
        last_day=day,
        basis=rule.basis[0],
        certainty="depends" if reason else "known",
        reason=reason,
        says="" if step.says in reason else step.says,
        whose=plan.whose,
    )


def _deciding(plan: Plan, answer: Answer, rules: Mapping[str, Rule]) -> Step:
    """The line of the answer that gives the last day, or at least says what it hangs on."""
    own = [one for one in answer.steps if one.rule_id]
    named = [one for one in own if plan.amount and one.name == plan.amount]
    dated = [one for one in own if rules[one.rule_id].deadline is not None]
    return (named or dated or own)[0]


def _day(step: Step) -> date | None:
    """The day worked out, or that of the rule's own deadline."""
    if step.name:
        return step.amount if isinstance(step.amount, date) else None
    return step.until


def _refused(rulebook: Rulebook, plan: Plan, asked: _Asked, error: FactError) -> Deadline:
    """Says which fact of the case cannot be true, by its own name if it stood for another."""
    source = asked.taken.get(error.name)
    if source is None or source.fact == error.name:
        return _undated(plan, (error.name,), str(error))
    return _undated(plan, (source.fact,), rulebook.facts[source.fact].wrong)


def _undated(plan: Plan, needs: tuple[str, ...], reason: str, rule: Rule | None = None) -> Deadline:
    basis = rule.basis[0] if rule else None
    return Deadline(
        plan.key, plan.title, None, None, basis, "depends", reason, "", needs, plan.whose
    )


def _need(rulebook: Rulebook, needs: tuple[str, ...]) -> str:
    labels = "、".join(rulebook.facts[name].label for name in needs)
    return read_plans().words["need"].format(labels=labels)
