"""Multinomial logistic regression over one sparse and one dense block of features.

scikit-learn's needs both in one sparse matrix of 64-bit floats: minutes where this takes seconds
(docs/understanding.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

_STEPS = 120


@dataclass(frozen=True)
class Weights:
    """What was learnt: one row a feature, one column a class; 32-bit floats."""

    sparse: np.ndarray
    dense: np.ndarray
    bias: np.ndarray

    def scores(self, sparse: csr_matrix, dense: np.ndarray) -> np.ndarray:
        """Return one row an example, one column a class: the higher, the likelier."""
        return sparse @ self.sparse + dense @ self.dense + self.bias


def fit_softmax(
    sparse: csr_matrix, dense: np.ndarray, targets: np.ndarray, strength: float
) -> Weights:
    """Learn from examples, a row each, and their classes 0, 1, 2 ... in `targets`.

    `strength` is the inverse of the quadratic penalty (C). Every class weighs the same, however
    many examples it has.
    """
    examples, classes = len(targets), int(targets.max()) + 1
    wanted = np.eye(classes, dtype=np.float32)[targets]
    worth = (examples / classes / np.bincount(targets))[targets].astype(np.float32) * strength
    width, known = sparse.shape[1], sparse.shape[1] + dense.shape[1]
    turned = sparse.T.tocsr()

    def unpack(flat: np.ndarray) -> Weights:
        rows = flat.reshape(known + 1, classes).astype(np.float32)
        return Weights(rows[:width], rows[width:known], rows[known])

    def cost(flat: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the penalised loss at `flat`, and its slope."""
        weights = unpack(flat)
        shares = to_shares(weights.scores(sparse, dense))
        missed = -np.log(np.maximum(shares[np.arange(examples), targets], 1e-30))
        pull = (shares - wanted) * worth[:, None]
        slope = np.vstack(
            [turned @ pull + weights.sparse, dense.T @ pull + weights.dense, pull.sum(0)[None]]
        )
        size = float((weights.sparse**2).sum() + (weights.dense**2).sum())
        return float(worth @ missed) + size / 2, slope.ravel().astype(np.float64)

    start = np.zeros((known + 1) * classes)
    options = {"maxiter": _STEPS, "ftol": 1e-5}
    return unpack(minimize(cost, start, jac=True, method="L-BFGS-B", options=options).x)


def to_shares(scores: np.ndarray) -> np.ndarray:
    """Return probabilities from scores, row by row."""
    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return odds / odds.sum(axis=-1, keepdims=True)
