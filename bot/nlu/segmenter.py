"""One jieba, loaded once, with our dictionary: shared by the tokeniser and by spaCy."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable
from pathlib import Path

import jieba

# High enough that a listed word is not cut up, whatever its parts weigh.
_WEIGHT = 60_000
# jieba keeps a cache of its dictionary; in a folder of our own, not under a guessable name in /tmp.
_CACHE = Path(__file__).parents[1] / ".generated"
_known: set[str] = set()


def load_words(words: Iterable[str]) -> None:
    """Make jieba keep each of `words` whole. Words already loaded cost nothing."""
    _start()
    for word in sorted(set(words) - _known):
        jieba.add_word(word, freq=_WEIGHT)
        _known.add(word)


def _start() -> None:
    if jieba.dt.initialized:
        return
    jieba.setLogLevel(logging.WARNING)
    try:
        _CACHE.mkdir(mode=0o700, exist_ok=True)
        jieba.dt.tmp_dir = str(_CACHE)
    except OSError:  # a read-only installation: no cache that outlives us
        jieba.dt.tmp_dir = tempfile.mkdtemp(prefix="gongyou-jieba-")
    jieba.initialize()
