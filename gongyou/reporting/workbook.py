"""Figures → a workbook: a sheet for each table, with charts a reader may change."""

import io
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gongyou.reporting.advice import choose_advice
from gongyou.reporting.compose import report_head, tell_before, tell_handling, tell_risk
from gongyou.reporting.figures import Figures, Line
from gongyou.reporting.words import read_words

type Cell = str | int
type Rows = Iterable[Sequence[Cell]]

_WIDEST = 60  # half-width characters of a column
_LINE = 15  # points of a line


def render_xlsx(figures: Figures) -> bytes:
    """The .xlsx. It names nobody who made it."""
    words = read_words()
    names = words["workbook"]
    book = Workbook()
    book.properties.creator, book.properties.title = "", words["title"]
    summary = book.active
    assert isinstance(summary, Worksheet)
    summary.title = names["summary"]
    _fill(summary, [words["title"], ""], [*report_head(figures), *_totals(figures)])
    _lines(book, names["topics"], words["overview"]["topics"], figures.topics)
    _lines(book, names["regions"], words["overview"]["regions"], figures.regions)
    for name in ("employers", "parks"):
        lines = getattr(figures, name)
        rows = [(one.name, one.place, one.workers, _before(one)) for one in lines]
        if rows:
            _fill(book.create_sheet(names[name]), words["risks"][name], rows)
    risks = [(r.name, r.place, r.workers, r.before, tell_risk(r)) for r in figures.risks]
    _fill(book.create_sheet(names["risks"]), names["risks_head"], risks)
    weeks = book.create_sheet(names["weeks"])
    _fill(weeks, names["weeks_head"], [(line.name, line.workers) for line in figures.weeks])
    _chart(weeks, len(figures.weeks), "col")
    advice = book.create_sheet(names["advice"])
    _fill(advice, [words["parts"]["advice"]], [(text,) for text in choose_advice(figures)])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _totals(figures: Figures) -> list[tuple[str, Cell]]:
    """In figures where there are any; and how to read them."""
    words = read_words()
    labels = words["workbook"]["figures"]
    if not figures.workers:
        return [(labels["workers"], words["overview"]["none"])]
    rows = [(label, getattr(figures, name)) for name, label in labels.items()]
    told: list[tuple[str, Cell]] = [(label, value) for label, value in rows if value is not None]
    told.append((words["parts"]["handling"], "".join(tell_handling(figures))))
    return told + [(words["notes_head"], note) for note in words["notes"]]


def _lines(book: Workbook, title: str, header: Sequence[str], lines: Sequence[Line]) -> None:
    sheet = book.create_sheet(title)
    _fill(sheet, header, [(one.name, one.workers, _before(one)) for one in lines])
    _chart(sheet, len(lines), "bar")


def _before(line: Line) -> Cell:
    """A number to reckon with, or the sign that there is none."""
    return tell_before(None) if line.before is None else line.before


def _fill(sheet: Worksheet, header: Sequence[str], rows: Rows) -> None:
    """A header that stays in sight, and rows; text is text, whatever it begins with."""
    for place, row in enumerate([header, *rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(place, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
            cell.font = Font(name="宋体", bold=place == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    sheet.freeze_panes = "A2"
    widths = [_width(cells) for cells in sheet.iter_cols()]
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        lines = max(ceil(_length(cell) / width) for cell, width in zip(cells, widths, strict=True))
        sheet.row_dimensions[number].height = _LINE * max(1, lines)
    _print_on_a_page(sheet)


def _length(cell: Any) -> int:
    """In half-width characters; a Chinese one is two."""
    return 2 * len(str(cell.value or ""))


def _width(cells: Iterable[Any]) -> int:
    return min(_WIDEST, max(map(_length, cells)) + 4)


def _print_on_a_page(sheet: Worksheet) -> None:
    """Lying, as wide as the paper, as long as it gets; the header on each page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = "1:1"


def _chart(sheet: Worksheet, rows: int, kind: str) -> None:
    """Bars of the second column beside the table."""
    if not rows:
        return
    chart = BarChart()
    chart.type, chart.legend, chart.title = kind, None, read_words()["workbook"]["chart"]
    chart.add_data(Reference(sheet, min_col=2, min_row=2, max_row=rows + 1))
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=rows + 1))
    chart.height, chart.width = max(6, 0.7 * rows + 3), 16
    chart.x_axis.delete = chart.y_axis.delete = False
    if kind == "bar":
        chart.x_axis.scaling.orientation = "maxMin"
    sheet.add_chart(chart, f"{get_column_letter(sheet.max_column + 2)}2")
