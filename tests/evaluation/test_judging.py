"""What counts as right."""

import pytest

from evaluation.cases import Case
from evaluation.judging import Judged, Prediction
from evaluation.topics import label
from tests.evaluation.conftest import ANSWERS, INTENTS, JUDGE, guess, judged_one


def test_a_topic_with_an_intent_is_its_own_label() -> None:
    assert label("wage_shutdown", INTENTS) == "wage_shutdown"


def test_a_topic_without_an_intent_is_other_work_where_there_is_such_an_intent() -> None:
    assert label("leave_pay", INTENTS) == "other_work"
    assert label("leave_pay", INTENTS - {"other_work"}) == "leave_pay"


@pytest.mark.parametrize("topic", ["chitchat", "abuse", "other_law", "non_law"])
def test_the_out_classes_are_one(topic: str) -> None:
    assert label(topic, INTENTS | {topic}) == "out"


def test_any_topic_of_the_set_is_right(judged: list[Judged]) -> None:
    assert judged[1].right
    assert not judged[1].right_main


def test_one_out_class_taken_for_another_is_right(judged: list[Judged]) -> None:
    assert judged[3].right_main


def test_a_fallback_is_never_right_but_its_guess_counts_among_the_three(
    judged: list[Judged],
) -> None:
    asked_back = judged[5]
    assert asked_back.asked_back
    assert not asked_back.right
    assert asked_back.guess_right
    assert asked_back.right_of_three


def test_a_fourth_guess_is_too_late() -> None:
    others = [("wage_arrears", 0.2), ("human_handoff", 0.1), ("wage_shutdown", 0.1)]
    assert not judged_one("wage_shutdown", guess("other_work", *others)).right_of_three


def test_a_wrong_answer_is_confident_when_the_bot_gives_it(judged: list[Judged]) -> None:
    assert [one.case.id for one in judged if one.wrong_and_confident] == ["S5"]


def test_taking_a_question_for_a_bare_fact_asks_back_and_answers_nothing() -> None:
    assert not judged_one("wage_shutdown", guess("inform")).wrong_and_confident


def test_a_crisis_in_any_place_of_the_set_is_no_false_alarm() -> None:
    mixed = Case("x", "x", ("wage_arrears", "crisis"), "in")
    plain = Case("y", "y", ("wage_arrears",), "in")
    judged = JUDGE.judge([mixed, plain], [guess("crisis"), guess("crisis")])
    assert [one.false_alarm for one in judged] == [False, True]


def test_a_message_without_any_guess_is_survived() -> None:
    assert not judged_one("wage_shutdown", Prediction("nlu_fallback", ())).right_of_three


def test_cases_and_predictions_must_be_as_many(cases: list[Case]) -> None:
    with pytest.raises(ValueError):
        JUDGE.judge(cases, ANSWERS[:5])
