"""The real pipeline of config.yml, trained on data/nlu, asked through Rasa itself."""

import asyncio

import pytest

from tests.bot.conftest import ROOT


@pytest.fixture(scope="session")
def agent(tmp_path_factory):
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    folder = str(tmp_path_factory.mktemp("model"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        model = train_nlu("config.yml", "data/nlu", folder)
        yield Agent.load(model)


def parse(agent, text, today="2026-11-21"):
    from rasa.core.channels.channel import UserMessage

    message = UserMessage(text, metadata={"today": today})
    return asyncio.run(agent.processor.parse_message(message))


def test_the_topic_and_the_facts_come_out_together(agent):
    result = parse(agent, "厂里9月1号停工到现在，一分钱没发，我在焦作，一个月4000")
    values = {entity["entity"]: entity["value"] for entity in result["entities"]}
    assert result["intent"]["name"] == "wage_shutdown"
    assert values["region"] == "410800"
    assert values["money"] == {"amount": "4000", "per": "month", "approx": False}
    assert values["date"]["from"] == "2026-09-01" and values["date"]["open"] is True


def test_entities_point_into_the_workers_own_words(agent):
    text = "廠裡停產，我在焦作，薪資４ｋ"
    result = parse(agent, text)
    said = {
        entity["entity"]: text[entity["start"] : entity["end"]] for entity in result["entities"]
    }
    assert result["text"] == text
    assert said == {"stage": "停產", "region": "焦作", "money": "４ｋ"}


def test_today_comes_with_the_message(agent):
    (entity,) = parse(agent, "昨天", today="2027-01-01")["entities"]
    assert entity["value"]["from"] == "2026-12-31"


def test_a_bad_today_is_ignored(agent):
    assert parse(agent, "昨天", today="<script>")["entities"][0]["value"]["precision"] == "day"


def test_danger_to_life_forces_the_topic(agent):
    result = parse(agent, "厂里停工三个月，我真的不想活了")
    assert result["intent"] == {"name": "crisis", "confidence": 1.0}
    assert result["intent_ranking"][0]["name"] == "crisis"


def test_a_message_the_bot_knows_nothing_of_is_a_fallback(agent):
    assert parse(agent, "qwertz uiop")["intent"]["name"] == "nlu_fallback"


@pytest.mark.parametrize("text", ["", " ", "😀😀😀", "\x00\x07", "<b>停工</b>", "hello", "，。！"])
def test_odd_messages_are_survived(agent, text):
    assert parse(agent, text)["intent"]["name"]


def test_a_button_sets_its_intent(agent):
    assert parse(agent, "/wage_arrears")["intent"]["name"] == "wage_arrears"


@pytest.mark.parametrize("text", ["how much do they owe me", "<script>alert(1)</script>", "😀😀"])
def test_a_text_without_a_chinese_word_is_not_guessed_at(agent, text):
    assert parse(agent, text)["intent"]["name"] == "nlu_fallback"


def test_a_bare_figure_is_an_answer(agent):
    assert parse(agent, "4500")["intent"]["name"] == "inform"
