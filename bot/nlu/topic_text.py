"""What a topic is judged by: the words around the facts, not the facts themselves.

Which city, which day and which figure say no topic. That there are facts, how much is said beside
them, and which stages are named together, does: 「我在焦作，一个月4000」 informs, 「停工」 beside
「一分钱没发」 is pay in a stoppage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.zh.spans import Span, cut_out

_FACTS = frozenset(
    {"region", "region_ambiguous", "region_unknown", "date", "date_invalid", "money", "duration"}
    | {"pregnancy", "child_age", "contribution"}
)
_LONGEST = 6


@dataclass(frozen=True)
class TopicText:
    """The text with its facts cut out, and hints that count as words of their own."""

    rest: str
    hints: tuple[str, ...]


def topic_text(text: str, spans: Sequence[Span]) -> TopicText:
    """Return what a classifier reads of a folded text in which `spans` were found."""
    facts = [span for span in spans if span.kind in _FACTS]
    stages = [span.value for span in spans if span.kind == "stage"]
    rest = cut_out(text, facts)
    hints = ["has:fact" if facts else "no:fact", f"length:{_size(rest)}"]
    hints += [f"stage:{stage}" for stage in stages]
    if stages:
        hints.append("stages:" + "+".join(sorted(set(stages))))
    return TopicText(rest, tuple(hints))


def _size(rest: str) -> int:
    """Return the length of a text on a scale of doublings: 0, 1, 2-3, 4-7, 8-15, 16-31, more."""
    return min(_LONGEST, sum(char.isalnum() for char in rest).bit_length())
