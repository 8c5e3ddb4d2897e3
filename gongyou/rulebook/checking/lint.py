"""Finds what can be read but is wrong: overlaps, gaps, rules nobody reaches, old checks.

What cannot be read at all is refused by `read_rulebook`; this looks at a rulebook that was read.
"""

from __future__ import annotations

from datetime import date

from gongyou.rulebook.checking import reach, sources, topics, windows
from gongyou.rulebook.checking.findings import Finding, Linted
from gongyou.rulebook.model import Rulebook
from gongyou.rulebook.reading.cases import Cases

_MODULES = (windows, reach, sources, topics)


def lint(rulebook: Rulebook, today: date, cases: Cases | None = None) -> tuple[Finding, ...]:
    """Every finding, errors first, then by file and line. `today`: for what has grown old."""
    linted = Linted(rulebook, today, cases)
    checks = [check for module in _MODULES for check in module.CHECKS]
    findings = {finding for check in checks for finding in check(linted)}
    return tuple(sorted(findings, key=lambda one: (not one.is_error, one.problem)))
