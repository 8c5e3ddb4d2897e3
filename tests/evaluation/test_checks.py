"""Our own checks against the present model: the list of known failures must shrink."""

import asyncio
from pathlib import Path

import pytest

from evaluation.cases import Case, read_cases
from evaluation.errors import CannotEvaluate
from evaluation.folds import read_training_sentences
from evaluation.judging import Judge
from evaluation.known_failures import CHECKS, Failure, compare, read_known
from evaluation.model import load, parse_all
from evaluation.topics import read_intents, read_topics
from gongyou.run.model import model_path
from tests.evaluation.conftest import ANSWERS, JUDGE

ROOT = Path(__file__).parents[2]
REAL = Judge(read_intents(ROOT), read_topics(ROOT))


@pytest.fixture(scope="module")
def checks() -> list[Case]:
    return read_cases(CHECKS, REAL.intents | REAL.topics)


def test_the_known_failures_are_exactly_those_that_fail(
    checks: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert model_path(ROOT).exists(), "no model of the present data: run `make train`"
    predictions = asyncio.run(parse_all(load(model_path(ROOT)), [case.text for case in checks]))
    cure = compare(REAL.judge(checks, predictions), read_known()).cure()
    assert not cure, cure


def test_every_topic_has_a_check(checks: list[Case]) -> None:
    assert read_topics(ROOT) - {"other_work"} <= {case.topics[0] for case in checks}


def test_no_check_is_a_sentence_the_model_learns(
    checks: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    learnt = {bare(case.text) for case in read_training_sentences(ROOT / "data/nlu")}
    assert not {case.id for case in checks if bare(case.text) in learnt}


def bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def test_a_failure_that_passes_must_leave_the_list(cases: list[Case]) -> None:
    known = frozenset({Failure("S1", ("wage_shutdown",))})
    changes = compare(JUDGE.judge(cases[:1], ANSWERS[:1]), known)
    assert changes.cure().startswith('delete, it passes or its check has changed: {"id": "S1"')


def test_a_new_failure_must_be_repaired_or_listed(cases: list[Case]) -> None:
    changes = compare(JUDGE.judge(cases, ANSWERS), frozenset({Failure("S5", ("non_law",))}))
    assert changes.cure() == 'repair it, or list it: {"id": "S6", "topics": ["human_handoff"]}'


def test_a_list_that_is_right_needs_no_cure(cases: list[Case]) -> None:
    known = frozenset({Failure("S5", ("non_law",)), Failure("S6", ("human_handoff",))})
    assert compare(JUDGE.judge(cases, ANSWERS), known).cure() == ""


def test_a_bad_line_of_the_list_is_named(tmp_path: Path) -> None:
    path = tmp_path / "known.jsonl"
    path.write_text('{"id": "S1"}', encoding="utf-8")
    with pytest.raises(CannotEvaluate, match=r"known\.jsonl:1: .*topics"):
        read_known(path)
