"""A what-if in words: what changes first, then both answers, then the rules behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from gongyou.rulebook.compare import AmountChange, Difference, EligibilityChange
from gongyou.rulebook.model import FactValue, Rulebook
from gongyou.rulebook.model.outcomes import Answer, NeedFacts, NoRule
from gongyou.rulebook.model.text import day_text, in_unit, spaced
from gongyou.rulebook.model.values import describe_fact
from gongyou.rulebook.telling.card import render_card


def render_difference(rulebook: Rulebook, difference: Difference) -> list[str]:
    """The lines a worker reads. Sentences come from words.yaml."""
    words = rulebook.words
    changed = [_amount(one, words) for one in difference.amounts]
    changed += [_eligibility(one, words) for one in difference.eligibility]
    conclusions = (
        ("compare.before", _conclusion(rulebook, difference.before, difference.asked.facts)),
        ("compare.after", _conclusion(rulebook, difference.after, difference.instead.facts)),
    )
    return [
        words["compare.change"].format(text="，".join(_changes(rulebook, difference))),
        *(changed or ([words["compare.nothing"]] if _alike(difference) else [])),
        *(words[key].format(text=text) for key, text in conclusions),
        *_rules(rulebook, difference),
    ]


def _changes(rulebook: Rulebook, difference: Difference) -> Iterator[str]:
    before, after = difference.asked, difference.instead
    if before.on != after.on:
        yield rulebook.words["compare.day"].format(text=day_text(after.on))
    for name in {**before.facts, **after.facts}:
        if before.facts.get(name) != after.facts.get(name):
            yield _change(rulebook, name, after.facts.get(name))


def _change(rulebook: Rulebook, name: str, value: FactValue | None) -> str:
    if value is None:
        return rulebook.words["compare.untold"].format(label=rulebook.facts[name].label)
    text = describe_fact(rulebook, name, value)
    return rulebook.words["compare.fact"].format(label=rulebook.facts[name].label, text=text)


def _amount(one: AmountChange, words: Mapping[str, str]) -> str:
    key = "compare.unsure"
    if one.difference is not None:
        key = "compare.same" if one.difference == 0 else "compare.more"
        key = "compare.less" if one.difference < 0 else key
        if isinstance(one.after, date) and one.difference:
            key = "compare.later" if one.difference > 0 else "compare.earlier"
    figure = in_unit(abs(one.difference or Decimal(0)), one.unit)
    before = _value(one.before, one.between_before, one.unit, words)
    after = _value(one.after, one.between_after, one.unit, words)
    return words[key].format(
        label=one.label, before=before, after=after, figure=figure, unit=spaced(one.unit)
    )


def _value(
    value: Decimal | date | None,
    between: tuple[Decimal, Decimal] | None,
    unit: str,
    words: Mapping[str, str],
) -> str:
    if between is not None:
        low, high = (in_unit(bound, unit) for bound in between)
        return words["compare.between"].format(low=low, high=high, unit=spaced(unit))
    if value is None:
        return words["compare.none"]
    return f"{in_unit(value, unit)}{spaced(unit)}"


def _eligibility(one: EligibilityChange, words: Mapping[str, str]) -> str:
    kinds = {True: "yes", False: "no", None: "open"}
    before = kinds[one.before] if one.judged_before else "absent"
    after = kinds[one.after] if one.judged_after else "absent"
    key = "compare.still" if before == after else "compare.turned"
    told = {"before": words[f"compare.{before}"], "after": words[f"compare.{after}"]}
    return words[key].format(name=one.name, **told)


def _conclusion(
    rulebook: Rulebook, outcome: Answer | NeedFacts | NoRule, facts: Mapping[str, FactValue]
) -> str:
    match outcome:
        case Answer():
            return render_card(rulebook, outcome, facts).conclusion
        case NeedFacts():
            return rulebook.words["compare.needs"].format(
                text=rulebook.facts[outcome.missing[0]].ask
            )
        case NoRule():
            return outcome.reason


def _alike(difference: Difference) -> bool:
    return not difference.left and not difference.came


def _rules(rulebook: Rulebook, difference: Difference) -> Iterator[str]:
    """The titles of rules that left and came; a figure alone is told by its amount."""
    titles = {rule.id: rule.title for rule in rulebook.topics[difference.asked.topic].rules}
    left, came = (
        dict.fromkeys(titles[one] for one in ids if one in titles)
        for ids in (difference.left, difference.came)
    )
    for key, named, others in (("compare.left", left, came), ("compare.came", came, left)):
        own = [title for title in named if title not in others]
        if own:
            yield rulebook.words[key].format(text="、".join(own))
