"""`import-lawyers`: a list out of a file becomes accounts, all of it or none."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.orm import Session

from gongyou.desk.keeping.enrolling import (
    LawyerEntry,
    change_to,
    enrol,
    fetch_by_login,
    find_differences,
)
from gongyou.desk_command.errors import BadInput
from gongyou.desk_command.lawyer_fields import column
from gongyou.desk_command.lawyer_rows import LawyerList, Problem, read_lawyers
from gongyou.desk_command.office import Office
from gongyou.desk_command.table_file import read_table

_MOST_TOLD: Final = 50  # problems, as text


@dataclass
class Report:
    """What became of each line, by login. `new` has the links, none with --check."""

    new: dict[str, str | None] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    differing: dict[str, list[str]] = field(default_factory=dict)
    changed: bool = False
    problems: list[Problem] = field(default_factory=list)


def lines(office: Office, chosen: argparse.Namespace) -> Iterator[str]:
    """Read, compare, and unless --check write; every wrong line is named on standard error."""
    found = read_lawyers(read_table(chosen.file), office.rulebook)
    with office.desk.reading() as session:
        report = _compare(session, found)
    _tell_problems(report)
    if report.problems and not chosen.skip_bad:
        wrong = len({problem.line for problem in report.problems})
        cure = "correct them, or use --skip-bad"
        raise BadInput(f"nothing was imported: {wrong} lines are wrong; {cure}")
    if not chosen.check:
        _write(office, report, found, update=chosen.update)
    yield from _as_json(report) if chosen.json else _as_text(report, check=chosen.check)


def _compare(session: Session, found: LawyerList) -> Report:
    report = Report(problems=found.problems)
    people = fetch_by_login(session)
    for number, entry in found.entries.items():
        person = people.get(entry.login)
        if person is None:
            report.new[entry.login] = None
        elif person.role != "lawyer":
            taken = f"{entry.login!r} is an account of another role; choose another login"
            report.problems.append(Problem(number, column("login"), taken))
        elif differing := find_differences(session, person, entry):
            report.differing[entry.login] = [column(name) for name in differing]
        else:
            report.unchanged.append(entry.login)
    report.problems.sort(key=lambda problem: problem.line)
    return report


def _write(office: Office, report: Report, found: LawyerList, *, update: bool) -> None:
    """All in one transaction."""
    entries: dict[str, LawyerEntry] = {entry.login: entry for entry in found.entries.values()}
    report.changed = update
    with office.desk.transaction() as session:
        for login in report.new:
            report.new[login] = office.link(enrol(session, entries[login], office.now))
        if update:
            people = fetch_by_login(session)
            for login in report.differing:
                change_to(session, people[login], entries[login], office.now)


def _tell_problems(report: Report) -> None:
    for problem in report.problems[:_MOST_TOLD]:
        print(problem, file=sys.stderr)
    more = len(report.problems) - _MOST_TOLD
    if more > 0:
        print(f"and {more} more; --json tells all with --skip-bad --check", file=sys.stderr)


def _as_text(report: Report, *, check: bool) -> Iterator[str]:
    for login, link in report.new.items():
        yield f"new\t{login}\t{link or ''}".rstrip()
    for login, columns in report.differing.items():
        done = "changed" if report.changed else "differs, left as it is (--update changes it)"
        yield f"{done}\t{login}\t{', '.join(columns)}"
    skipped = len({problem.line for problem in report.problems})
    yield (
        f"{'would be ' if check else ''}{len(report.new)} new, {len(report.unchanged)} unchanged, "
        f"{len(report.differing)} {'changed' if report.changed else 'differing'}, {skipped} skipped"
    )


def _as_json(report: Report) -> Iterator[str]:
    made = {
        "new": report.new,
        "unchanged": report.unchanged,
        "differing": report.differing,
        "changed": report.changed,
        "problems": [
            {"line": p.line, "column": p.field, "problem": p.text} for p in report.problems
        ],
    }
    yield json.dumps(made, ensure_ascii=False, indent=1)
