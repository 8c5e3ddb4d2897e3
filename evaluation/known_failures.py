"""Known failures of our own checks (evaluation/checks.jsonl): a list that must shrink."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.errors import BadCase
from evaluation.judging import Judged

HERE = Path(__file__).parent
CHECKS = HERE / "checks.jsonl"
KNOWN_FAILURES = HERE / "known_failures.jsonl"


@dataclass(frozen=True)
class Failure:
    """A check that fails, by its id and the topics it expects."""

    id: str
    topics: tuple[str, ...]

    def as_line(self) -> str:
        return json.dumps({"id": self.id, "topics": self.topics})


@dataclass(frozen=True)
class Changes:
    """Listed but passing now, or no longer a check so labelled; and failing but not listed."""

    fixed: frozenset[Failure]
    new: frozenset[Failure]

    def cure(self) -> str:
        """What to do, with the very lines; empty when the list is right."""
        said = [f"delete, it passes or its check has changed: {x}" for x in _lines(self.fixed)]
        said += [f"repair it, or list it: {x}" for x in _lines(self.new)]
        return "\n".join(said)


def read_known(path: Path = KNOWN_FAILURES) -> frozenset[Failure]:
    """The list, one object a line with id and topics. Raises BadCase."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return frozenset(_read(f"{path}:{n}", x) for n, x in enumerate(lines, 1) if x.strip())


def compare(judged: Sequence[Judged], known: frozenset[Failure]) -> Changes:
    """Which listed failures are none any more, and which failures are not listed."""
    failing = frozenset(Failure(x.case.id, x.case.topics) for x in judged if not x.right)
    return Changes(fixed=known - failing, new=failing - known)


def _read(place: str, line: str) -> Failure:
    try:
        row = json.loads(line)
        return Failure(row["id"], tuple(row["topics"]))
    except (ValueError, KeyError, TypeError) as error:
        raise BadCase(place, f"{error!r}", 'write {"id": ..., "topics": [...]}') from error


def _lines(failures: frozenset[Failure]) -> list[str]:
    return sorted(failure.as_line() for failure in failures)
