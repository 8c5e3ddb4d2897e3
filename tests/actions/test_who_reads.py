"""Who calls in distress is told who will answer and that nobody else reads it, if it is so."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.context import desk
from actions.handover import ActionCrisis, ActionHumanHandoff
from gongyou.clock import china_now
from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.people.accounts import Person

LINE = "来回你的是工会里负责关爱的人。这段话只有他们看得到。"


@pytest.fixture
def chat() -> str:
    with desk().transaction() as session:
        return open_conversation(session, china_now())[0].id


@pytest.fixture
def care_person() -> None:
    with desk().transaction() as session:
        person = Person(login="su", name="苏干部", role="officer", password_hash="x")
        person.regions, person.duties = ["410000"], ["care"]
        session.add(person)


async def said(action: Any, chat: str, **slots: Any) -> list[str]:
    message = {"text": "转人工", "intent": {"name": "human_handoff"}, "entities": []}
    tracker = Tracker(chat, slots, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    await action.run(dispatcher, tracker, {})
    return [str(one["text"]) for one in dispatcher.messages]


async def handed(chat: str, topic: str, region: str = "410800") -> list[str]:
    return await said(ActionHumanHandoff(), chat, topic=topic, facts={"region": region}, misses=0)


@pytest.mark.usefixtures("care_person")
async def test_a_crisis_ends_with_who_answers_and_who_reads(chat: str) -> None:
    assert (await said(ActionCrisis(), chat))[-1] == LINE


@pytest.mark.usefixtures("care_person")
async def test_it_is_said_once(chat: str) -> None:
    await said(ActionCrisis(), chat)
    assert LINE not in await said(ActionCrisis(), chat)


@pytest.mark.usefixtures("care_person")
async def test_a_call_about_what_weighs_on_somebody_says_it_too(chat: str) -> None:
    assert (await handed(chat, "psychological"))[-1] == LINE


@pytest.mark.usefixtures("care_person")
async def test_any_other_call_does_not(chat: str) -> None:
    assert LINE not in await handed(chat, "wage_arrears")


@pytest.mark.usefixtures("care_person")
async def test_where_nobody_cares_for_the_place_it_is_not_said(chat: str) -> None:
    assert LINE not in await handed(chat, "psychological", "110000")


async def test_without_care_people_it_is_not_said(chat: str) -> None:
    assert LINE not in await said(ActionCrisis(), chat)
