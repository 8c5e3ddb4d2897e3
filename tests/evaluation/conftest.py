"""Six questions written for these tests, and what a bot might make of them.

Four are right, one of them by its second topic; one is wrong and one is asked back.
"""

from pathlib import Path

import pytest

from evaluation.cases import Case, read_cases
from evaluation.judging import Judge, Judged, Prediction

SAMPLE = Path(__file__).with_name("sample.jsonl")
INTENTS = frozenset({"wage_shutdown", "wage_arrears", "human_handoff", "other_work", "inform"})
TOPICS = (INTENTS - {"inform"}) | {"leave_pay", "other_law", "non_law", "dispute_procedure"}
JUDGE = Judge(INTENTS, TOPICS)


def guess(
    intent: str, *others: tuple[str, float], sure: float = 0.9, ms: float = 2.0
) -> Prediction:
    return Prediction(intent, ((intent, sure), *others), ms)


ANSWERS = [
    guess("wage_shutdown"),
    guess("other_work", ("wage_arrears", 0.05)),
    guess("other_work", ("chitchat", 0.1)),
    guess("non_law"),
    guess("wage_arrears", ("non_law", 0.05), sure=0.8),
    Prediction("nlu_fallback", (("human_handoff", 0.2), ("wage_arrears", 0.1)), 40.0),
]


def judged_one(topic: str, prediction: Prediction) -> Judged:
    (one,) = JUDGE.judge([Case("x", "x", (topic,), "in")], [prediction])
    return one


@pytest.fixture
def cases() -> list[Case]:
    return read_cases(SAMPLE, TOPICS)


@pytest.fixture
def judged(cases: list[Case]) -> list[Judged]:
    return JUDGE.judge(cases, ANSWERS)
