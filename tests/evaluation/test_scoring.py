"""Scores on six questions written for it: four right, one by its second topic, two wrong."""

from pathlib import Path

import pytest

from evaluation import scoring
from evaluation.cases import Case, CaseFileError, label, read_cases
from evaluation.report import report_lines, write_errors
from evaluation.scoring import Judged, Prediction, Recall, judge

SAMPLE = Path(__file__).with_name("sample.jsonl")
INTENTS = frozenset({"wage_shutdown", "wage_arrears", "human_handoff", "other_work"})


def sure(intent: str, **others: float) -> Prediction:
    return Prediction(intent, {intent: 0.9, **others})


ANSWERS = [
    sure("wage_shutdown"),
    sure("other_work"),
    sure("other_work", chitchat=0.1),
    sure("non_law"),
    sure("wage_arrears", non_law=0.05),
    sure("nlu_fallback"),
]


@pytest.fixture
def cases() -> list[Case]:
    return read_cases(SAMPLE)


@pytest.fixture
def judged(cases: list[Case]) -> list[Judged]:
    return judge(cases, ANSWERS, INTENTS)


def test_a_topic_with_an_intent_is_its_own_label() -> None:
    assert label("wage_shutdown", INTENTS) == "wage_shutdown"


def test_a_topic_without_an_intent_is_other_work() -> None:
    assert label("leave_pay", INTENTS) == "other_work"


@pytest.mark.parametrize("topic", ["chitchat", "abuse", "other_law", "non_law"])
def test_the_out_classes_are_one(topic: str) -> None:
    assert label(topic, INTENTS | {topic}) == "out"


def test_any_topic_of_the_set_is_right(judged: list[Judged]) -> None:
    assert judged[1].right
    assert not judged[1].right_main


def test_one_out_class_taken_for_another_is_right(judged: list[Judged]) -> None:
    assert judged[3].right_main


def test_a_fallback_is_never_right(judged: list[Judged]) -> None:
    assert judged[5].got == "nlu_fallback"
    assert not judged[5].right


def test_accuracy_counts_the_set_and_the_main_topic(judged: list[Judged]) -> None:
    assert scoring.accuracy(judged) == pytest.approx(4 / 6)
    assert scoring.main_accuracy(judged) == pytest.approx(3 / 6)


def test_no_cases_score_nothing() -> None:
    assert scoring.accuracy([]) == 0.0
    assert scoring.out_of_scope_auroc([]) is None


def test_recall_is_by_main_label(judged: list[Judged]) -> None:
    assert Recall("out", 1, 2) in scoring.recalls(judged)


def test_topic_recall_keeps_the_names_of_the_file(judged: list[Judged]) -> None:
    assert Recall("leave_pay", 1, 1) in scoring.topic_recalls(judged)


def test_confusions_name_what_it_was_taken_for(judged: list[Judged]) -> None:
    assert set(scoring.confusions(judged)) == {
        ("out", "wage_arrears", 1),
        ("human_handoff", "nlu_fallback", 1),
    }


def test_auroc_is_the_share_of_pairs_in_the_right_order(judged: list[Judged]) -> None:
    # out: 0.9 and 0.05; the others: 0, 0, 0.1, 0. Seven of eight pairs are in order.
    assert scoring.out_of_scope_auroc(judged) == pytest.approx(7 / 8)


def test_out_of_scope_is_found_at_a_bound_on_false_ones(judged: list[Judged]) -> None:
    assert scoring.out_of_scope_recall(judged, false_share=0.0) == pytest.approx(1 / 2)
    assert scoring.out_of_scope_recall(judged, false_share=0.25) == pytest.approx(1.0)


def test_cases_and_predictions_must_be_as_many(cases: list[Case]) -> None:
    with pytest.raises(ValueError):
        judge(cases, ANSWERS[:5], INTENTS)


def test_the_report_holds_no_text_of_a_question(cases: list[Case], judged: list[Judged]) -> None:
    report = "\n".join(report_lines(judged))
    assert "right, in the set  0.667" in report
    assert not any(case.text in report for case in cases)


def test_errors_are_written_with_what_was_expected(tmp_path: Path, judged: list[Judged]) -> None:
    path = tmp_path / "errors.tsv"
    assert write_errors(path, judged) == 2
    assert "S5\tnon_law\twage_arrears\t唱首歌" in path.read_text(encoding="utf-8").splitlines()


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "1", "text": "x"}\n', encoding="utf-8")
    with pytest.raises(CaseFileError, match=r"questions\.jsonl:1: .*topics"):
        read_cases(path)
