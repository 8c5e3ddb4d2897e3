"""What was taken for what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import confusion_matrix

from evaluation.judging import Judged


@dataclass(frozen=True)
class Confusion:
    """counts[row][column]: questions of the row's main label that were taken for the column's."""

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


def confusion(judged: Sequence[Judged]) -> Confusion:
    """The matrix; any topic of the set counts as the main one, so its diagonal is what is right."""
    pairs = [_pair(one) for one in judged]
    labels = sorted({name for pair in pairs for name in pair})
    counts = confusion_matrix([main for main, _ in pairs], [got for _, got in pairs], labels=labels)
    return Confusion(tuple(labels), tuple(tuple(map(int, row)) for row in counts))


def commonest(judged: Sequence[Judged], most: int = 20) -> list[tuple[str, str, int]]:
    """(main label, taken for, how often) of the wrong ones, the commonest first."""
    wrong = Counter(_pair(one) for one in judged if not one.right)
    return [(main, got, count) for (main, got), count in wrong.most_common(most)]


def _pair(one: Judged) -> tuple[str, str]:
    return one.expected[0], one.expected[0] if one.right else one.got
