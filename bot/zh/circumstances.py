"""What kind of a thing it is, by the words for it: employment, isolation, who caused a stoppage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.zh.spans import Span
from bot.zh.whose import is_denied, is_of_another

_LOOKS_ALIKE = "-"
_GAPS = {"……": "[^。;!?\n]{0,14}?", "…": "[^,。;!?\n]{0,6}?"}
# Whose doing it was is told of others; what one is and where one was kept, of oneself.
_OF_ONESELF = frozenset({"employment", "isolation"})
_CLAUSE_ENDS = re.compile(r"[,。;!?\n]")
_BUT = re.compile("其实|实际上?|真正的?原因")


class CircumstanceFinder:
    """Finds the phrases of data/lexicon/circumstances.tsv; of two that overlap, the longer."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Take (kind, value, phrase): `…` in a phrase is a few characters of the same clause,
        `……` up to fourteen of the same sentence; a value of `-` only looks like one."""
        self._rows = [(kind, value, _pattern(phrase)) for kind, value, phrase in rows]

    def find(self, text: str) -> list[Span]:
        """Return spans of the kinds listed, each value once, in text order."""
        longest: list[Span] = []
        for span in sorted(self._named(text), key=_precedence):
            if not any(span.overlaps(other) and span.kind == other.kind for other in longest):
                longest.append(span)
        meant = [s for s in sorted(longest, key=lambda s: s.start) if self._is_meant(text, s)]
        first = {(span.kind, span.value): span for span in reversed(_corrected(text, meant))}
        return sorted(first.values(), key=lambda span: span.start)

    def _named(self, text: str) -> Iterator[Span]:
        for kind, value, pattern in self._rows:
            for found in pattern.finditer(text):
                yield Span(found.start(), found.end(), kind, value)

    def _is_meant(self, text: str, span: Span) -> bool:
        if span.value == _LOOKS_ALIKE or is_denied(text, span.start):
            return False
        return not (span.kind in _OF_ONESELF and is_of_another(text, span.start, oneself=True))


def _pattern(phrase: str) -> re.Pattern[str]:
    parts = re.split("(……|…)", phrase)
    return re.compile("".join(_GAPS.get(part) or re.escape(part) for part in parts))


def _precedence(span: Span) -> tuple[bool, int, int]:
    """What only looks like a thing comes first, then the longer, then the earlier."""
    return span.value != _LOOKS_ALIKE, span.start - span.end, span.start


def _corrected(text: str, spans: list[Span]) -> list[Span]:
    """厂里说是政府要求的，其实是没单子: of each kind only what stands behind 其实, if anything."""
    but = _BUT.search(text)
    if not but:
        return _first_causes(text, spans)
    behind = {span.kind for span in spans if span.start >= but.end()}
    return [span for span in spans if span.kind not in behind or span.start >= but.end()]


def _first_causes(text: str, spans: list[Span]) -> list[Span]:
    """我操作失误机器坏了: what comes of the first cause in its clause is no second one."""
    causes = [span for span in spans if span.kind == "stop_cause"]
    later = {
        after
        for before, after in pairwise(causes)
        if not _CLAUSE_ENDS.search(text[before.end : after.start])
    }
    return [span for span in spans if span not in later]
