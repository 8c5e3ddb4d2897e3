"""`check`: read everything, then look for what reads well but is wrong."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gongyou.rulebook import Rulebook, RulebookError
from gongyou.rulebook.checking.lint import lint
from gongyou.rulebook.model.errors import Problem
from gongyou.rulebook.reading.cases import Cases, read_cases
from gongyou.rulebook_command.errors import BadInput, ChecksFailed


def lines(rulebook: Rulebook, chosen: argparse.Namespace, today: date) -> Iterator[str]:
    """Each finding on a line, then what was read. Raises ChecksFailed when there are errors."""
    findings = lint(rulebook, today, cases_of(chosen))
    yield from map(str, findings)
    rows = sum(len(rows) for one in rulebook.parameters.values() for rows in one.rows.values())
    rules = sum(len(topic.rules) for topic in rulebook.topics.values())
    counted = f"{len(rulebook.topics)} topics, {rules} rules, {rows} dated figures"
    errors = sum(finding.is_error for finding in findings)
    warnings = len(findings) - errors
    if errors:
        yield f"failed: {errors} errors, {warnings} warnings in {counted}"
        raise ChecksFailed
    yield f"ok: {counted}" + (f"; {warnings} warnings" if warnings else "")


def cases_of(chosen: argparse.Namespace) -> Cases | None:
    """The cases of --cases, or of tests/rulebook beside the rulebook; None when there are none."""
    folder: Path = chosen.cases or chosen.path.resolve().parent / "tests" / "rulebook"
    if not folder.is_dir():
        if chosen.cases:
            raise BadInput(f"--cases {folder}: no such folder")
        return None
    problems: list[Problem] = []
    cases = read_cases(folder, problems)
    if problems:
        raise RulebookError(problems)
    return cases
