"""The linear topic model, alone."""

from bot.nlu.linear_model import LinearModel, features

TEXTS = {"pay": ["工资没发", "欠工资", "发工资"], "greeting": ["你好", "您好呀", "早上好"]}


def read(text):
    return list(features(text, [text], [], 2))


def learnt():
    pairs = [(text, topic) for topic, texts in TEXTS.items() for text in texts]
    return LinearModel.fit([read(text) for text, _ in pairs], [topic for _, topic in pairs], 10.0)


def test_a_text_gets_the_topic_of_its_kin():
    assert learnt().rank(read("工资"))[0][0] == "pay"
    assert learnt().rank(read("大家好"))[0][0] == "greeting"


def test_the_shares_of_all_topics_sum_to_one():
    assert abs(sum(share for _, share in learnt().rank(read("工资"))) - 1) < 1e-6


def test_of_words_never_seen_nothing_is_concluded():
    assert {round(share, 3) for _, share in learnt().rank(read("qwertz"))} == {0.5}


def test_a_stored_model_ranks_as_before(tmp_path):
    model = learnt()
    model.save(tmp_path)
    again = LinearModel.read(tmp_path)
    assert again.rank(read("工资没发")) == model.rank(read("工资没发"))
