"""One rule's figure for one segment: its arithmetic, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product

from gongyou.rulebook.formula import Formula
from gongyou.rulebook.known import Known
from gongyou.rulebook.model import STATUSES, Amount, ParameterRow, Rule, Rulebook, Status
from gongyou.rulebook.parameters import Found
from gongyou.rulebook.regions import NATION
from gongyou.rulebook.segments import Segment
from gongyou.rulebook.text import percent, plain_number, yuan
from gongyou.rulebook.worksheet import Worksheet
from gongyou.rulebook.written import write

type Result = Decimal | date


@dataclass(frozen=True, slots=True)
class Worked:
    """A named line of the calculation: its label, the arithmetic, the exact value."""

    name: str
    label: str
    unit: str
    expression: str
    exact: Result


@dataclass(frozen=True, slots=True)
class Way:
    """One way the figure may come out: exact, with its steps, and what it depends on."""

    exact: Result
    expression: str
    condition: str
    steps: tuple[Worked, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """`needs`: facts to ask. `missing`: why there is no figure. Else one way or several."""

    ways: tuple[Way, ...] = ()
    needs: tuple[str, ...] = ()
    missing: str | None = None
    rows: tuple[ParameterRow, ...] = ()
    status: Status = "verified"
    notes: tuple[str, ...] = ()
    source: str = ""


def figure_of(
    rulebook: Rulebook, rule: Rule, amount: Amount, segment: Segment, known: Known
) -> Figure:
    """The rule's figure."""
    sheet = Worksheet(rulebook, segment, known, {})
    first = _work(rulebook, amount, sheet)
    found = sheet.found
    rows = tuple(dict.fromkeys(row for one in found.values() for row in one.rows))
    status = _status(rule, found, known)
    missing = _missing(rulebook, rule, sheet, known)
    if missing:
        return Figure(missing=missing, rows=rows, status=status)
    if sheet.needs:
        return Figure(needs=tuple(sheet.needs))
    if first is None:
        return Figure(missing=rulebook.words["missing.impossible"], rows=rows, status=status)
    ways: tuple[Way, ...] = (first,)
    if any(len(one.options) > 1 for one in found.values()):
        ways = tuple(_all_ways(rulebook, amount, segment, known, found))
    notes = tuple(dict.fromkeys(_notes(rulebook, rule, found, known)))
    return Figure(ways, (), None, rows, status, notes, _source(rulebook, found, known))


def _work(rulebook: Rulebook, amount: Amount, sheet: Worksheet, condition: str = "") -> Way | None:
    """The figure by this worksheet; None when it cannot be worked out (÷ 0)."""
    steps = []
    words = rulebook.words
    try:
        for step in amount.steps:
            value = _result(step.formula, sheet)
            text = write(step.formula.root, sheet, words) if step.label else ""
            steps.append(Worked(step.name, step.label, step.unit, text, value))
            sheet.note_step(step.name, value, step.unit)
        value = _result(amount.formula, sheet)
        return Way(value, write(amount.formula.root, sheet, words), condition, tuple(steps))
    except (ArithmeticError, OverflowError, ValueError):
        return None


def _result(formula: Formula, sheet: Worksheet) -> Result:
    value = formula.root.value(sheet)
    assert isinstance(value, Decimal | date), formula.text
    return value


def _all_ways(
    rulebook: Rulebook, amount: Amount, segment: Segment, known: Known, found: Mapping[str, Found]
) -> Iterator[Way]:
    """Every different outcome: one for each combination of the looked-up figures."""
    seen: set[Result] = set()
    for places in product(*(range(len(one.options)) for one in found.values())):
        choice = dict(zip(found, places, strict=True))
        sheet = Worksheet(rulebook, segment, known, choice)
        way = _work(rulebook, amount, sheet, _condition(found, choice))
        if way is not None and way.exact not in seen:
            seen.add(way.exact)
            yield way


def _condition(found: Mapping[str, Found], choice: Mapping[str, int]) -> str:
    """What tells this way from the others: the tier and its places, or the document."""
    parts = []
    for name, one in found.items():
        if len(one.options) < 2:
            continue
        option = one.options[choice[name]]
        places = "、".join(option.places)
        tier = option.row.tier if option.row.tier and not option.row.beside_wider else ""
        parts.append((f"{tier}（{places}）" if places else tier) or f"《{option.row.document}》")
    return "，".join(parts)


def _status(rule: Rule, found: Mapping[str, Found], known: Known) -> Status:
    """The weakest of the rule and its figures; not knowing the place makes none of them weak."""
    if known.region == NATION:
        return rule.status
    return max((rule.status, *(one.status for one in found.values())), key=STATUSES.index)


def _missing(rulebook: Rulebook, rule: Rule, sheet: Worksheet, known: Known) -> str | None:
    words = rulebook.words
    if rule.status == "unverified":
        return words["missing.rule"].format(title=rule.title)
    if sheet.unknown:
        label = rulebook.facts[next(iter(sheet.unknown))].label
        return words["missing.fact"].format(label=label)
    gone = [
        _unread(rulebook, name, one, known) for name, one in sheet.found.items() if not one.options
    ]
    return "；".join(dict.fromkeys(gone)) or None


def _unread(rulebook: Rulebook, name: str, one: Found, known: Known) -> str:
    """Why a parameter has no figure."""
    if one.note:
        return one.note
    key = "missing.parameter" if known.region != NATION else "missing.region"
    title = rulebook.parameters[name].title
    return rulebook.words[key].format(region=rulebook.region_name(known.region), title=title)


def _notes(
    rulebook: Rulebook, rule: Rule, found: Mapping[str, Found], known: Known
) -> Iterator[str]:
    """What is doubtful about the figure, the greatest doubt first."""
    place = rulebook.region_name(known.region)
    words = {**rulebook.words, **rulebook.topics[rule.topic].words}
    rows = (row.status for one in found.values() for row in one.rows)
    statuses = {rule.status, *rows, *(one.status for one in found.values())}
    if any(one.unsorted for one in found.values()):
        yield words["note.unsorted"].format(region=place)
    elif "secondary" in statuses:
        yield words["note.secondary"]
    if any(one.vague for one in found.values()):
        yield words["note.vague"].format(region=place)
    yield from (one.note for one in found.values() if one.note)


def _source(rulebook: Rulebook, found: Mapping[str, Found], known: Known) -> str:
    """Where the numbers of the arithmetic come from, said once, in brackets."""
    said = []
    for name, one in found.items():
        option = one.options[0]
        parameter = rulebook.parameters[name]
        several = ".several" if len(one.options) > 1 else ""
        key = f"source.{name}{several}"
        if key in rulebook.words:
            value = _shown(parameter.unit, option.value)
            place = rulebook.region_name(known.region)
            said.append(rulebook.words[key].format(value=value, region=place))
    return "，".join(said)


def _shown(unit: str, value: Decimal) -> str:
    if unit == "比例":
        return percent(value)
    return yuan(value) if unit.startswith("元") else plain_number(value)
