"""The sentence encoder as a component, with its real weights."""

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.sentence_encoder import SentenceEncoder, sentence_vector


@pytest.fixture(scope="module")
def encoder():
    return SentenceEncoder("encoder", SentenceEncoder.get_default_config())


def vector(encoder, text):
    (message,) = encoder.process([Message({TEXT: text})])
    return sentence_vector(message)


def test_a_vector_is_512_numbers_of_length_one(encoder):
    found = vector(encoder, "公司停工，工资怎么发")
    assert found.shape == (512,) and found.dtype == np.float32
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-4)


def test_what_means_the_same_in_other_words_lies_nearer_than_another_matter(encoder):
    asked = vector(encoder, "老板欠我三个月工资")
    same, other = vector(encoder, "公司拖着薪水不给"), vector(encoder, "今天天气真好")
    assert asked @ same > asked @ other


def test_traditional_characters_are_read_as_simplified(encoder):
    assert np.allclose(vector(encoder, "停產期間薪資"), vector(encoder, "停产期间薪资"), atol=1e-5)


@pytest.mark.parametrize("text", ["", " ", "😀", "\ud800", "\x00"])
def test_odd_texts_have_a_vector_too(encoder, text):
    assert np.isfinite(vector(encoder, text)).all()


def test_only_the_first_500_characters_are_read(encoder):
    opening = "工资没发" * 125
    assert np.allclose(vector(encoder, opening + "孕妇" * 50), vector(encoder, opening), atol=1e-5)


def test_training_examples_get_the_vectors_that_messages_get(encoder):
    examples = [Message({TEXT: "欠薪"}), Message({"intent": "ask_topic"}), Message({TEXT: "你好"})]
    encoder.process_training_data(TrainingData(examples))
    assert np.allclose(sentence_vector(examples[0]), vector(encoder, "欠薪"), atol=1e-5)
    assert sentence_vector(examples[1]).size == 0


def test_a_pipeline_without_the_encoder_has_an_empty_vector():
    assert sentence_vector(Message({TEXT: "欠薪"})).shape == (0,)
