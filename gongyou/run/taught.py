"""What officers have taught: sentences without names, each with its topic.

Read by both sides, so it is written for Python 3.10.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

REST = "other_work"


@dataclass(frozen=True)
class Example:
    """One approved correction: `id` is its number, `facts` are values by name as the rulebook
    encodes them, `today` the day the sentence was said (2026-11-21)."""

    id: int
    topic: str
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    today: str | None = None


Taught = Sequence[Example]


def intent_of(example: Example, intents: frozenset[str]) -> str:
    """The intent that learns it: a topic without one of its own belongs to other_work."""
    return example.topic if example.topic in intents else REST


def read_intents(root: Path) -> frozenset[str]:
    """data/nlu has one file for each intent, named after it."""
    return frozenset(path.stem for path in (root / "data/nlu").glob("*.yml"))


def as_rows(taught: Taught) -> list[dict[str, Any]]:
    """Plain data, for a file of JSON."""
    return [asdict(example) for example in taught]


def from_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[Example, ...]:
    """The opposite of as_rows."""
    return tuple(Example(**row) for row in rows)


def content(taught: Taught) -> bytes:
    """What a model is made of: the sentences and topics, whatever their numbers and order.
    Empty for none."""
    lines = sorted({(example.text, example.topic) for example in taught})
    return json.dumps(lines, ensure_ascii=False).encode() if lines else b""


def as_nlu(taught: Taught, intents: frozenset[str]) -> str:
    """The sentences in Rasa's own format, every text quoted."""
    groups: dict[str, list[str]] = {}
    for example in taught:
        line = " ".join(example.text.split())
        groups.setdefault(intent_of(example, intents), []).append(line)
    lines = ['version: "3.1"', "nlu:"]
    for intent in sorted(groups):
        lines += [f"- intent: {intent}", "  examples:"]
        # A list of texts: unlike the usual block, it has no markup that a worker's words could hit.
        texts = sorted(set(groups[intent]))
        lines += [f"  - text: {json.dumps(_plain(text), ensure_ascii=False)}" for text in texts]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """[ ] would mark an entity."""
    return text.replace("[", "(").replace("]", ")")
