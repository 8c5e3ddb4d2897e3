"""Labelled questions, one JSON object a line: id, text, topics, scope and perhaps source_type."""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from evaluation.errors import BadCase, CannotEvaluate

# What JSON can hold and UTF-8 cannot.
HALF_CHARACTER = re.compile("[\ud800-\udfff]")
SCOPES = ("in", "near", "out")


@dataclass(frozen=True)
class Case:
    """A question and the topics that would serve its asker, the main one first."""

    id: str
    text: str
    topics: tuple[str, ...]
    scope: str
    source_type: str = "unknown"


# A check says what is wrong with a row and the cure, or nothing.
Problem = tuple[str, str] | None
Check = Callable[[dict[str, Any], frozenset[str]], Problem]


def read_cases(path: Path, known: frozenset[str]) -> list[Case]:
    """All cases of a file in its order; blank lines are skipped, other keys ignored.
    `known` are the names a topic may have. Raises CannotEvaluate."""
    lines = _read_text(path).split("\n")
    cases = [_read_case(f"{path}:{n}", x, known) for n, x in enumerate(lines, 1) if x.strip()]
    if not cases:
        raise CannotEvaluate(f"{path}: no questions in it; write one JSON object a line")
    _refuse_twins(path, cases)
    return cases


def digest(cases: Sequence[Case]) -> str:
    """Twelve hex digits of the questions and their labels: the same for the same questions."""
    rows = [[case.id, case.text, case.topics] for case in cases]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:12]


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotEvaluate(f"{path}: not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise CannotEvaluate(f"{path}: {error.strerror}; name a file of questions") from error


def _read_case(place: str, line: str, known: frozenset[str]) -> Case:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadCase(place, f"not JSON ({error})", "write one object on one line") from error
    for check in CHECKS:
        if problem := check(row, known):
            raise BadCase(place, *problem)
    source = str(row.get("source_type") or Case.source_type)
    return Case(str(row["id"]), row["text"], tuple(row["topics"]), row["scope"], source)


def _is_object(row: Any, _: frozenset[str]) -> Problem:
    return None if isinstance(row, dict) else ("not an object", "write {...}")


def _has_all(row: dict[str, Any], _: frozenset[str]) -> Problem:
    missing = [key for key in ("id", "text", "topics", "scope") if key not in row]
    return (
        (f"{', '.join(missing)} missing", "a case has id, text, topics, scope") if missing else None
    )


def _has_text(row: dict[str, Any], _: frozenset[str]) -> Problem:
    text = row["text"]
    good = isinstance(text, str) and text.strip() and not HALF_CHARACTER.search(text)
    return None if good else ("text is empty or no text", "write the question, or drop the line")


def _has_topics(row: dict[str, Any], _: frozenset[str]) -> Problem:
    topics = row["topics"]
    good = isinstance(topics, list) and topics and all(isinstance(one, str) for one in topics)
    return None if good else ("topics is no list of names", 'write ["main_topic", ...]')


def _knows_topics(row: dict[str, Any], known: frozenset[str]) -> Problem:
    for topic in row["topics"]:
        if topic not in known:
            near = get_close_matches(topic, sorted(known), n=1)
            cure = f"write {near[0]}" if near else "write one of " + ", ".join(sorted(known))
            return f"unknown topic {topic!r}", cure
    return None


def _has_scope(row: dict[str, Any], _: frozenset[str]) -> Problem:
    good = row["scope"] in SCOPES
    return None if good else (f"scope is {row['scope']!r}", "write one of in, near, out")


CHECKS: tuple[Check, ...] = (
    _is_object, _has_all, _has_text, _has_topics, _knows_topics, _has_scope,
)  # fmt: skip


def _refuse_twins(path: Path, cases: Sequence[Case]) -> None:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise CannotEvaluate(f"{path}: the id {case.id} stands twice; give each its own")
        seen.add(case.id)
