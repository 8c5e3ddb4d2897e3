"""How one fact is asked on a page: its input, its buttons, and what was typed."""

from dataclasses import dataclass
from datetime import date

from gongyou.rulebook import UNKNOWN, FactValue, describe_fact
from gongyou.web.rules.case import Asking, Case, Unreadable, read_fact, read_facts
from gongyou.web.rules.catalogue import Catalogue
from gongyou.web.rules.untold import untold
from gongyou.web.texts import read_texts

MODES = {"money": "decimal", "number": "decimal", "integer": "numeric"}


@dataclass(frozen=True)
class Field:
    """One question. `kind`: date, text, or none when only the buttons answer."""

    name: str
    label: str
    ask: str
    why: str
    kind: str
    mode: str
    unit: str
    example: str
    typed: str
    error: str
    choices: tuple[tuple[str, str], ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A fact already told."""

    name: str
    label: str
    shown: str


def show_question(catalogue: Catalogue, asking: Asking) -> Field:
    fact = asking.fact
    offered = tuple((str(choice.value), choice.label) for choice in fact.choices)
    is_place = fact.type == "region"
    return Field(
        name=fact.name,
        label=fact.label,
        ask=fact.ask,
        why=fact.why,
        kind=_kind(fact.type, asking.typed),
        mode=MODES.get(fact.type, "text"),
        unit=fact.unit or str(read_texts()["fact_units"].get(fact.type, "")),
        example=str(read_texts()["fact_examples"].get(fact.type, "")),
        typed=asking.typed,
        error=asking.error,
        choices=tuple(one for one in (*asking.choices, *offered) if one[0] != UNKNOWN),
        places=catalogue.places.suggestions if is_place else (),
    )


def change(catalogue: Catalogue, case: Case, name: str) -> Asking:
    """Ask a fact again, with what was told of it already there."""
    text = case.told.get(name, "")
    try:
        value = read_fact(catalogue, name, text)
    except Unreadable as problem:
        return Asking(catalogue.rulebook.facts[name], text, str(problem), problem.choices)
    return Asking(catalogue.rulebook.facts[name], _editable(catalogue, name, text, value))


def show_told(catalogue: Catalogue, case: Case) -> list[Told]:
    """Everything told, in words; what cannot be read, as it was typed."""
    facts = catalogue.rulebook.facts
    return [Told(name, facts[name].label, _shown(catalogue, name, case)) for name in case.told]


def show_untold(catalogue: Catalogue, case: Case) -> list[Told]:
    """What was not asked but may change the answer."""
    rulebook = catalogue.rulebook
    names = untold(rulebook, case.topic, read_facts(catalogue, case.told))
    return [Told(name, rulebook.facts[name].label, "") for name in names]


def _kind(kind: str, typed: str) -> str:
    """A date that a date field could not show again stays text."""
    if kind == "choice":
        return "none"
    return "date" if kind == "date" and (not typed or _is_iso(typed)) else "text"


def _is_iso(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _editable(catalogue: Catalogue, name: str, text: str, value: FactValue | None) -> str:
    """The text to begin with; empty for an answer that a button gave."""
    fact = catalogue.rulebook.facts[name]
    if value == UNKNOWN or any(str(value) == str(choice.value) for choice in fact.choices):
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if fact.type == "region" and value:
        return describe_fact(catalogue.rulebook, name, value)
    return text


def _shown(catalogue: Catalogue, name: str, case: Case) -> str:
    try:
        value = read_fact(catalogue, name, case.told[name])
    except Unreadable:
        return case.told[name]
    return describe_fact(catalogue.rulebook, name, value) if value is not None else ""
