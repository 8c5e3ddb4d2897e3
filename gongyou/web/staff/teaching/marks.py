"""A text with what may lead to somebody marked in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongyou.anonymising import Span, find_personal
from gongyou.web.texts import read_texts


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `kind` is 「人名」 or the like where it is marked, else ""."""

    text: str
    kind: str = ""


def holds_personal(text: str) -> bool:
    return bool(find_personal(text))


def marked(text: str) -> tuple[Piece, ...]:
    """The whole text in pieces."""
    return tuple(_pieces(text, find_personal(text)))


def _pieces(text: str, spans: Iterable[Span]) -> Iterable[Piece]:
    at = 0
    for span in spans:
        if span.start > at:
            yield Piece(text[at : span.start])
        yield Piece(text[span.start : span.end], str(read_texts()["personal_kinds"][span.kind]))
        at = span.end
    if at < len(text):
        yield Piece(text[at:])
