"""Fold text to one plain form, character by character, so that every offset stays true."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

# Control, format, surrogate, private, unassigned, and every kind of separator.
_BLANK = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})

# OpenCC leaves 著 alone for the sake of 著作; in what workers write it is 着 (活著, 等著).
_OVERRIDES = {"著": "着"}


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def _fold_char(char: str) -> str:
    if unicodedata.category(char) in _BLANK:
        return " "
    narrow = unicodedata.normalize("NFKC", char)
    if len(narrow) != 1 or narrow.isspace():
        narrow = " " if narrow.isspace() else char
    simple = _OVERRIDES.get(narrow) or _simplifier().convert(narrow)
    return simple if len(simple) == 1 else narrow


def fold(text: str) -> str:
    """Return `text` half-width, simplified and free of odd spaces.

    The result has exactly as many characters as `text`: a character whose plain form is longer
    or shorter than one character stays as it is.
    """
    return "".join(_fold_char(char) for char in text)
