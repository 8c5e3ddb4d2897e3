"""The text with neutral words in the place of what leads to somebody."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml

from gongyou.anonymising.spans import Kind, Span, merge

WORDS = Path(__file__).with_name("words.yaml")


def replace(text: str, spans: Iterable[Span]) -> str:
    """`text` with the word of its kind for each span. Spans may come in any order and overlap.
    Raises ValueError when one reaches outside the text."""
    said, at = [], 0
    for span in merge(spans):
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError("A span outside the text.")
        said += [text[at : span.start], read_words()[span.kind]]
        at = span.end
    return "".join((*said, text[at:]))


@cache
def read_words() -> Mapping[Kind, str]:
    """The neutral word of each kind (words.yaml)."""
    words: Mapping[Kind, str] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return words
