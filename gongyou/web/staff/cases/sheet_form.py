"""The facts sheet as a form: the rulebook's facts of the topic, as they are typed and read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongyou.casework.case_facts import read_case_facts
from gongyou.desk.tickets.table import Ticket
from gongyou.rulebook import NATION, UNKNOWN, Fact, FactValue, describe_fact, encode_facts
from gongyou.web.rules.case import Unreadable, read_fact
from gongyou.web.rules.catalogue import Catalogue
from gongyou.web.rules.question import MODES
from gongyou.web.texts import read_texts

PREFIX = "fact."
REGION = "region"

type Typed = Mapping[str, str]


@dataclass(frozen=True)
class SheetField:
    """One fact to correct. `kind`: choice, date or text."""

    name: str
    label: str
    kind: str
    mode: str
    unit: str
    example: str
    typed: str
    error: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReadSheet:
    """What was typed: the facts in the shape a ticket keeps them in, and what is wrong by name."""

    facts: dict[str, Any]
    errors: dict[str, str]


def sheet_names(catalogue: Catalogue, ticket: Ticket) -> tuple[str, ...]:
    """The region, what the ticket tells, then what else the topic may ask."""
    rulebook = catalogue.rulebook
    topic = rulebook.topics.get(ticket.topic)
    wanted = (REGION, *ticket.facts, *(topic.facts if topic else ()))
    return tuple(name for name in dict.fromkeys(wanted) if name in rulebook.facts)


def typed_of(catalogue: Catalogue, ticket: Ticket) -> dict[str, str]:
    """The sheet as it stands, as its form shows it."""
    facts = read_case_facts(catalogue.rulebook, ticket.facts)
    return {name: _editable(catalogue, name, value) for name, value in facts.items()}


def show_fields(
    catalogue: Catalogue, names: tuple[str, ...], typed: Typed, errors: Mapping[str, str]
) -> tuple[SheetField, ...]:
    facts = catalogue.rulebook.facts
    return tuple(_field(facts[name], typed.get(name, ""), errors.get(name, "")) for name in names)


def read_sheet(catalogue: Catalogue, ticket: Ticket, typed: Typed) -> ReadSheet:
    """Empty fields are left out; what was not changed, or the rulebook lacks, stays as it was."""
    before = read_case_facts(catalogue.rulebook, ticket.facts)
    facts = {n: kept for n, kept in ticket.facts.items() if n not in catalogue.rulebook.facts}
    errors: dict[str, str] = {}
    for name in sheet_names(catalogue, ticket):
        try:
            value = read_fact(catalogue, name, typed.get(name, ""))
        except Unreadable as problem:
            options = "、".join(label for _, label in problem.choices)
            errors[name] = f"{problem}{options}"
            continue
        if value is not None:
            is_same = before.get(name) == value
            facts[name] = ticket.facts[name] if is_same else _kept(catalogue, name, value)
    return ReadSheet(facts, errors)


def region_of(catalogue: Catalogue, facts: Mapping[str, Any]) -> str:
    """The code of the place, "000000" when it is not told."""
    value = read_case_facts(catalogue.rulebook, facts).get(REGION, UNKNOWN)
    return NATION if value == UNKNOWN else str(value)


def _kept(catalogue: Catalogue, name: str, value: FactValue) -> dict[str, Any]:
    rulebook = catalogue.rulebook
    return {
        "label": rulebook.facts[name].label,
        "text": describe_fact(rulebook, name, value),
        "value": str(encode_facts({name: value})[name]),
    }


def _field(fact: Fact, typed: str, error: str) -> SheetField:
    texts = read_texts()
    return SheetField(
        name=fact.name,
        label=fact.label,
        kind=_kind(fact, typed),
        mode=MODES.get(fact.type, "text"),
        unit=fact.unit or str(texts["fact_units"].get(fact.type, "")),
        example=str(texts["fact_examples"].get(fact.type, "")),
        typed=typed,
        error=error,
        options=tuple(_options(fact)),
    )


def _options(fact: Fact) -> Iterator[tuple[str, str]]:
    for choice in fact.choices:
        if choice.value != UNKNOWN:
            yield str(choice.value), choice.label


def _kind(fact: Fact, typed: str) -> str:
    """A day that a date field could not show again, 不清楚 among them, is typed as text."""
    if fact.type == "choice":
        return "choice"
    return "date" if fact.type == "date" and not fact.choices and _is_day(typed) else "text"


def _is_day(text: str) -> bool:
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _editable(catalogue: Catalogue, name: str, value: FactValue) -> str:
    fact = catalogue.rulebook.facts[name]
    if fact.type == "choice":
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    is_named = (
        fact.type == REGION
        or value == UNKNOWN
        or any(value == choice.value for choice in fact.choices)
    )
    if is_named:
        return describe_fact(catalogue.rulebook, name, value)
    return str(encode_facts({name: value})[name])
