"""The folds encode each sentence five times over; here a process encodes it once.

What a text is encoded as does not depend on what was learnt (the encoder is not trained), so the
figures are the same, in half the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np


class Remembering:
    """An encoder that keeps what it has once made of a text."""

    def __init__(self, encoder: object) -> None:
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row a text, as the encoder itself gives."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.array([self._known[text] for text in texts])


@contextmanager
def remembering() -> Iterator[None]:
    """Within it, the bot's sentence encoder remembers."""
    from bot.nlu import sentence_encoder

    load = sentence_encoder.load_encoder
    kept: dict[int, Remembering] = {}

    def load_once(threads: int) -> Remembering:
        return kept.setdefault(threads, Remembering(load(threads)))

    sentence_encoder.load_encoder = load_once
    try:
        yield
    finally:
        sentence_encoder.load_encoder = load
