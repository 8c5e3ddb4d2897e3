"""`python -m evaluation`, as `make evaluate` starts it."""

import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.__main__ import evaluate, parse_arguments, shows_text
from evaluation.errors import CannotEvaluate
from evaluation.model import find_model, read_prediction
from gongyou.run.model import model_path
from tests.evaluation.conftest import SAMPLE

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run_on_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    arguments = ["--data", str(SAMPLE), "--model", str(model_path(ROOT)), "--out", str(tmp_path)]
    return lambda: evaluate(parse_arguments(arguments))


def test_a_run_prints_the_figures_and_says_where_the_reports_are(
    run_on_the_sample, tmp_path: Path
) -> None:
    said = run_on_the_sample()
    assert "right, any topic of the set" in said
    assert f"written: {tmp_path / 'sample.html'}" in said
    assert " = " in run_on_the_sample()  # the second run is compared with the first


def test_a_bad_file_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("{", encoding="utf-8")
    command = [sys.executable, "-m", "evaluation", "--data", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"evaluation: {path}:1: not JSON")
    assert done.stderr.count("\n") == 1


def test_without_a_model_the_cure_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotEvaluate, match="no model there; train one with `make train`"):
        find_model(tmp_path)


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotEvaluate, match=r"sample\.jsonl: no model of Rasa"):
        find_model(SAMPLE)


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ([], True),
        (["--data", str(SAMPLE)], True),
        (["--data", "/elsewhere/questions.jsonl"], False),
        (["--data", "/elsewhere/questions.jsonl", "--text"], True),
        (["--data", str(SAMPLE), "--no-text"], False),
    ],
)
def test_sentences_from_elsewhere_are_left_out_unless_asked_for(
    arguments: list[str], shown: bool
) -> None:
    assert shows_text(parse_arguments(arguments)) is shown


def test_a_fallback_in_the_ranking_is_no_guess() -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.3}, {"name": "inform", "confidence": 0.2}]
    parsed = {"intent": {"name": "nlu_fallback"}, "intent_ranking": ranking}
    prediction = read_prediction(parsed, 1.0)
    assert (prediction.intent, prediction.guesses) == ("nlu_fallback", (("inform", 0.2),))
