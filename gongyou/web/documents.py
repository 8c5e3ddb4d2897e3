"""The five documents on pages: a form filled in from a case, a look at it, the Word file.

Nothing is stored: what is typed travels in the forms alone. Worker's and staff's pages share
this; what differs (whose case, which frame, whose form token) is passed in. A page of staff's:

    form = find_form(request.match_info["document"])
    case = DocumentCase(topic, facts, on, told={"employer_name": ticket.employer})
    GET:  render("form", begin(rulebook, form, case).context(), 200)
    POST: await answer(request, rulebook, form, case, cookie=SIGN_IN, render=render)

`render(page, context, status)` draws "form" or "preview" within its own frame; the macros of
templates/document_parts.html draw what is in the context.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from aiohttp import web

from gongyou.casework.documents import (
    Composed,
    DocumentForm,
    check_fields,
    compose,
    find_document,
    prefill,
    render_docx,
)
from gongyou.casework.documents import Field as FormField
from gongyou.rulebook import FactValue, Rulebook
from gongyou.web import csrf
from gongyou.web.days import read_day
from gongyou.web.errors import NotFound
from gongyou.web.files import send_bytes

TYPED_LIMIT = 256 * 1024  # bytes of a posted document: a Chinese character takes nine
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LISTS = ("lines", "table")

type Render = Callable[[str, Mapping[str, Any], int], web.Response]


@dataclass(frozen=True)
class DocumentCase:
    """What a document is filled in from: `facts` by the law in force `on` that day.

    `told`: values of fields that are known but no fact of the rulebook (`employer_name`).
    """

    topic: str
    facts: Mapping[str, FactValue]
    on: date
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Box:
    """One field on the page. `why`: why the rulebook gave no amount; `note`: what to mind."""

    name: str
    label: str
    kind: str
    hint: str
    required: bool
    value: str
    error: str
    why: str
    note: str
    rows: int


@dataclass(frozen=True)
class Filling:
    """A document being filled in: `values` by field, beside what the case itself gives."""

    form: DocumentForm
    values: Mapping[str, str]
    given: Mapping[str, str]
    checked: bool = False

    @cached_property
    def errors(self) -> Mapping[str, str]:
        """By field, in Chinese; nothing before anything was posted."""
        return check_fields(self.form, self.values) if self.checked else {}

    @cached_property
    def composed(self) -> Composed:
        return compose(self.form, self.values, self.given)

    @property
    def boxes(self) -> list[Box]:
        return [self._box(one) for one in self.form.fields]

    @property
    def blocks(self) -> list[tuple[str, Any]]:
        """Each block with its kind: heading, paragraph, numbered, table, signature."""
        return [(type(block).__name__.lower(), block) for block in self.composed.blocks]

    def context(self) -> dict[str, Any]:
        """What the macros of document_parts.html take."""
        return {"document": self.form, "filling": self, "errors": self.errors}

    def _box(self, one: FormField) -> Box:
        value = self.values.get(one.name, "")
        return Box(
            name=one.name,
            label=one.label,
            kind=_kind(one.kind, value),
            hint=one.hint,
            required=one.required,
            value=value,
            error=self.errors.get(one.name, ""),
            why=self.given.get(f"{one.name}.why", ""),
            note=self.given.get(f"{one.name}.note", ""),
            rows=_rows(value) if one.kind in LISTS else 1,
        )


def find_form(name: str) -> DocumentForm:
    """Raises NotFound."""
    form = find_document(name)
    if form is None:
        raise NotFound("document_missing")
    return form


def begin(rulebook: Rulebook, form: DocumentForm, case: DocumentCase) -> Filling:
    """The form as the case fills it in."""
    given = prefill(rulebook, form, case.topic, case.facts, case.on)
    told = {name: text for name, text in case.told.items() if name in form.by_name}
    return Filling(form, {**given, **told}, given)


async def answer(
    request: web.Request,
    rulebook: Rulebook,
    form: DocumentForm,
    case: DocumentCase,
    *,
    cookie: str,
    render: Render,
) -> web.Response:
    """What was posted: looked at (`step` preview), gone back to (edit) or taken (download).

    `cookie` is the one the form's token goes with. Raises BadInput for a wrong token.
    """
    posted = await csrf.read_form(request.clone(client_max_size=TYPED_LIMIT), cookie)
    values = {one.name: posted.get(one.name, "") for one in form.fields}
    step, given = posted.get("step"), begin(rulebook, form, case).given
    filling = Filling(form, values, given, checked=step != "edit")
    if filling.errors:
        return render("form", filling.context(), 400)
    if step == "download":
        return await send_document(filling)
    return render("form" if step == "edit" else "preview", filling.context(), 200)


async def send_document(filling: Filling) -> web.Response:
    """The Word file, named as the document is."""
    content = await asyncio.to_thread(render_docx, filling.composed)
    return send_bytes(f"{filling.form.title}.docx", DOCX, content)


def _rows(text: str) -> int:
    """Lines of a box that shows the text on a narrow phone, within reason."""
    return min(14, max(3, sum(1 + len(line) // 18 for line in text.split("\n")) + 1))


def _kind(kind: str, value: str) -> str:
    """A date that a date field could not show again stays text."""
    if kind != "date":
        return kind
    day = read_day(value)
    return "date" if not value or (day and day.isoformat() == value) else "text"
