"""The linear topic model, alone."""

import numpy as np
import pytest

from bot.nlu.calibration import fit_temperature, splits
from bot.nlu.linear_model import LinearModel
from bot.nlu.tfidf import features

TEXTS = {
    "pay": ["工资没发", "欠工资", "发工资", "工资呢", "没工资"],
    "greeting": ["你好", "您好呀", "早上好", "你们好", "好呀"],
}
NOTHING = np.zeros(0, dtype=np.float32)


def read(text):
    return list(features(text, [text], [], 2))


def learnt(vectors=None):
    pairs = [(text, topic) for topic, texts in TEXTS.items() for text in texts]
    vectors = np.zeros((len(pairs), 0)) if vectors is None else vectors
    return LinearModel.fit(
        [read(text) for text, _ in pairs], vectors, [topic for _, topic in pairs], 10.0
    )


def test_a_text_gets_the_topic_of_its_kin():
    assert learnt().rank(read("工资"), NOTHING)[0][0] == "pay"
    assert learnt().rank(read("大家好"), NOTHING)[0][0] == "greeting"


def test_the_vector_decides_where_the_words_say_nothing():
    vectors = np.array([[1.0, 0.0]] * 5 + [[0.0, 1.0]] * 5)
    model = learnt(vectors)
    assert model.rank(read("工好"), np.array([1.0, 0.0]))[0][0] == "pay"
    assert model.rank(read("工好"), np.array([0.0, 1.0]))[0][0] == "greeting"


def test_the_shares_of_all_topics_sum_to_one():
    assert abs(sum(share for _, share in learnt().rank(read("工资"), NOTHING)) - 1) < 1e-5


def test_of_words_never_seen_nothing_is_concluded():
    assert {share for _, share in learnt().rank(read("qwertz"), NOTHING)} == {0.5}


def test_a_stored_model_ranks_as_before(tmp_path):
    model = learnt()
    model.save(tmp_path)
    again = LinearModel.read(tmp_path)
    assert again.rank(read("工资没发"), NOTHING) == model.rank(read("工资没发"), NOTHING)


def test_a_model_too_sure_of_itself_is_cooled_until_its_shares_come_true():
    right_two_times_in_three = np.array([0, 0, 1])
    scores = np.array([[9.0, 0.0]] * 3)
    temperature = fit_temperature(scores / 3, right_two_times_in_three)
    share = 1 / (1 + np.exp(-3 / temperature))
    assert share == pytest.approx(2 / 3, abs=0.01)


def test_every_example_is_judged_once_and_never_by_a_model_that_learnt_from_it():
    targets = np.array([0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
    judged = []
    for learn, ask in splits(targets, 5):
        assert not set(learn) & set(ask) and sorted(targets[ask]) == [0, 1]
        judged += list(ask)
    assert sorted(judged) == list(range(10))


def test_a_topic_of_too_few_examples_is_always_learnt_and_never_judged():
    targets = np.array([0, 0, 0, 0, 0, 1])
    for learn, ask in splits(targets, 5):
        assert 5 in learn and len(ask) == 1 and 5 not in ask
    few = {**TEXTS, "thanks": ["谢谢你"]}
    pairs = [(text, topic) for topic, texts in few.items() for text in texts]
    examples, labels = [read(text) for text, _ in pairs], [topic for _, topic in pairs]
    model = LinearModel.fit(examples, np.zeros((len(pairs), 0)), labels, 10.0)
    assert model.temperature != 1 and len(model.rank(read("谢谢"), NOTHING)) == 3
