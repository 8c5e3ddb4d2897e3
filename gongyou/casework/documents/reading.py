"""Reads the documents' YAML; a place in a layout that names no field stops the reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from gongyou.casework.documents.form import Also, Column, DocumentForm, Field, Part
from gongyou.casework.documents.words import FOLDER, read_shared, read_yaml

PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
ORDER = (
    "wage_demand_letter",
    "deferred_pay_agreement",
    "inspection_complaint",
    "arbitration_application",
    "evidence_list",
)
_LISTS = ("lines", "table")
_TEXTS = ("heading", "paragraph", "flush")


@cache
def list_documents() -> Sequence[DocumentForm]:
    """Every document, in the order in which workers come to need them."""
    return tuple(read_form(FOLDER / f"{name}.yaml") for name in ORDER)


def find_document(name: str) -> DocumentForm | None:
    return next((form for form in list_documents() if form.name == name), None)


def read_form(path: Path) -> DocumentForm:
    """One document. Raises ValueError naming the file and the place that is wrong."""
    data = read_yaml(path)
    form = DocumentForm(
        name=path.stem,
        title=data["title"],
        use=data["use"],
        advice=tuple(data.get("advice", ())),
        me=data["me"],
        employer=data["employer"],
        kinds=tuple(data["kinds"]),
        also=tuple(Also(one["topic"], tuple(one["unasked"])) for one in data.get("also", ())),
        cites={kind: tuple(rules) for kind, rules in data["cites"].items()},
        fields=tuple(_field(one) for one in data["fields"]),
        body=tuple(_part(one) for one in data["body"]),
    )
    unknown = {name for part in form.body for name in _named(part)} - form.by_name.keys()
    if unknown:
        raise ValueError(f"{path.name}: no field {', '.join(sorted(unknown))}. Add it to fields")
    return form


def _field(data: str | Mapping[str, Any]) -> Field:
    """A shared field by its name, or with some of its words changed, or one of its own."""
    own: Mapping[str, Any] = {"name": data} if isinstance(data, str) else data
    merged = {**read_shared("fields").get(own["name"], {}), **own}
    columns = tuple(Column(**one) for one in merged.pop("columns", ()))
    return Field(**merged, columns=columns)


def _part(data: Mapping[str, Any]) -> Part:
    """The first key says what it is; `if`, `new_page`, `empty`, `keep` may follow."""
    kind = next(iter(data))
    given = data.get("if", ())
    return Part(
        kind=kind,
        texts=(data[kind],) if kind in _TEXTS else (),
        rows=tuple(tuple(row) for row in data[kind]) if kind in ("grid", "sign") else (),
        field=data[kind] if kind in _LISTS else "",
        given=(given,) if isinstance(given, str) else tuple(given),
        new_page=data.get("new_page", False),
        empty=data.get("empty", ""),
        keep=data.get("keep", False),
        items=tuple(_item(one) for one in data[kind]) if kind == "numbered" else (),
    )


def _item(data: str | Mapping[str, Any]) -> Part:
    return _part({"paragraph": data} if isinstance(data, str) else data)


def _named(part: Part) -> Iterator[str]:
    """Every field a part names."""
    texts = (*part.texts, part.empty, *(cell for row in part.rows for cell in row))
    yield from (found[1] for text in texts for found in PLACE.finditer(text))
    yield from (*part.given, *([part.field] if part.field else []))
    for item in part.items:
        yield from _named(item)
