"""Another model is served without a restart; a bad one is refused and the present one goes on.

The agent and both models are real ones of Rasa, small, trained here on a handful of sentences.
"""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.hot_model import HotModel, ModelRefused

CONFIG = """
recipe: default.v1
language: zh
assistant_id: tiny
pipeline:
  - name: bot.nlu.normaliser.Normaliser
  - name: bot.nlu.tokenizer.LexiconTokenizer
  - name: bot.nlu.topic_classifier.TopicClassifier
policies:
  - name: RulePolicy
"""
DOMAIN = """
version: "3.1"
intents: [wage, leave]
responses:
  utter_wage: [{text: "%s"}]
"""
RULES = """
version: "3.1"
rules:
- rule: wage
  steps: [{intent: wage}, {action: utter_wage}]
"""
NLU = """
version: "3.1"
nlu:
- intent: wage
  examples: |
    - 厂里停工怎么发工资
    - 工资没发怎么办
    - %s
- intent: leave
  examples: |
    - 年假几天
    - 请假扣钱吗
"""
OLD, NEW, NLU_ONLY = "gongyou-aaaaaaaaaaaa.tar.gz", "gongyou-bbbbbbbbbbbb.tar.gz", "c" * 12


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A folder with an old and a new model, one without dialogue, and a broken one."""
    from rasa.model_training import train, train_nlu

    folder = tmp_path_factory.mktemp("tiny")
    written = {"config.yml": CONFIG, "rules.yml": RULES}
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, word in ((OLD, "旧"), (NEW, "新")):
        (folder / "domain.yml").write_text(DOMAIN % word, encoding="utf-8")
        (folder / "nlu.yml").write_text(NLU % f"{word}的工资", encoding="utf-8")
        train(
            str(folder / "domain.yml"),
            str(folder / "config.yml"),
            [str(folder / "nlu.yml"), str(folder / "rules.yml")],
            str(folder),
            force_training=True,
            fixed_model_name=name.removesuffix(".tar.gz"),
        )
    made = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
    shutil.move(made, folder / f"gongyou-{NLU_ONLY}.tar.gz")
    (folder / "gongyou-dddddddddddd.tar.gz").write_bytes(b"no archive")
    return folder


@pytest.fixture
def agent(models):
    from rasa.core.agent import Agent

    return Agent.load(models / OLD)


def load(agent, models, name):
    asyncio.run(_load(agent, models, name))


async def _load(agent, models, name):
    await HotModel(models).load(agent, name)


def answer(agent):
    (reply,) = asyncio.run(agent.handle_text("工资没发怎么办", sender_id="a"))
    return reply["text"]


def test_the_next_message_is_answered_by_the_new_model(agent, models):
    assert answer(agent) == "旧"
    load(agent, models, NEW)
    assert (agent.model_name, answer(agent)) == (NEW, "新")


def test_trackers_and_locks_stay_the_same(agent, models):
    trackers, locks = agent.tracker_store, agent.lock_store
    load(agent, models, NEW)
    assert agent.processor.tracker_store is trackers is agent.tracker_store
    assert agent.processor.lock_store is locks is agent.lock_store


def test_a_message_being_handled_ends_with_the_model_it_began_with(agent, models, monkeypatch):
    began, go_on = asyncio.Event(), asyncio.Event()
    old = agent.processor
    run_actions = old.run_action_extract_slots

    async def wait(*arguments):
        began.set()
        await go_on.wait()
        return await run_actions(*arguments)

    async def during():
        monkeypatch.setattr(old, "run_action_extract_slots", wait)
        asked = asyncio.ensure_future(agent.handle_text("工资没发怎么办", sender_id="b"))
        await began.wait()
        await _load(agent, models, NEW)
        go_on.set()
        return await asked

    (reply,) = asyncio.run(during())
    assert reply["recipient_id"] == "b"
    assert agent.model_name == NEW


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("gongyou-eeeeeeeeeeee.tar.gz", 404),
        ("gongyou-dddddddddddd.tar.gz", 422),
        (f"gongyou-{NLU_ONLY}.tar.gz", 422),
        ("../models/" + NEW, 400),
        ("/etc/passwd", 400),
        ("", 400),
        (None, 400),
        (7, 400),
    ],
)
def test_a_bad_model_is_refused_and_the_present_one_goes_on(agent, models, name, status):
    with pytest.raises(ModelRefused) as refused:
        load(agent, models, name)
    assert refused.value.status == status
    assert (agent.model_name, answer(agent)) == (OLD, "旧")


def test_the_model_that_is_served_is_not_loaded_again(agent, models):
    processor = agent.processor
    load(agent, models, OLD)
    assert agent.processor is processor


def test_the_folder_is_the_one_where_training_leaves_models():
    from bot.hot_model import MODELS
    from gongyou.run.model import model_path

    assert model_path(Path()).parent == MODELS
