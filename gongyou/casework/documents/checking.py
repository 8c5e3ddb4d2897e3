"""Whether what was typed can go into the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongyou.casework.documents.form import Column, DocumentForm, Field
from gongyou.casework.documents.typed import day, lines, money, one_line, rows
from gongyou.casework.documents.words import say

_LONGEST = {"text": 200, "date": 40, "money": 40, "lines": 8_000, "table": 8_000}
_MOST_LINES = 100


def check_fields(form: DocumentForm, typed: Mapping[str, str]) -> Mapping[str, str]:
    """By field, what is wrong with it, in Chinese that names the field; empty when all is well."""
    found = {one.name: _wrong(one, typed.get(one.name, "")) for one in form.fields}
    return {name: error for name, error in found.items() if error}


def _wrong(one: Field, text: str) -> str:
    if not one_line(text):
        return say("wrong.required", label=one.label) if one.required else ""
    if len(text) > _LONGEST[one.kind]:
        return say("wrong.long", label=one.label, most=_LONGEST[one.kind], now=len(text))
    if one.kind in ("lines", "table") and len(lines(text)) > _MOST_LINES:
        return say("wrong.many", label=one.label, most=_MOST_LINES)
    if one.kind == "table":
        return next(_wrong_cells(one, text), "")
    return _wrong_value(one.kind, say("wrong.place", label=one.label), text)


def _wrong_value(kind: str, place: str, text: str) -> str:
    if kind == "money" and money(text) is None:
        return say("wrong.money", place=place)
    if kind == "date" and day(text) is None:
        return say("wrong.date", place=place)
    return ""


def _wrong_cells(one: Field, text: str) -> Iterator[str]:
    for number, row in enumerate(rows(one, text), 1):
        for column, value in zip(one.columns, row, strict=True):
            yield from _wrong_cell(one, column, number, value)


def _wrong_cell(one: Field, column: Column, number: int, value: str) -> Iterator[str]:
    place = say("wrong.cell", label=one.label, row=number, column=column.label)
    error = _wrong_value(column.kind, place, value) if value else ""
    if error:
        yield error
