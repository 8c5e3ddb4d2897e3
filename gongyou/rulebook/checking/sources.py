"""What stands on nothing, or was read too long ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from gongyou.rulebook.checking.findings import Check, Finding, Linted, error, warning
from gongyou.rulebook.model import ParameterRow, Rule, formulas_of

_YEARS: Final = 2
_TIERS: Final = "min_wage_tier"  # its documents are those of min_wage_monthly


def uncited_rules(linted: Linted) -> Iterator[Finding]:
    """A rule that works something out, or says it was read, without number or source."""
    for rule in linted.rules:
        if _gives_a_figure(rule) and not _cited(rule, linted):
            yield error(
                rule,
                "gives a figure, but its basis has neither number nor article, and no source",
                "Write the document's number: and article:, or where it was read under sources:",
            )
        if rule.status == "verified" and not rule.sources:
            cure = "Write under sources: where the document was read"
            yield warning(rule, "is verified, yet has no sources", cure)
        if rule.status == "verified" and rule.verified_on is None:
            cure = "Write verified_on: and the day it was compared with the document"
            yield error(rule, "is verified, yet no verified_on says when", cure)


def _gives_a_figure(rule: Rule) -> bool:
    return rule.status != "unverified" and bool(rule.amount or rule.eligibility)


def _cited(rule: Rule, linted: Linted) -> bool:
    """By number, article or source; or its figure is a parameter, which is cited by itself."""
    names = {name for formula in formulas_of(rule) for name in formula.names}
    first = rule.basis[0]
    known = names & set(linted.rulebook.parameters)
    return bool(first.number or first.article or rule.sources or known)


def uncited_figures(linted: Linted) -> Iterator[Finding]:
    """A figure without document and source; a verified one without a document."""
    for row in _rows(linted):
        if row.value is None:
            continue
        if not row.document and not row.sources:
            cure = "Write document: and number:, or source: where it was read"
            yield error(row, f"the figure {row.value} stands on no document and no source", cure)
        elif row.status == "verified" and not row.document and row.parameter != _TIERS:
            cure = "Name the document: and number:, or write status: secondary"
            yield warning(row, f"the figure {row.value} is verified without a document", cure)


def grown_old(linted: Linted) -> Iterator[Finding]:
    """What was compared with its document more than two years ago, or on a day still to come."""
    checked: list[Rule | ParameterRow] = [*linted.rules, *_rows(linted)]
    for one in checked:
        if one.status != "verified" or one.verified_on is None:
            continue
        if one.verified_on > linted.today:
            cure = "Write the day it was compared"
            yield error(one, f"verified_on {one.verified_on} is still to come", cure)
        elif _years_later(one.verified_on) < linted.today:
            what = f"was verified on {one.verified_on}, more than {_YEARS} years ago"
            yield error(one, what, "Compare it with the document again and renew verified_on:")


def _rows(linted: Linted) -> list[ParameterRow]:
    parameters = linted.rulebook.parameters.values()
    return [row for one in parameters for rows in one.rows.values() for row in rows]


def _years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + _YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year + _YEARS, day=28)


CHECKS: Final[tuple[Check, ...]] = (uncited_rules, uncited_figures, grown_old)
