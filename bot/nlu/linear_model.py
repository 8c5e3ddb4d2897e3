"""A linear topic model over words, characters and a sentence vector: quick, plain arrays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.calibration import fit_temperature, splits
from bot.nlu.softmax import Weights, fit_softmax, to_shares
from bot.nlu.tfidf import Tfidf

_ARRAYS, _NAMES = "model.npz", "names.json"
_FOLDS = 5


class LinearModel:
    """Multinomial logistic regression on TF-IDF beside a dense vector, calibrated."""

    def __init__(
        self, tfidf: Tfidf, weights: Weights, temperature: float, labels: Sequence[str]
    ) -> None:
        """Take the features, their weights, what scores are divided by, and the topics."""
        self._tfidf, self._weights, self._labels = tfidf, weights, list(labels)
        self.temperature = temperature

    @classmethod
    def fit(
        cls,
        examples: Sequence[Sequence[str]],
        vectors: np.ndarray,
        labels: Sequence[str],
        strength: float,
    ) -> LinearModel:
        """Learn from lists of features, vectors (a row an example, maybe of no columns), topics.

        `strength` is the inverse penalty (C). The temperature comes from models that each learn
        from four fifths of the examples and are asked about the rest.
        """
        tfidf, known = Tfidf.fit(examples), sorted(set(labels))
        targets = np.array([known.index(label) for label in labels])
        matrix, vectors = tfidf.matrix(examples), vectors.astype(np.float32)
        weights = fit_softmax(matrix, vectors, targets, strength)
        temperature = _temperature(matrix, vectors, targets, strength)
        return cls(tfidf, weights, temperature, known)

    def rank(self, example: Sequence[str], vector: np.ndarray) -> list[tuple[str, float]]:
        """Return every topic with its probability, the likeliest first.

        Where something was said and no word or character of it is known, every topic is as likely.
        """
        if not self._tfidf.knows_any(example):
            return [(label, 1 / len(self._labels)) for label in self._labels]
        (scores,) = self._weights.scores(self._tfidf.matrix([example]), vector[None])
        shares = to_shares(scores / self.temperature)
        return [(self._labels[i], float(shares[i])) for i in np.argsort(-shares)]

    def save(self, folder: Path) -> None:
        """Write the model to a folder as one NumPy and one JSON file; no pickle."""
        np.savez(
            folder / _ARRAYS,
            idf=self._tfidf.idf,
            sparse=self._weights.sparse,
            dense=self._weights.dense,
            bias=self._weights.bias,
            temperature=np.array(self.temperature),
        )
        names = {"features": self._tfidf.names, "labels": self._labels}
        (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> LinearModel:
        """Load a model that `save` wrote."""
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            tfidf = Tfidf(names["features"], arrays["idf"])
            weights = Weights(arrays["sparse"], arrays["dense"], arrays["bias"])
            return cls(tfidf, weights, float(arrays["temperature"]), names["labels"])


def _temperature(
    matrix: csr_matrix, vectors: np.ndarray, targets: np.ndarray, strength: float
) -> float:
    """Return the temperature by cross-validation; 1 where every topic has too few examples."""
    if np.bincount(targets).max() < _FOLDS:
        return 1.0
    scores, asked = [], []
    for learn, ask in splits(targets, _FOLDS):
        weights = fit_softmax(matrix[learn], vectors[learn], targets[learn], strength)
        scores.append(weights.scores(matrix[ask], vectors[ask]))
        asked.append(targets[ask])
    return fit_temperature(np.vstack(scores), np.concatenate(asked))
