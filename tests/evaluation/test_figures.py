"""The figures of the six questions, worked out by hand."""

import pytest

from evaluation.calibration import expected_calibration_error
from evaluation.confusion import commonest, confusion
from evaluation.figures import by_source_type, by_topic, figures
from evaluation.judging import Judged
from evaluation.scope import auroc, recall_at_false_alarms
from evaluation.topics import FAR, NEAR, OUT_TOPICS
from tests.evaluation.conftest import guess, judged_one


def test_right_is_counted_by_the_set_the_main_topic_and_the_first_three(
    judged: list[Judged],
) -> None:
    got = figures(judged)
    assert got["cases"] == 6
    assert got["top1"] == pytest.approx(4 / 6)
    assert got["main_top1"] == pytest.approx(3 / 6)
    assert got["top3"] == pytest.approx(6 / 6)
    assert got["wrong_confident"] == pytest.approx(1 / 6)
    assert got["asked_back"] == pytest.approx(1 / 6)


def test_macro_f1_weighs_every_main_topic_the_same(judged: list[Judged]) -> None:
    # human_handoff 0, other_work 2/3, out 2/3, wage_arrears 0, wage_shutdown 1
    assert figures(judged)["macro_f1"] == pytest.approx((0 + 2 / 3 + 2 / 3 + 0 + 1) / 5)


def test_nothing_measured_has_no_figures() -> None:
    assert {value for value in figures([]).values() if value} == set()


def test_latency_is_the_median_and_the_slow_one_in_twenty(judged: list[Judged]) -> None:
    got = figures(judged)
    assert got["parse_ms_p50"] == pytest.approx(2.0)
    assert got["parse_ms_p95"] == pytest.approx(2.0 + 0.75 * 38.0)


def test_groups_bear_the_names_of_the_file(judged: list[Judged]) -> None:
    topics = by_topic(judged)
    assert topics["leave_pay"]["top1"] == 1.0
    assert topics["leave_pay"]["macro_f1"] == pytest.approx(2 / 3)  # that of its label, other_work
    assert by_source_type(judged)["unknown"]["cases"] == 6


def test_auroc_is_the_share_of_pairs_in_the_right_order(judged: list[Judged]) -> None:
    # out: other_law 0.9 and non_law 0.05; the others: 0, 0, 0.1, 0
    assert auroc(judged, OUT_TOPICS) == pytest.approx(7 / 8)
    assert auroc(judged, FAR) == pytest.approx(3 / 4)
    assert auroc(judged, NEAR) == pytest.approx(4 / 4)


def test_out_of_scope_is_found_at_a_bound_on_false_alarms(judged: list[Judged]) -> None:
    assert recall_at_false_alarms(judged, 0.0) == pytest.approx(1 / 2)
    assert recall_at_false_alarms(judged, 0.25) == pytest.approx(1.0)


def test_one_kind_of_questions_has_no_auroc() -> None:
    alone = [judged_one("wage_shutdown", guess("wage_shutdown"))]
    assert auroc(alone, OUT_TOPICS) is None
    assert recall_at_false_alarms(alone, 0.05) is None


def test_confidence_that_comes_true_is_calibrated() -> None:
    right = [judged_one("wage_shutdown", guess("wage_shutdown", sure=0.75))] * 3
    wrong = [judged_one("wage_shutdown", guess("wage_arrears", sure=0.75))]
    assert expected_calibration_error(right + wrong) == pytest.approx(0.0)


def test_confidence_that_never_comes_true_is_all_error() -> None:
    wrong = [judged_one("wage_shutdown", guess("wage_arrears", sure=0.9))]
    low = [judged_one("wage_shutdown", guess("wage_shutdown", sure=0.4))]
    assert expected_calibration_error(wrong) == pytest.approx(0.9)
    assert expected_calibration_error(wrong + low) == pytest.approx((0.9 + 0.6) / 2)


def test_crisis_is_found_or_missed_and_alarms_are_counted() -> None:
    found = judged_one("crisis", guess("crisis"))
    missed = judged_one("crisis", guess("wage_arrears"))
    alarm = judged_one("wage_arrears", guess("crisis"))
    got = figures([found, missed, alarm])
    assert (got["crisis_recall"], got["crisis_false_alarms"]) == (0.5, 1)


def test_the_diagonal_of_the_confusion_is_what_is_right(judged: list[Judged]) -> None:
    table = confusion(judged)
    assert sum(table.counts[i][i] for i in range(len(table.labels))) == 4
    assert sum(map(sum, table.counts)) == 6


def test_the_commonest_mix_ups_are_named(judged: list[Judged]) -> None:
    assert set(commonest(judged)) == {
        ("out", "wage_arrears", 1),
        ("human_handoff", "nlu_fallback", 1),
    }
