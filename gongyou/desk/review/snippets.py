"""Texts as a search compares them, and the part of one that is shown for what was found."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

AROUND: Final = 24  # characters shown on either side


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text: `hit` is what was found; `before` and `after` begin or end with … where
    more follows. All in `before` when nothing in it can be pointed at."""

    before: str
    hit: str = ""
    after: str = ""


def fold(text: str) -> str:
    """Half width, lower case, without spaces: 加 班 费 is found by 加班费."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def cut(text: str, words: Sequence[str]) -> Snippet:
    """The neighbourhood of the first of these words, which are folded, that occurs."""
    text = " ".join(text.split())
    folded, places = _fold_with_places(text)
    start, word = next(((at, word) for word in words if (at := folded.find(word)) >= 0), (-1, ""))
    if start < 0:
        return Snippet(_end(text[: 2 * AROUND], len(text) > 2 * AROUND))
    first, last = places[start], places[start + len(word) - 1] + 1
    begin, end = max(0, first - AROUND), min(len(text), last + AROUND)
    before = ("…" if begin else "") + text[begin:first]
    return Snippet(before, text[first:last], _end(text[last:end], end < len(text)))


def _end(text: str, is_cut: bool) -> str:
    return f"{text}…" if is_cut else text


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    """The text folded a character at a time, and where each of the result came from."""
    folded, places = [], []
    for place, character in enumerate(text):
        for one in fold(character):
            folded.append(one)
            places.append(place)
    return "".join(folded), places
