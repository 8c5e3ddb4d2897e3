"""Reads facts/*.yaml: every fact a rule may need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from gongyou.rulebook.model import Choice, Fact, FactValue, Stand
from gongyou.rulebook.model.formula import TODAY, Formula
from gongyou.rulebook.model.functions import Kind
from gongyou.rulebook.reading.formulas import FormulaError, read_formula
from gongyou.rulebook.reading.source import Lined, Reader, Row

KINDS: Final[Mapping[str, Kind]] = {
    "date": "date", "money": "number", "integer": "number", "number": "number", "choice": "text",
}  # fmt: skip
TYPES: Final = ("region", "dates", *KINDS)
_KEYS = (
    "type", "label", "ask", "why", "wrong", "choices", "sensitivity", "assume", "if_unknown",
    "min", "max", "latest", "after", "unit", "formula", "only_with",
)  # fmt: skip


def read_facts(readers: Iterable[Reader]) -> Mapping[str, Fact]:
    """All facts by name, from every file that holds some."""
    rows: dict[str, Row] = {}
    for reader in readers:
        top = reader.load()
        top.only("facts")
        for name, data in top.row("facts").data.items():
            row = Row(reader, data if isinstance(data, Lined) else top.data, f"fact {name}")
            if not isinstance(data, Lined):
                row.wrong("is not a mapping", "Write its type, label, ask and why")
            elif name in rows:
                row.wrong(f"is also in {rows[name].reader.file}", "Keep one")
            else:
                rows[str(name)] = row
    made = {name: _fact(name, row) for name, row in rows.items()}
    kinds: dict[str, Kind] = {TODAY: "date"}
    kinds |= {name: KINDS[fact.type] for name, fact in made.items() if fact.type in KINDS}
    for name, row in rows.items():
        if made[name].after is not None and made[name].after not in made:
            row.wrong(f"after {made[name].after!r}, no such fact", "Fix the name")
        for other in set(made[name].only_with) - set(made):
            row.wrong(f"only_with names {other!r}, no such fact", "Fix the name")
        if "formula" in row.data:
            wanted = kinds.get(name, "number")
            made[name] = replace(made[name], formula=formula_of(row, "formula", kinds, wanted))
    return made


def formula_of(row: Row, key: str, kinds: Mapping[str, Kind], wanted: Kind) -> Formula | None:
    """The formula under a key; None, and a problem, when it cannot be used."""
    value = row.data.get(key)
    text = str(value) if type(value) is int else row.text(key)
    try:
        return read_formula(text, kinds, wanted) if text else None
    except FormulaError as error:
        row.wrong(f"{key}: {error}", "See the formulas in rulebook/README.md")
        return None


def _fact(name: str, row: Row) -> Fact:
    row.only(*_KEYS)
    kind = row.one_of("type", TYPES)
    choices = tuple(_choice(item, kind) for item in row.rows("choices"))
    if kind == "choice" and not choices:
        row.wrong("a choice without choices", "List {value: ..., label: ...} under choices:")
    return Fact(
        name=name,
        type=kind,
        label=row.text("label"),
        ask=row.text("ask"),
        why=row.text("why"),
        wrong=row.text("wrong"),
        choices=choices,
        sensitivity=row.one_of("sensitivity", ("ordinary", "personal", "sensitive"), "ordinary"),
        assume=_stand(row, "assume", kind),
        if_unknown=_stand(row, "if_unknown", kind),
        minimum=_bound(row, "min", kind),
        maximum=_bound(row, "max", kind),
        latest=row.one_of("latest", ("today", "tomorrow", "any"), "today")
        if kind in ("date", "dates")
        else None,
        after=row.text("after", "") or None,
        unit=row.text("unit", ""),
        only_with=dict(_only_with(row)),
    )


def _only_with(row: Row) -> Iterator[tuple[str, tuple[FactValue, ...]]]:
    """Beside which values of which facts this one makes sense."""
    for name, wanted in row.row("only_with").data.items():
        values = wanted if isinstance(wanted, list) else [wanted]
        if not all(isinstance(value, str) for value in values):
            row.wrong(f"only_with {name} is {wanted!r}", 'Write words in quotes: "yes"')
        yield str(name), tuple(str(value) for value in values)


def _choice(row: Row, kind: str) -> Choice:
    row.only("value", "label", "also")
    return Choice(_value(row, "value", kind), row.text("label"), row.strings("also"))


def _stand(row: Row, key: str, kind: str) -> Stand | None:
    if key not in row.data:
        return None
    inner = row.row(key)
    inner.only("value", "say")
    return Stand(_value(inner, "value", kind), inner.text("say", ""))


def _value(row: Row, key: str, kind: str) -> FactValue:
    value = row.data.get(key)
    if kind in ("integer", "number", "money") and type(value) is int:
        return value if kind == "integer" else Decimal(value)
    if isinstance(value, str) and value:
        return Decimal(row.decimal(key) or 0) if kind in ("money", "number") else value
    row.wrong(f"{key} is {value!r}", 'Write words in quotes ("yes"), whole numbers without')
    return ""


def _bound(row: Row, key: str, kind: str) -> Decimal | date | None:
    if kind in ("date", "dates"):
        return row.day(key, required=False)
    value = row.data.get(key)
    if type(value) is int:
        return Decimal(value)
    text = row.decimal(key)
    return None if text is None else Decimal(text)
