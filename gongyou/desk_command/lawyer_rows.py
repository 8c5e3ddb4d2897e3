"""The lines of a list of lawyers, read field by field; every wrong one is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongyou.desk.keeping.enrolling import LawyerEntry
from gongyou.desk_command.errors import BadInput
from gongyou.desk_command.lawyer_fields import Reader, column, field_readers, read_words
from gongyou.desk_command.table_file import Line
from gongyou.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line; `field` is the column as the file calls it."""

    line: int
    field: str
    text: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: {self.text}"


@dataclass(frozen=True, slots=True)
class LawyerList:
    """The entries that can be used, by line number, and what is wrong with the others."""

    entries: dict[int, LawyerEntry]
    problems: list[Problem]


def read_lawyers(lines: Sequence[Line], rulebook: Rulebook) -> LawyerList:
    """Read every line. Raises BadInput for a header with a column too many or too few."""
    fields, readers = _read_header(lines[0]), field_readers(rulebook)
    found = LawyerList({}, [])
    seen: dict[str, int] = {}
    for line in lines[1:]:
        problems: list[Problem] = []
        entry = _read_line(line, fields, readers, problems)
        if entry is not None and entry.login in seen:
            twice = f"{entry.login!r} stands in line {seen[entry.login]} already"
            problems.append(Problem(line.number, column("login"), twice))
        elif entry is not None:
            seen[entry.login] = line.number
            found.entries[line.number] = entry
        found.problems.extend(problems)
    return found


def _read_header(line: Line) -> list[str]:
    """The field of each column."""
    by_name = {name: field for field, name in read_words()["columns"].items()}
    names = list(line.cells)
    while names and not names[-1]:
        names.pop()
    unknown = [name or "(no name)" for name in names if name not in by_name]
    if unknown:
        may_be = ", ".join(by_name)
        raise BadInput(f"line {line.number}: no column {', '.join(unknown)}; there may be {may_be}")
    twice = {name for name in names if names.count(name) > 1}
    missing = [column(field) for field in read_words()["required"] if column(field) not in names]
    if twice or missing:
        wrong = f"twice: {', '.join(twice)}" if twice else f"missing: {', '.join(missing)}"
        raise BadInput(f"line {line.number}: column {wrong}")
    return [by_name[name] for name in names]


def _read_line(
    line: Line,
    fields: Sequence[str],
    readers: Mapping[str, Reader],
    problems: list[Problem],
) -> LawyerEntry | None:
    """The entry; None, and every problem of the line, when something is wrong."""
    if any(line.cells[len(fields) :]):
        problems.append(Problem(line.number, "-", "more cells than the header has columns"))
    cells = {field: "" for field in read_words()["columns"]} | dict(
        zip(fields, line.cells, strict=False)
    )
    read: dict[str, Any] = {}
    for field, reader in readers.items():
        try:
            read[field] = reader(cells[field])
        except ValueError as error:
            problems.append(Problem(line.number, column(field), str(error)))
    return None if problems else LawyerEntry(**read)
