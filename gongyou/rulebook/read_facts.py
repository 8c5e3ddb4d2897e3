"""Reads facts.yaml: every fact a rule may need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from gongyou.rulebook.model import Choice, Fact, FactValue, Stand
from gongyou.rulebook.source import Lined, Reader, Row

TYPES = ("region", "date", "money", "integer", "number", "choice")
_KEYS = (
    "type", "label", "ask", "why", "wrong", "choices", "sensitivity", "assume", "if_unknown",
    "min", "max", "latest", "after", "unit",
)  # fmt: skip


def read_facts(reader: Reader) -> Mapping[str, Fact]:
    """All facts by name."""
    top = reader.load()
    top.only("facts")
    made = {}
    for name, data in top.row("facts").data.items():
        if isinstance(data, Lined):
            made[name] = _fact(str(name), Row(reader, data, f"fact {name}"))
        else:
            top.wrong(f"fact {name} is not a mapping", "Write its type, label, ask and why")
    for fact in made.values():
        if fact.after is not None and fact.after not in made:
            top.wrong(f"fact {fact.name}: after {fact.after!r}, no such fact", "Fix the name")
    return made


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
        latest=row.one_of("latest", ("today", "tomorrow"), "today") if kind == "date" else None,
        after=row.text("after", "") or None,
        unit=row.text("unit", ""),
    )


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
    if kind == "integer" and type(value) is int:
        return value
    if isinstance(value, str) and value:
        return Decimal(value) if kind in ("money", "number") else value
    row.wrong(f"{key} is {value!r}", 'Write words in quotes ("yes"), whole numbers without')
    return ""


def _bound(row: Row, key: str, kind: str) -> Decimal | date | None:
    if kind == "date":
        return row.day(key, required=False)
    value = row.data.get(key)
    if type(value) is int:
        return Decimal(value)
    text = row.decimal(key)
    return None if text is None else Decimal(text)
