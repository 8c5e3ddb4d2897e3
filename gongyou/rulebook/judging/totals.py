"""What the figures of all segments add up to, amount by amount."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from gongyou.rulebook.judging.figure import Figure
from gongyou.rulebook.judging.find import Finding
from gongyou.rulebook.model import Amount, Rulebook, Topic
from gongyou.rulebook.model.outcomes import Total
from gongyou.rulebook.model.text import rounded

_NOTHING: Final = Decimal(0)


def totals(rulebook: Rulebook, topic: Topic, findings: list[Finding]) -> tuple[Total, ...]:
    """One total for each amount name, in the order the rules were written."""
    amounts: dict[str, Amount] = {}
    for finding in findings:
        for rule, _ in finding.figures.values():
            if rule.amount is not None:
                amounts.setdefault(rule.amount.name, rule.amount)
    named = list(amounts.values())
    if len(named) > 1:
        order = dict.fromkeys(rule.amount.name for rule in topic.rules if rule.amount)
        named.sort(key=lambda amount: list(order).index(amount.name))
    return tuple(_total(rulebook, topic, amount, findings) for amount in named)


def _total(rulebook: Rulebook, topic: Topic, amount: Amount, findings: list[Finding]) -> Total:
    found = [f.figures[amount.name][1] for f in findings if amount.name in f.figures]
    gone = tuple(dict.fromkeys((*_missing(found), *_unpaid(rulebook, topic, findings))))
    label, unit = amount.label or topic.title, amount.unit
    if unit == "日期":
        days = [way.exact for figure in found for way in figure.ways]
        day = days[0] if len(days) == 1 and not gone else None
        return Total(amount.name, label, unit, day, None, None, _NOTHING, gone)
    low, high, known = _sums(found)
    if not gone and low == high:
        value = rounded(low, unit)
        return Total(amount.name, label, unit, value, None, None, value)
    known = rounded(known, unit)
    if gone:
        return Total(amount.name, label, unit, None, None, None, known, gone)
    low, high = rounded(low, unit), rounded(high, unit)
    return Total(amount.name, label, unit, None, low, high, known)


def _sums(found: list[Figure]) -> tuple[Decimal, Decimal, Decimal]:
    """The least and the most the figures may come to, and what those without a choice do."""
    low = high = known = _NOTHING
    for figure in found:
        numbers = [way.exact for way in figure.ways if isinstance(way.exact, Decimal)]
        if len(numbers) == 1:
            known += numbers[0]
        if numbers:
            low, high = low + min(numbers), high + max(numbers)
    return low, high, known


def _missing(found: list[Figure]) -> Iterator[str]:
    return (figure.missing for figure in found if figure.missing)


def _unpaid(rulebook: Rulebook, topic: Topic, findings: list[Finding]) -> Iterator[str]:
    """Pieces of time no rule pays for: the sum is then not the whole."""
    for finding in findings:
        if finding.figures or (topic.segments != "pay_cycles" and not finding.unknown):
            continue
        yield why_unpaid(rulebook, finding)


def why_unpaid(rulebook: Rulebook, finding: Finding) -> str:
    """Why no rule pays for the piece: a fact that nobody knows, or no rule at all."""
    names = "、".join(rulebook.facts[name].label for name in sorted(finding.unknown))
    key = "missing.fact" if names else "missing.no_rule"
    return rulebook.words[key].format(label=names)
