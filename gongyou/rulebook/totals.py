"""What the figures of all segments add up to, amount by amount."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gongyou.rulebook.figure import Figure
from gongyou.rulebook.find import Finding
from gongyou.rulebook.model import Amount, Rulebook, Topic
from gongyou.rulebook.outcomes import Total
from gongyou.rulebook.text import rounded


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
    values = [[way.exact for way in figure.ways] for figure in found if figure.ways]
    days = [value for options in values for value in options if isinstance(value, date)]
    name = (amount.name, amount.label or topic.title, amount.unit)
    if days:
        return Total(
            *name, days[0] if len(days) == 1 and not gone else None, None, None, Decimal(0)
        )
    numbers = [[v for v in options if isinstance(v, Decimal)] for options in values]
    low = rounded(sum((min(options) for options in numbers), Decimal(0)), amount.unit)
    high = rounded(sum((max(options) for options in numbers), Decimal(0)), amount.unit)
    known = rounded(sum((o[0] for o in numbers if len(o) == 1), Decimal(0)), amount.unit)
    if gone:
        return Total(*name, None, None, None, known, gone)
    if all(len(options) == 1 for options in numbers):
        return Total(*name, low, None, None, known)
    return Total(*name, None, low, high, known)


def _missing(found: list[Figure]) -> Iterator[str]:
    return (figure.missing for figure in found if figure.missing)


def _unpaid(rulebook: Rulebook, topic: Topic, findings: list[Finding]) -> Iterator[str]:
    """Pieces of time no rule pays for: the sum is then not the whole."""
    for finding in findings:
        if finding.figures or (topic.segments != "pay_cycles" and not finding.unknown):
            continue
        names = "、".join(rulebook.facts[name].label for name in sorted(finding.unknown))
        key = "missing.fact" if names else "missing.no_rule"
        yield rulebook.words[key].format(label=names)
