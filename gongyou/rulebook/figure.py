"""One rule's figure for one segment: its inputs, its arithmetic, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongyou.rulebook.arithmetic import Way, shown, told_inputs, ways_of
from gongyou.rulebook.formulas import FORMULAS, Span, span_of
from gongyou.rulebook.known import Known
from gongyou.rulebook.model import (
    STATUSES,
    UNKNOWN,
    Amount,
    ParameterRow,
    Rule,
    Rulebook,
    Status,
)
from gongyou.rulebook.parameters import Found, look_up
from gongyou.rulebook.regions import NATION
from gongyou.rulebook.segments import Segment


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


def figure_of(rulebook: Rulebook, rule: Rule, segment: Segment, known: Known) -> Figure:
    """The rule's figure. The rule must have an amount."""
    amount = rule.amount
    if amount is None or FORMULAS[amount.formula].work is None:
        return Figure(missing=rule.says, status=rule.status)
    span = span_of(segment.since, segment.until, segment.cycle_since, segment.cycle_until)
    facts = {role: name for role, name in amount.inputs.items() if name in rulebook.facts}
    found = _look_up_all(rulebook, amount, segment, span, known)
    rows = tuple(row for one in found.values() for row in one.rows)
    status = _status(rule, found, known)
    missing = _missing(rulebook, rule, known, facts, found)
    if missing:
        return Figure(missing=missing, rows=rows, status=status)
    optional = FORMULAS[amount.formula].optional
    needs = tuple(n for r, n in facts.items() if r not in optional and known.get(n) is None)
    if needs:
        return Figure(needs=needs)
    told = dict(told_inputs(rulebook, facts, known))
    ways = tuple(ways_of(rulebook, amount, told, found, span))
    notes = tuple(dict.fromkeys(_notes(rulebook, rule, found, known)))
    source = _source(rulebook, found, known)
    return Figure(ways, (), None, rows, status, notes, source)


def _look_up_all(
    rulebook: Rulebook, amount: Amount, segment: Segment, span: Span, known: Known
) -> dict[str, Found]:
    """The parameters of the roles that are no facts, as in force when the segment begins."""
    part_only = () if span.is_part else FORMULAS[amount.formula].part_only
    return {
        role: look_up(rulebook, name, known.region, segment.since)
        for role, name in amount.inputs.items()
        if name not in rulebook.facts and role not in part_only
    }


def _status(rule: Rule, found: Mapping[str, Found], known: Known) -> Status:
    """The weakest of the rule and its figures; not knowing the place makes none of them weak."""
    if known.region == NATION:
        return rule.status
    return max((rule.status, *(one.status for one in found.values())), key=STATUSES.index)


def _missing(
    rulebook: Rulebook,
    rule: Rule,
    known: Known,
    facts: Mapping[str, str],
    found: Mapping[str, Found],
) -> str | None:
    words, amount = rulebook.words, rule.amount
    if rule.status == "unverified":
        return words["missing.rule"].format(title=rule.title)
    for role, name in facts.items():
        optional = amount is not None and role in FORMULAS[amount.formula].optional
        if not optional and known.get(name) == UNKNOWN:
            return words["missing.fact"].format(label=rulebook.facts[name].label)
    gone = [
        _unread(rulebook, rule, role, one, known) for role, one in found.items() if not one.options
    ]
    return "；".join(dict.fromkeys(gone)) or None


def _unread(rulebook: Rulebook, rule: Rule, role: str, found: Found, known: Known) -> str:
    """Why a parameter has no figure."""
    if found.note or rule.amount is None:
        return found.note
    key = "missing.parameter" if known.region != NATION else "missing.region"
    title = rulebook.parameters[rule.amount.inputs[role]].title
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
    for one in found.values():
        option = one.options[0]
        parameter = rulebook.parameters[option.row.parameter]
        several = ".several" if len(one.options) > 1 else ""
        key = f"source.{parameter.name}{several}"
        if key in rulebook.words:
            value = shown(parameter, option.value)
            place = rulebook.region_name(known.region)
            said.append(rulebook.words[key].format(value=value, region=place))
    return "，".join(said)
