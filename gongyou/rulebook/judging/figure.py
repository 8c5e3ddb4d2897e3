"""One rule's figure for one segment: worked out each way it may come out, or why it cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Final

from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.judging.parameters import Found
from gongyou.rulebook.judging.segments import Segment
from gongyou.rulebook.judging.worksheet import Worksheet
from gongyou.rulebook.model import STATUSES, Amount, ParameterRow, Rule, Rulebook, Status, Working
from gongyou.rulebook.model.formula import Formula
from gongyou.rulebook.model.regions import NATION

type Result = Decimal | date

_MOST_DIGITS: Final = 15


@dataclass(slots=True)
class Way:
    """One way the figure may come out: the exact value, the steps to it, the sheet it stands on."""

    exact: Result
    sheet: Worksheet
    steps: tuple[tuple[Working, Result], ...] = ()


@dataclass(slots=True)
class Figure:
    """`needs`: facts to ask. `missing`: why there is no figure. Else one way or several."""

    ways: tuple[Way, ...] = ()
    needs: tuple[str, ...] = ()
    missing: str | None = None
    status: Status = "verified"
    found: Mapping[str, Found] = field(default_factory=dict)

    @property
    def rows(self) -> Iterator[ParameterRow]:
        """The dated figures it rests on."""
        return (row for one in self.found.values() for row in one.rows)


def figure_of(
    rulebook: Rulebook, rule: Rule, amount: Amount, segment: Segment, known: Known
) -> Figure:
    """The rule's figure."""
    sheet = Worksheet(rulebook, segment, known, {})
    first = _work(amount, sheet)
    found, status = sheet.found, _status(rule, sheet.found, known)
    missing = _missing(rulebook, rule, sheet, known)
    if missing:
        return Figure(missing=missing, status=status, found=found)
    if sheet.needs:
        return Figure(needs=tuple(sheet.needs))
    if first is None:
        return Figure(missing=rulebook.words["missing.impossible"], status=status, found=found)
    ways: tuple[Way, ...] = (first,)
    if any(len(one.options) > 1 for one in found.values()):
        ways = tuple(_all_ways(rulebook, amount, segment, known, found))
    return Figure(ways, (), None, status, found)


def _work(amount: Amount, sheet: Worksheet) -> Way | None:
    """The figure by this worksheet; None when it cannot be worked out (÷ 0)."""
    try:
        steps = tuple((step, _step(step, sheet)) for step in amount.steps)
        return Way(_result(amount.formula, sheet), sheet, steps)
    except (ArithmeticError, OverflowError, ValueError):
        return None


def _step(step: Working, sheet: Worksheet) -> Result:
    value = _result(step.formula, sheet)
    sheet.note_step(step.name, value, step.unit)
    return value


def _result(formula: Formula, sheet: Worksheet) -> Result:
    value = formula.root.value(sheet)
    assert isinstance(value, Decimal | date), formula.text
    if isinstance(value, Decimal) and value.adjusted() > _MOST_DIGITS:
        raise OverflowError(f"{formula.text} is too large to be a figure")
    return value


def _all_ways(
    rulebook: Rulebook, amount: Amount, segment: Segment, known: Known, found: Mapping[str, Found]
) -> Iterator[Way]:
    """Every different outcome: one for each combination of the looked-up figures."""
    seen: set[Result] = set()
    for choice in choices(found):
        way = _work(amount, Worksheet(rulebook, segment, known, choice))
        if way is not None and way.exact not in seen:
            seen.add(way.exact)
            yield way


def choices(found: Mapping[str, Found]) -> Iterator[dict[str, int]]:
    """Each combination of the options, as the place of the one to take for every parameter."""
    for places in product(*(range(len(one.options)) for one in found.values())):
        yield dict(zip(found, places, strict=True))


def _status(rule: Rule, found: Mapping[str, Found], known: Known) -> Status:
    """The weakest of the rule and its figures; not knowing the place makes none of them weak."""
    if not found or known.region == NATION:
        return rule.status
    return max((rule.status, *(one.status for one in found.values())), key=STATUSES.index)


def _missing(rulebook: Rulebook, rule: Rule, sheet: Worksheet, known: Known) -> str | None:
    words = rulebook.words
    if rule.status == "unverified":
        return words["missing.rule"].format(title=rule.title)
    if sheet.unknown:
        label = rulebook.facts[next(iter(sheet.unknown))].label
        return words["missing.fact"].format(label=label)
    gone = [name for name, one in sheet.found.items() if not one.options]
    reasons = (_unread(rulebook, name, sheet.found[name], known) for name in gone)
    return "；".join(dict.fromkeys(reasons)) or None


def _unread(rulebook: Rulebook, name: str, one: Found, known: Known) -> str:
    """Why a parameter has no figure."""
    if one.note:
        return one.note
    key = "missing.parameter" if known.region != NATION else "missing.region"
    title = rulebook.parameters[name].title
    return rulebook.words[key].format(region=rulebook.region_name(known.region), title=title)
