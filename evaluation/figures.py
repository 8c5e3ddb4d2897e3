"""The figures of a run, over all questions and over groups of them."""

from collections.abc import Callable, Sequence

import numpy as np
from sklearn.metrics import f1_score

from evaluation.calibration import expected_calibration_error
from evaluation.judging import Judged
from evaluation.scope import auroc, recall_at_false_alarms
from evaluation.topics import FAR, NEAR, OUT_TOPICS

# None where a figure has no meaning: an AUROC of one kind, a recall of nothing.
Figures = dict[str, float | None]


def figures(judged: Sequence[Judged]) -> Figures:
    """All figures of a group; shares are 0 to 1, times milliseconds, false alarms a count."""
    return {
        "cases": len(judged),
        "top1": share([one.right for one in judged]),
        "top3": share([one.right_of_three for one in judged]),
        "main_top1": share([one.right_main for one in judged]),
        "macro_f1": macro_f1(judged, sorted({one.expected[0] for one in judged})),
        "ece": expected_calibration_error(judged),
        "wrong_confident": share([one.wrong_and_confident for one in judged]),
        "asked_back": share([one.asked_back for one in judged]),
        **out_of_scope(judged),
        **crisis(judged),
        **latency(judged),
    }


def by_topic(judged: Sequence[Judged]) -> dict[str, Figures]:
    """The figures of each main topic; its macro_f1 is the F1 of its label among all questions."""
    groups = grouped(judged, lambda one: one.topic)
    return {
        name: {**figures(group), "macro_f1": macro_f1(judged, [group[0].expected[0]])}
        for name, group in groups.items()
    }


def by_source_type(judged: Sequence[Judged]) -> dict[str, Figures]:
    """The figures of each kind of source."""
    groups = grouped(judged, lambda one: one.case.source_type)
    return {name: figures(group) for name, group in groups.items()}


def grouped(judged: Sequence[Judged], name_of: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    """The questions by name, the largest group first."""
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(name_of(one), []).append(one)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def macro_f1(judged: Sequence[Judged], labels: Sequence[str]) -> float | None:
    """Mean F1 of these labels, by main label."""
    if not judged:
        return None
    expected, got = [one.expected[0] for one in judged], [one.got for one in judged]
    return float(f1_score(expected, got, labels=labels, average="macro", zero_division=0))


def out_of_scope(judged: Sequence[Judged]) -> Figures:
    """How well out of scope is told from the rest: all of it, far (no law) and near (other law)."""
    return {
        "oos_auroc": auroc(judged, OUT_TOPICS),
        "oos_auroc_far": auroc(judged, FAR),
        "oos_auroc_near": auroc(judged, NEAR),
        "oos_recall": recall_at_false_alarms(judged, 0.05),
    }


def crisis(judged: Sequence[Judged]) -> Figures:
    """Recall where crisis is the main topic; alarms where it is in no place of the set."""
    return {
        "crisis_recall": share([one.got == "crisis" for one in judged if one.is_crisis]),
        "crisis_false_alarms": sum(one.false_alarm for one in judged),
    }


def latency(judged: Sequence[Judged]) -> Figures:
    """Milliseconds of one parse in process, the middle and the slow one in twenty."""
    times = [one.ms for one in judged]
    names = {"parse_ms_p50": 50, "parse_ms_p95": 95}
    return {name: float(np.percentile(times, q)) if times else None for name, q in names.items()}


def share(flags: Sequence[bool]) -> float | None:
    """Part of the flags that is set; None of none."""
    return sum(flags) / len(flags) if flags else None
