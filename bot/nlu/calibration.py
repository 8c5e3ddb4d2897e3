"""How sure a classifier may call itself: temperature scaling."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.optimize import minimize_scalar

from bot.nlu.softmax import to_shares

_COOLEST, _HOTTEST = 0.2, 5.0


def fit_temperature(scores: np.ndarray, targets: np.ndarray) -> float:
    """Return what scores must be divided by for their shares to come true.

    `scores` (a row an example, a column a class) must come from models that did not learn from
    these examples; `targets` are their true classes.
    """
    rows = np.arange(len(targets))

    def loss(temperature: float) -> float:
        return -float(np.log(to_shares(scores / temperature)[rows, targets] + 1e-30).mean())

    return float(minimize_scalar(loss, bounds=(_COOLEST, _HOTTEST), method="bounded").x)


def splits(targets: np.ndarray, folds: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield (rows to learn from, rows to judge) for each fold; every class is dealt out in turn.

    A class of fewer examples than folds is always learnt from and never judged.
    """
    order = np.argsort(targets, kind="stable")
    fold = np.empty(len(targets), dtype=np.int64)
    fold[order] = np.arange(len(targets)) % folds
    fold[np.bincount(targets)[targets] < folds] = folds
    for number in range(folds):
        yield np.flatnonzero(fold != number), np.flatnonzero(fold == number)
