"""A table out of a CSV or XLSX file, as people's Excel leaves it: cells as plain text.

Text is folded (full-width digits and letters, odd spaces), numbers are written as people do.
"""

import csv
import io
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import openpyxl

from gongyou.desk_command.errors import BadInput

MOST_LINES: Final = 5_000
_LARGEST_FILE: Final = 10_000_000  # bytes
_LARGEST_UNPACKED: Final = 60_000_000  # bytes of an .xlsx, all parts together
_MOST_PARTS: Final = 500
_MOST_COLUMNS: Final = 64
# what openpyxl raises over a file that is none, or a damaged one
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OSError,
    EOFError,
    NotImplementedError,
)
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_INVISIBLE: Final = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is not blank; `number` is the one the reader's own program shows."""

    number: int
    cells: tuple[str, ...]


def read_table(path: Path) -> list[Line]:
    """Every row with something in it, the header first. Raises BadInput."""
    try:
        content = path.read_bytes() if path.stat().st_size <= _LARGEST_FILE else None
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error
    if content is None:
        raise BadInput(f"{path}: over {_LARGEST_FILE:,} bytes; split the list")
    if content.startswith(_OLD_EXCEL):
        raise BadInput(f"{path}: an old or locked Excel file; save it as .xlsx or .csv")
    rows = _xlsx(path, content) if content.startswith(_ZIP) else _csv(path, content)
    return _kept(path, rows)


def _kept(path: Path, rows: Iterable[tuple[int, Iterable[object]]]) -> list[Line]:
    lines = []
    for number, values in rows:
        cells = tuple(_text(value) for value in values)
        if any(cells):
            lines.append(Line(number, cells))
        if len(lines) > MOST_LINES + 1:
            raise BadInput(f"{path}: over {MOST_LINES:,} lines; split the list")
    if not lines:
        raise BadInput(f"{path}: nothing is in it")
    return lines


def _csv(path: Path, content: bytes) -> Iterator[tuple[int, Iterable[object]]]:
    text = _decoded(path, content)
    first = text.lstrip().split("\n", 1)[0]
    divider = max(",;\t，；", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
    before = 0
    try:
        for row in reader:
            yield before + 1, row
            before = reader.line_num
    except csv.Error as error:
        raise BadInput(f"{path}: line {before + 1} is no CSV ({error})") from error


def _decoded(path: Path, content: bytes) -> str:
    """UTF-8 with or without its mark, Excel's "Unicode text", or GB18030 (GBK, GB2312)."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadInput(f"{path}: neither .xlsx nor text in UTF-8 or GB18030; save it as .xlsx")


def _xlsx(path: Path, content: bytes) -> Iterator[tuple[int, Iterable[object]]]:
    """The first sheet, read row by row. Sizes are checked before anything is unpacked."""
    try:
        _check_sizes(path, content)
        with warnings.catch_warnings(action="ignore"):  # of styles it does not know
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            yield from enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), start=1)
        finally:
            book.close()
    except _BROKEN as error:
        raise BadInput(f"{path}: a damaged .xlsx; save it again") from error


def _check_sizes(path: Path, content: bytes) -> None:
    """What a part says of its size is all that is ever read of it."""
    parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise BadInput(f"{path}: too large when unpacked; save only the list, without pictures")


def _text(value: object) -> str:
    """1001.0 → 1001, as Excel shows it; ８ → 8; line breaks stay."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    folded = unicodedata.normalize("NFKC", str(value)).translate(_INVISIBLE)
    lines = (" ".join(line.split()) for line in folded.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line).lstrip("'")
