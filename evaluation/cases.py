"""Labelled questions: one JSON object a line, with at least id, text, topics and scope."""

import json
from dataclasses import dataclass
from pathlib import Path

OUT_TOPICS = frozenset({"chitchat", "abuse", "other_law", "non_law"})
OUT = "out"
REST = "other_work"


class CaseFileError(Exception):
    """The file of questions cannot be read: names the line and what is missing in it."""


@dataclass(frozen=True)
class Case:
    """A question and the topics that would serve its asker, the main one first."""

    id: str
    text: str
    topics: tuple[str, ...]
    scope: str


def read_cases(path: Path) -> list[Case]:
    """All cases of a file in its order; blank lines are skipped. Raises CaseFileError."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_read_case(path, n, line) for n, line in enumerate(lines, 1) if line.strip()]


def _read_case(path: Path, number: int, line: str) -> Case:
    try:
        row = json.loads(line)
        case = Case(str(row["id"]), row["text"], tuple(row["topics"]), row["scope"])
    except (ValueError, KeyError, TypeError) as error:
        raise CaseFileError(
            f"{path}:{number}: a case is a JSON object with id, text, topics, scope ({error!r})"
        ) from error
    if not case.topics:
        raise CaseFileError(f"{path}:{number}: topics is empty; name at least the main topic")
    return case


def label(topic: str, intents: frozenset[str]) -> str:
    """What a topic or intent counts as: the four out classes are one, and a topic that has no
    intent of its own belongs to other_work."""
    if topic in OUT_TOPICS:
        return OUT
    return topic if topic in intents else REST
