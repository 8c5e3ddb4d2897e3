"""Scores from cases and predictions. Pure: no model, no file."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.cases import OUT, OUT_TOPICS, Case, label


@dataclass(frozen=True)
class Prediction:
    """The intent the bot chose and its confidence in each intent it ranked (0 to 1)."""

    intent: str
    ranking: dict[str, float]


@dataclass(frozen=True)
class Judged:
    """One case beside what the bot took it for, both as labels."""

    case: Case
    expected: tuple[str, ...]
    got: str
    out_score: float

    @property
    def right(self) -> bool:
        return self.got in self.expected

    @property
    def right_main(self) -> bool:
        return self.got == self.expected[0]


@dataclass(frozen=True)
class Recall:
    """How many cases of a main label were right, with the set."""

    label: str
    right: int
    total: int


def judge(
    cases: Sequence[Case], predictions: Sequence[Prediction], intents: frozenset[str]
) -> list[Judged]:
    """Put each case beside its prediction. Raises ValueError when their numbers differ."""
    return [
        _judge_one(case, prediction, intents)
        for case, prediction in zip(cases, predictions, strict=True)
    ]


def _judge_one(case: Case, prediction: Prediction, intents: frozenset[str]) -> Judged:
    expected = tuple(dict.fromkeys(label(topic, intents) for topic in case.topics))
    # An intent that is no topic (nlu_fallback) stays what it is, and is never right.
    got = OUT if prediction.intent in OUT_TOPICS else prediction.intent
    out_score = sum(prediction.ranking.get(topic, 0.0) for topic in OUT_TOPICS)
    return Judged(case, expected, got, out_score)


def accuracy(judged: Sequence[Judged]) -> float:
    """Share of cases whose label is anywhere in the expected set; 0 without cases."""
    return _share([one.right for one in judged])


def main_accuracy(judged: Sequence[Judged]) -> float:
    """Share of cases whose label is the main one; 0 without cases."""
    return _share([one.right_main for one in judged])


def recalls(judged: Sequence[Judged]) -> list[Recall]:
    """Recall of each main label, by name."""
    totals = Counter(one.expected[0] for one in judged)
    rights = Counter(one.expected[0] for one in judged if one.right)
    return [Recall(name, rights[name], totals[name]) for name in sorted(totals)]


def topic_recalls(judged: Sequence[Judged]) -> list[Recall]:
    """Recall of each main topic as the file names it, by name."""
    totals = Counter(one.case.topics[0] for one in judged)
    rights = Counter(one.case.topics[0] for one in judged if one.right)
    return [Recall(name, rights[name], totals[name]) for name in sorted(totals)]


def confusions(judged: Sequence[Judged]) -> list[tuple[str, str, int]]:
    """(main label, what the bot took it for, how often) of the wrong ones, most often first."""
    wrong = Counter((one.expected[0], one.got) for one in judged if not one.right)
    return [(expected, got, n) for (expected, got), n in wrong.most_common()]


def out_of_scope_auroc(judged: Sequence[Judged]) -> float | None:
    """Chance that a question out of scope scores higher than one that is not, ties by half.
    None when the cases hold only one kind."""
    out, other = _out_scores(judged)
    if not out or not other:
        return None
    wins = sum((a > b) + 0.5 * (a == b) for a in out for b in other)
    return wins / (len(out) * len(other))


def out_of_scope_recall(judged: Sequence[Judged], false_share: float = 0.05) -> float | None:
    """Share of out-of-scope questions found when at most false_share of the others are turned
    away with them. None when the cases hold only one kind."""
    out, other = _out_scores(judged)
    if not out or not other:
        return None
    allowed = int(false_share * len(other))
    threshold = sorted(other, reverse=True)[allowed] if allowed < len(other) else -1.0
    return _share([score > threshold for score in out])


def _out_scores(judged: Sequence[Judged]) -> tuple[list[float], list[float]]:
    out = [one.out_score for one in judged if one.case.scope == "out"]
    other = [one.out_score for one in judged if one.case.scope != "out"]
    return out, other


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0
