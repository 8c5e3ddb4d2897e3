"""Reads the cases of each topic (tests/rulebook/<topic>.yaml): what was told, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gongyou.rulebook.model.errors import Problem


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its name, the facts told as text, the day of the question if it names one."""

    name: str
    facts: Mapping[str, str]
    on: date | None


type Cases = Mapping[str, tuple[Case, ...]]


def read_cases(folder: Path, problems: list[Problem]) -> Cases:
    """The cases by topic. What cannot be read goes into `problems`."""
    return {path.stem: _read(path, problems) for path in sorted(folder.glob("*.yaml"))}


def _read(path: Path, problems: list[Problem]) -> tuple[Case, ...]:
    file = "/".join(path.parts[-3:])
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return tuple(_cases(loaded["cases"] or []))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.append(Problem(file, line, "file", f"is not YAML ({error.problem})", "Fix it"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        cure = "Write cases: and under it - {name: …, facts: {…}, expect: {…}}"
        problems.append(Problem(file, 1, "file", f"is no list of cases ({error!r})", cure))
    return ()


def _cases(listed: list[dict[str, Any]]) -> Iterator[Case]:
    for case in listed:
        facts = {str(name): as_text(value) for name, value in (case["facts"] or {}).items()}
        yield Case(str(case["name"]), facts, case.get("date"))


def as_text(value: object) -> str:
    """A fact as it is typed: days of a list joined by commas."""
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
