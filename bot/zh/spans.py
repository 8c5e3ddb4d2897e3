"""A piece of text with a meaning, and which pieces win when they overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Span:
    """`text[start:end]` means `value`, of the sort `kind` (region, date, money ...)."""

    start: int
    end: int
    kind: str
    value: Any

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def blank_out(text: str, spans: Iterable[Span]) -> str:
    """Return `text` of the same length with every span replaced by `\\n`, which no reader joins."""
    chars = list(text)
    for span in spans:
        chars[span.start : span.end] = "\n" * (span.end - span.start)
    return "".join(chars)


def cut_out(text: str, spans: Iterable[Span]) -> str:
    """Return `text` without the spans: one blank stands in the place of each."""
    out, at = [], 0
    for span in sorted(spans, key=lambda s: s.start):
        if span.start >= at:
            out += [text[at : span.start], " "]
            at = span.end
    return "".join([*out, text[at:]])
