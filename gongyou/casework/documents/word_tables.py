"""Tables of a Word file: a grid of labels and values, a table under a header, places to sign."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from gongyou.casework.documents.composed import Signature, Table
from gongyou.casework.documents.word_style import (
    BODY,
    CELL,
    FANGSONG,
    HEI,
    NARROW,
    PAGE_WIDTH,
    SONG,
    is_short,
    make,
    set_font,
    space,
)

_LOWEST = "600"  # twentieths of a point: room for handwriting


def write_table(document: Document, block: Table) -> None:
    """Bordered; the header comes again on each page; no short row is torn apart."""
    rows = (*((block.header,) if block.header else ()), *block.rows)
    table = _new(document, len(rows), block.widths)
    table.style = document.styles["Table Grid"]
    for place, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        head = bool(block.header) and place == 0
        _shape(row, texts, head)
        cells = _cells(row, len(texts))
        for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            label = head or (block.is_grid and column % 2 == 0)
            _write(cell, text, label, centred=head or (not block.is_grid and column == 0))
    space(document.add_paragraph(), 0.5)


def write_signature(document: Document, block: Signature) -> None:
    """Columns side by side, all on one page; a single column stands at the right."""
    columns = block.columns if len(block.columns) > 1 else ((), *block.columns)
    widths = (2, 3) if len(block.columns) == 1 else (1,) * len(columns)
    height = max(len(column) for column in columns)
    above = document.add_paragraph()
    space(above, 0.5)
    above.paragraph_format.keep_with_next = True
    table = _new(document, height, widths)
    for place, row in enumerate(table.rows):
        texts = [column[place] if place < len(column) else "" for column in columns]
        _shape(row, texts, False)
        for cell, text in zip(row.cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            space(paragraph, 1.6 if len(columns) < 3 else 2.2)
            paragraph.paragraph_format.keep_with_next = place < height - 1 and is_short(*texts)
            set_font(paragraph.add_run(text), FANGSONG, BODY if len(columns) < 3 else NARROW)
    below = document.add_paragraph()  # Word wants one after a table: it must not open a page
    space(below, Pt(1))


def _new(document: Document, height: int, widths: tuple[int, ...]) -> WordTable:
    """A table as wide as the text, its columns in these shares."""
    table: WordTable = document.add_table(height, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Length(PAGE_WIDTH * width // sum(widths))
        for cell in column.cells:
            cell.width = column.width
    return table


def _shape(row: _Row, texts: Sequence[str], head: bool) -> None:
    """Room to write in; not torn apart; a header again on each page."""
    properties = row._tr.get_or_add_trPr()
    if is_short(*texts):
        properties.append(make("cantSplit"))
    properties.append(make("trHeight", {"val": _LOWEST, "hRule": "atLeast"}))
    if head:
        properties.append(make("tblHeader"))


def _cells(row: _Row, count: int) -> list[_Cell]:
    """The row's first `count` cells, the last of them reaching to the right edge."""
    cells = list(row.cells)
    if count < len(cells):
        cells[count - 1] = cells[count - 1].merge(cells[-1])
    return cells[:count]


def _write(cell: _Cell, text: str, label: bool, centred: bool) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    space(paragraph, 1.2, before=3, after=3)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(paragraph.add_run(text), HEI if label else SONG, CELL)
