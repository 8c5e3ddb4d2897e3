"""Whether the confidence is what it says: of guesses with 0.8, eight in ten should be right."""

from collections.abc import Sequence

import numpy as np
from sklearn.calibration import calibration_curve

from evaluation.judging import Judged

BINS = 10


def expected_calibration_error(judged: Sequence[Judged]) -> float | None:
    """Mean distance of confidence and share of right first guesses over ten equal bins, weighted
    by the number in each: 0 is best. None without questions."""
    if not judged:
        return None
    sure = np.clip([one.confidence for one in judged], 0.0, 1.0)
    right = np.array([one.guess_right for one in judged], dtype=int)
    true, stated = calibration_curve(right, sure, n_bins=BINS)
    bins = np.searchsorted(np.linspace(0, 1, BINS + 1)[1:-1], sure)  # as calibration_curve cuts
    weights = np.unique(bins, return_counts=True)[1] / len(judged)
    return float(np.sum(weights * np.abs(true - stated)))
