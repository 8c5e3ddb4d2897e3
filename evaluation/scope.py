"""Telling questions out of scope from the others, by the sum of the out classes' confidence."""

from collections.abc import Sequence

from sklearn.metrics import roc_auc_score, roc_curve

from evaluation.judging import Judged
from evaluation.topics import OUT_TOPICS


def auroc(judged: Sequence[Judged], kinds: frozenset[str]) -> float | None:
    """Chance that a question whose main topic is one of `kinds` scores higher than one in scope.
    None when there is only one of the two."""
    is_out, scores = _scores(judged, kinds)
    return float(roc_auc_score(is_out, scores)) if len(set(is_out)) == 2 else None


def recall_at_false_alarms(judged: Sequence[Judged], false_share: float) -> float | None:
    """Share of the questions out of scope that is found when at most `false_share` of the others
    is turned away with them. None when there is only one of the two."""
    is_out, scores = _scores(judged, OUT_TOPICS)
    if len(set(is_out)) < 2:
        return None
    false, found, _ = roc_curve(is_out, scores)
    return float(found[false <= false_share].max())


def _scores(judged: Sequence[Judged], kinds: frozenset[str]) -> tuple[list[bool], list[float]]:
    counted = [one for one in judged if one.topic in kinds or one.topic not in OUT_TOPICS]
    return [one.topic in kinds for one in counted], [one.out_score for one in counted]
