"""A form and what was filled in → the document's blocks. A blank becomes a line to write on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gongyou.casework.documents.composed import (
    Block,
    Composed,
    Heading,
    Numbered,
    Paragraph,
    Signature,
    Table,
)
from gongyou.casework.documents.form import DocumentForm, Part
from gongyou.casework.documents.marks import marks_of
from gongyou.casework.documents.reading import PLACE
from gongyou.casework.documents.typed import (
    lines,
    one_line,
    rows,
    written,
    written_in_capitals,
)
from gongyou.casework.documents.words import say

_GRID = (3, 5, 3, 4)


def compose(
    form: DocumentForm, values: Mapping[str, str], worked_out: Mapping[str, str] | None = None
) -> Composed:
    """The document. Values of unknown fields are ignored; none can break it.

    `worked_out`: what prefill gave for the case, so that figures changed since can be marked.
    """
    marks = marks_of(form, values, worked_out or {})
    writer = _Writer(form, values, dict(marks))
    blocks = (Heading(form.title, level=0), *writer.write())
    return Composed(form.name, form.title, blocks, marks)


class _Writer:
    """Fills the places; each mark goes to the first block that shows its field."""

    def __init__(
        self, form: DocumentForm, values: Mapping[str, str], marks: dict[str, tuple[str, ...]]
    ) -> None:
        self._form, self._values, self._marks = form, values, marks
        self._shown: tuple[str, ...] = ()

    def write(self) -> Iterator[Block]:
        for part in self._form.body:
            if self._stands(part):
                yield from self._part(part)

    def _stands(self, part: Part) -> bool:
        return all(one_line(self._values.get(name, "")) for name in part.given)

    def _part(self, part: Part) -> Iterator[Block]:
        match part.kind:
            case "heading":
                yield Heading(self._fill(part.texts[0]), 1, part.new_page, self._taken())
            case "paragraph" | "flush":
                text = self._fill(part.texts[0])
                yield Paragraph(text, part.kind == "paragraph", part.keep, self._taken())
            case "numbered":
                items = tuple(text for one in part.items for text in self._item(one))
                yield Numbered(items, self._taken())
            case "lines":
                yield from self._lines(part)
            case "table":
                yield self._table(part)
            case "grid":
                filled = tuple(self._row(row) for row in part.rows)
                yield Table((), filled, _GRID, self._taken())
            case "sign":
                columns = tuple(tuple(self._fill(line) for line in one) for one in part.rows)
                yield Signature(columns, self._taken())

    def _item(self, part: Part) -> Iterator[str]:
        if not self._stands(part):
            return
        if part.kind == "lines":
            self._note(part.field)
            yield from lines(self._values.get(part.field, ""))
        else:
            yield self._fill(part.texts[0])

    def _lines(self, part: Part) -> Iterator[Block]:
        self._note(part.field)
        filled = lines(self._values.get(part.field, "")) or (say("blank.lines"),) * 3
        for text in filled:
            yield Paragraph(text, text != say("blank.lines"), marks=self._taken())

    def _table(self, part: Part) -> Block:
        field = self._form.by_name[part.field]
        self._note(part.field)
        kinds = [column.kind for column in field.columns]
        filled = tuple(
            tuple(written(kind, text) for kind, text in zip(kinds, row, strict=True))
            for row in rows(field, self._values.get(part.field, ""))
        )
        if not filled and part.empty:
            return Paragraph(self._fill(part.empty), marks=self._taken())
        filled = filled or ((("",) * len(kinds)),) * field.blank_rows
        counted = tuple((str(place), *row) for place, row in enumerate(filled, 1))
        header = (say("table.number"), *(column.label for column in field.columns))
        widths = (2, *(column.width for column in field.columns))
        return Table(header, counted, widths, self._taken())

    def _row(self, row: tuple[str, ...]) -> tuple[str, ...]:
        """A grid's row: a cell with nothing but an unfilled place stays empty for the pen."""
        return tuple(
            "" if (only := PLACE.fullmatch(cell)) and not self._value(only[1]) else self._fill(cell)
            for cell in row
        )

    def _fill(self, template: str) -> str:
        return PLACE.sub(self._place, template)

    def _place(self, found: re.Match[str]) -> str:
        """One place: the value as written, in capitals, its lines joined; or a blank."""
        name, manner = found[1], found[2]
        self._note(name)
        field, text = self._form.by_name[name], self._values.get(name, "")
        if manner == "capital":
            return written_in_capitals(text) or say("blank.capital")
        if field.kind == "lines":
            text = say("lines.join").join(lines(text))
        return written(field.kind, text) or field.blank or say(f"blank.{field.kind}")

    def _value(self, name: str) -> str:
        return one_line(self._values.get(name, ""))

    def _note(self, name: str) -> None:
        self._shown += (name,)

    def _taken(self) -> tuple[str, ...]:
        """The marks of what was shown since it was last asked, each once."""
        names, self._shown = self._shown, ()
        return tuple(text for name in names for text in self._marks.pop(name, ()))
