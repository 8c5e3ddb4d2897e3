"""A linear topic model over characters and words: small, quick, stored as plain arrays."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

_RUNS = re.compile(r"[^\sa-zA-Z]+")
_HINT = "h:"
_ARRAYS, _NAMES = "model.npz", "names.json"


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


class LinearModel:
    """Multinomial logistic regression on TF-IDF; words and characters weigh the same in sum."""

    def __init__(
        self,
        index: dict[str, int],
        idf: np.ndarray,
        weights: np.ndarray,
        bias: np.ndarray,
        labels: Sequence[str],
    ) -> None:
        """Take the features by name, their rarity, one row of weights a feature, the topics."""
        self._index, self._idf, self._labels = index, idf, list(labels)
        self._weights, self._bias = weights, bias

    @classmethod
    def fit(
        cls, examples: Sequence[Sequence[str]], labels: Sequence[str], strength: float
    ) -> LinearModel:
        """Learn from lists of features and their topics. `strength` is the inverse penalty (C)."""
        counts = [Counter(example) for example in examples]
        seen = Counter(name for count in counts for name in count)
        index = {name: at for at, name in enumerate(sorted(seen))}
        idf = np.array([math.log((1 + len(counts)) / (1 + seen[name])) + 1 for name in index])
        rows = [_vector(count, index, idf) for count in counts]
        learner = LogisticRegression(
            C=strength, max_iter=500, class_weight="balanced", random_state=42
        )
        learner.fit(_matrix(rows, len(index)), labels)
        weights, bias = learner.coef_, learner.intercept_
        if len(learner.classes_) == 2:  # scikit-learn keeps one row for two classes
            weights, bias = np.vstack([-weights, weights]) / 2, np.hstack([-bias, bias]) / 2
        return cls(index, idf, weights.T.astype(np.float32), bias, list(learner.classes_))

    def rank(self, example: Iterable[str]) -> list[tuple[str, float]]:
        """Return every topic with its probability, the likeliest first.

        Where something was said and no word or character of it is known, every topic is as likely.
        """
        count = Counter(example)
        at, values = _vector(count, self._index, self._idf)
        said = [name for name in count if not name.startswith(_HINT)]
        if said and not any(name in self._index for name in said):
            return [(label, 1 / len(self._labels)) for label in self._labels]
        scores = values @ self._weights[at] + self._bias
        odds = np.exp(scores - scores.max())
        shares = odds / odds.sum()
        return [(self._labels[i], float(shares[i])) for i in np.argsort(-shares)]

    def save(self, folder: Path) -> None:
        """Write the model to a folder as one NumPy and one JSON file; no pickle."""
        np.savez(folder / _ARRAYS, idf=self._idf, weights=self._weights, bias=self._bias)
        names = {"features": list(self._index), "labels": self._labels}
        (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> LinearModel:
        """Load a model that `save` wrote."""
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        index = {name: at for at, name in enumerate(names["features"])}
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            return cls(index, arrays["idf"], arrays["weights"], arrays["bias"], names["labels"])


def _vector(
    count: Counter[str], index: dict[str, int], idf: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return positions and TF-IDF values; words and characters are scaled to length 1 each."""
    known = [(index[name], times, name[0]) for name, times in count.items() if name in index]
    at = np.array([where for where, _, _ in known], dtype=np.int64)
    values = np.array([1 + math.log(times) for _, times, _ in known]) * idf[at]
    family = np.array([kind != "c" for _, _, kind in known], dtype=bool)
    for part in (family, ~family):
        length = np.linalg.norm(values[part])
        values[part] = values[part] / length if length else values[part]
    return at, values


def _matrix(rows: list[tuple[np.ndarray, np.ndarray]], width: int) -> csr_matrix:
    ends = np.cumsum([0, *(len(at) for at, _ in rows)])
    columns = np.concatenate([at for at, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return csr_matrix((values, columns, ends), shape=(len(rows), width))
