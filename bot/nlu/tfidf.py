"""TF-IDF over named features, where words and characters weigh the same in sum."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from scipy.sparse import csr_matrix

_RUNS = re.compile(r"[^\sa-zA-Z]+")
_HINT = "h:"
_FEWEST = 2


def features(text: str, words: Iterable[str], hints: Iterable[str], longest: int) -> Iterator[str]:
    """Yield the features of a text: words, hints, and runs of 1 to `longest` characters.

    Runs hold no blanks and no Latin letters: those only count as whole words.
    """
    for word in words:
        yield f"w:{word.lower()}"
    for hint in hints:
        yield f"{_HINT}{hint}"
    for run in _RUNS.findall(text):
        for size in range(1, longest + 1):
            for at in range(len(run) - size + 1):
                yield f"c:{run[at : at + size]}"


class Tfidf:
    """Knows features by name and how rare each one is."""

    def __init__(self, names: Sequence[str], idf: np.ndarray) -> None:
        """Take the names of the features, in the order of their columns, and their rarity."""
        self.names, self.idf = list(names), idf
        self._index = {name: at for at, name in enumerate(self.names)}

    @classmethod
    def fit(cls, examples: Sequence[Sequence[str]]) -> Tfidf:
        """Learn in how many examples each feature stands; what stands in one only is left out."""
        seen = Counter(name for example in examples for name in set(example))
        names = sorted(name for name, times in seen.items() if times >= _FEWEST)
        idf = [math.log((1 + len(examples)) / (1 + seen[name])) + 1 for name in names]
        return cls(names, np.array(idf))

    def matrix(self, examples: Sequence[Sequence[str]]) -> csr_matrix:
        """Return one row an example, one column a feature, as 32-bit floats."""
        rows = [self._row(Counter(example)) for example in examples]
        ends = np.cumsum([0, *(len(at) for at, _ in rows)])
        columns = np.concatenate([at for at, _ in rows])
        values = np.concatenate([values for _, values in rows]).astype(np.float32)
        return csr_matrix((values, columns, ends), shape=(len(rows), len(self.names)))

    def knows_any(self, example: Iterable[str]) -> bool:
        """Say whether a word or character of the example is known, or there is none: no hints."""
        said = [name for name in example if not name.startswith(_HINT)]
        return not said or any(name in self._index for name in said)

    def _row(self, count: Counter[str]) -> tuple[np.ndarray, np.ndarray]:
        """Return columns and values; words and characters are scaled to length 1 each."""
        known = [name for name in count if name in self._index]
        at = np.array([self._index[name] for name in known], dtype=np.int64)
        values = np.array([1 + math.log(count[name]) for name in known]) * self.idf[at]
        family = np.array([not name.startswith("c:") for name in known], dtype=bool)
        for part in (family, ~family):
            length = np.linalg.norm(values[part])
            values[part] = values[part] / length if length else values[part]
        return at, values
