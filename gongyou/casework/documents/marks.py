"""What to tell whoever fills a document in: figures that differ, figures that are missing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gongyou.casework.documents.form import DocumentForm, Field
from gongyou.casework.documents.typed import money, rows, written
from gongyou.casework.documents.words import say


def marks_of(
    form: DocumentForm, values: Mapping[str, str], worked_out: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """By field; only fields with something to tell. `worked_out`: what prefill gave."""
    found = {one.name: _marks(form, one, values, worked_out) for one in form.fields}
    return {name: marks for name, marks in found.items() if marks}


def _marks(
    form: DocumentForm, one: Field, values: Mapping[str, str], worked_out: Mapping[str, str]
) -> tuple[str, ...]:
    told = []
    if one.kind == "money":
        told.append(_differs(one, values, worked_out))
        told += [_missing(one, values, worked_out), worked_out.get(f"{one.name}.note", "")]
    if one.adds_up_to:
        told.append(_adds_up(form, one, values))
    return tuple(text for text in told if text)


def _differs(one: Field, values: Mapping[str, str], worked_out: Mapping[str, str]) -> str:
    """Whether the amount is not what the rulebook worked out."""
    right = money(worked_out.get(one.name, ""))
    typed = values.get(one.name, "")
    if right is None or money(typed) == right:
        return ""
    key = "mark.differs" if typed.strip() else "mark.left_out"
    return say(key, right=written("money", str(right)), typed=written("money", typed))


def _missing(one: Field, values: Mapping[str, str], worked_out: Mapping[str, str]) -> str:
    """Why the rulebook gave no amount; of one typed all the same, that it is the person's own."""
    why = worked_out.get(f"{one.name}.why", "")
    return say("mark.own") if why and values.get(one.name, "").strip() else why


def _adds_up(form: DocumentForm, one: Field, values: Mapping[str, str]) -> str:
    """Whether the amounts of the table come to the amount they part."""
    whole = money(values.get(one.adds_up_to, ""))
    column = next(place for place, col in enumerate(one.columns) if col.kind == "money")
    parts = [money(row[column]) for row in rows(one, values.get(one.name, ""))]
    if whole is None or not parts or None in parts:
        return ""
    total = sum((part for part in parts if part is not None), Decimal())
    if total == whole:
        return ""
    label = form.by_name[one.adds_up_to].label
    return say("mark.sum", total=written("money", str(total)), label=label,
               whole=written("money", str(whole)))  # fmt: skip
