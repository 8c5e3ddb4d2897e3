"""The gate's rules, and what they are judged by. Whole runs: tests/system/test_teaching.py."""

import json
from pathlib import Path

import numpy as np
import pytest

from evaluation.cases import Case
from evaluation.folds import without
from evaluation.gate import read_job, read_rules, weigh
from evaluation.measuring import Measured
from evaluation.remembering import Remembering
from evaluation.taught_facts import says_facts
from gongyou.run.taught import Example

ROOT = Path(__file__).parents[2]
FIGURES = {"top1": 0.843, "wrong_confident": 0.051, "crisis_recall": 0.906, "checks": 2}
PASSED = {"checks": frozenset({"a", "b"}), "taught": frozenset({"1"})}
PRESENT = Measured(FIGURES, PASSED)


def reasons(lost: str = "", **figures: "float | None") -> list:
    """The reasons against a candidate that differs from the present model in this."""
    passed = {kind: ids - {lost} for kind, ids in PASSED.items()}
    return told(Measured({**FIGURES, **figures}, passed))["why"]


def told(candidate: Measured) -> dict:
    return weigh(PRESENT, candidate, FIGURES, (), read_rules())


def test_a_candidate_as_good_in_everything_passes() -> None:
    assert reasons() == []


def test_a_better_candidate_passes() -> None:
    assert reasons(top1=0.9, wrong_confident=0.04, crisis_recall=1.0) == []


@pytest.mark.parametrize(
    ("figure", "value", "reason"),
    [
        ("top1", 0.841, "worse_top1"),
        ("wrong_confident", 0.053, "worse_wrong_confident"),
    ],
)
def test_more_than_the_noise_of_a_training_is_worse(figure: str, value: float, reason: str) -> None:
    assert reasons(**{figure: value}) == [reason]


def test_six_of_our_sentences_are_noise() -> None:
    assert reasons(top1=0.842, wrong_confident=0.052) == []


def test_finding_fewer_crises_is_never_noise() -> None:
    assert reasons(crisis_recall=0.905) == ["worse_crisis_recall", "drifted_crisis_recall"]


def test_small_losses_do_not_add_up() -> None:
    present = Measured({**FIGURES, "top1": 0.838}, PASSED)
    candidate = Measured({**FIGURES, "top1": 0.837}, PASSED)
    assert weigh(present, candidate, FIGURES, (), read_rules())["why"] == ["drifted_top1"]


@pytest.mark.parametrize(
    ("near", "why"), [("1 2", ["strange_taught"]), ("1 2 3", []), ("1 2 3 4 5 6", [])]
)
def test_a_batch_mostly_far_from_its_topics_is_strange(near: str, why: list) -> None:
    present = Measured(FIGURES, PASSED, frozenset(near.split()))
    result = weigh(present, PRESENT, FIGURES, {"1", "2", "3", "4", "5", "6"}, read_rules())
    assert result["why"] == why


def test_one_or_two_strange_sentences_are_left_to_the_second_person() -> None:
    result = weigh(PRESENT, PRESENT, FIGURES, {"1", "2"}, read_rules())
    assert (result["why"], result["candidate"]["taught_strange"]) == ([], ["1", "2"])


def test_a_figure_that_neither_has_says_nothing() -> None:
    assert reasons(crisis_recall=None) == []


@pytest.mark.parametrize(("lost", "reason"), [("a", "lost_checks"), ("1", "lost_taught")])
def test_what_passed_and_fails_now_is_a_reason_and_is_named(lost: str, reason: str) -> None:
    passed = {kind: ids - {lost} for kind, ids in PASSED.items()}
    result = told(Measured(FIGURES, passed))
    assert result["why"] == [reason]
    assert result["candidate"][f"{reason.removeprefix('lost_')}_lost"] == [lost]


def test_each_reason_has_both_figures() -> None:
    result = told(Measured({**FIGURES, "top1": 0.5}, PASSED))
    assert (result["present"]["top1"], result["candidate"]["top1"]) == (0.843, 0.5)


def test_a_fold_does_not_learn_what_it_asks() -> None:
    taught = [Case("t1", "工资，没发", ("a",), "in"), Case("t2", "半夜还在干", ("a",), "in")]
    ask = [Case("x", "工资没发？", ("b",), "in")]
    assert without(taught, ask) == taught[1:]


class Counting:
    """An encoder that tells what it was asked."""

    def __init__(self) -> None:
        self.asked: list = []

    def encode(self, texts):
        self.asked += texts
        return np.array([[len(text)] for text in texts])


def test_a_sentence_is_encoded_once() -> None:
    encoder = Counting()
    remembering = Remembering(encoder)
    first = remembering.encode(["一", "二二", "一"])
    again = remembering.encode(["二二", "三三三"])
    assert encoder.asked == ["一", "二二", "三三三"]
    assert (first.ravel().tolist(), again.ravel().tolist()) == ([1, 2, 1], [2, 3])


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, True),
        ({"monthly_wage": "4000"}, True),
        ({"monthly_wage": "5000"}, False),
        ({"region": "410800"}, True),
        ({"region": "410100"}, False),
        ({"joined_on": "2026-11-20"}, True),
        ({"joined_on": "2026-11-21"}, False),
        ({"no_such_fact": "7"}, True),
    ],
)
def test_the_facts_an_officer_gave_must_be_read(
    facts: dict, said: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evaluation.taught_facts._types", lambda folder: TYPES)
    text = "我在焦作，一个月4000元，昨天进的厂"
    assert says_facts(Example(1, "wage_cut", text, facts, "2026-11-21"), ROOT) is said


TYPES = {"monthly_wage": "money", "region": "region", "joined_on": "date"}


def test_a_job_is_read_as_it_was_written(tmp_path: Path) -> None:
    row = {"id": 1, "topic": "wage_cut", "text": "少发三百", "facts": {}, "today": None}
    side = {"model": "m.tar.gz", "taught": [row]}
    path = tmp_path / "job.json"
    path.write_text(
        json.dumps({"root": "/r", "present": side, "candidate": side, "cases": [row]}),
        encoding="utf-8",
    )
    job = read_job(path)
    assert job.cases == job.candidate.taught == (Example(1, "wage_cut", "少发三百"),)
    assert (job.root, job.cache) == (Path("/r"), None)
