"""A button that carries its topic opens or switches to it, as the topic's own intent does."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions import understood
from actions.facts_form import ValidateFactsForm, opens_topic
from actions.open_case import ActionOpenCase


def pressed(topic: str) -> dict[str, Any]:
    """What Rasa makes of the button's payload."""
    return {
        "text": f'/ask_topic{{"topic": "{topic}"}}',
        "intent": {"name": "ask_topic", "confidence": 1.0},
        "entities": [{"entity": "topic", "value": topic}],
    }


def tracker(message: dict[str, Any], **slots: Any) -> Tracker:
    loop = {"name": "facts_form"} if slots.get("requested_slot") else {}
    return Tracker("a" * 64, slots, message, [], False, None, loop, "action_listen")


def slots_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events}


def test_the_topic_is_read_from_the_button() -> None:
    assert understood.topic_of(pressed("wage_arrears")) == "wage_arrears"


@pytest.mark.parametrize("unknown", ["no_such_topic", "ask_topic", ""])
def test_a_topic_the_rulebook_does_not_have_is_none(unknown: str) -> None:
    assert understood.topic_of(pressed(unknown)) is None


async def test_the_button_opens_the_case_and_asks_the_first_fact() -> None:
    asked = tracker(pressed("wage_arrears"), facts={})
    slots = slots_of(await ActionOpenCase().run(CollectingDispatcher(), asked, {}))
    assert slots["topic"] == "wage_arrears"
    assert (slots["asked"], slots["fact_answer"]) == ("months_owed", None)


async def test_in_the_middle_of_the_questions_the_button_switches_and_keeps_the_facts() -> None:
    dispatcher = CollectingDispatcher()
    asked = tracker(
        pressed("wage_arrears"),
        topic="wage_shutdown",
        facts={"monthly_wage": "4000"},
        asked="region",
        requested_slot="fact_answer",
    )
    slots = await ValidateFactsForm().validate_fact_answer("/x", dispatcher, asked, {})
    assert slots["topic"] == "wage_arrears"
    assert slots["facts"] == {"monthly_wage": "4000"}
    assert "拖欠工资" in dispatcher.messages[0]["text"]


def test_the_button_of_the_topic_already_open_switches_nothing() -> None:
    assert opens_topic(pressed("wage_arrears"), "wage_arrears") is None


def test_bare_facts_with_a_stage_word_never_switch() -> None:
    text = "停工期间一直在干活，没有停过"
    told = {
        "text": text,
        "intent": {"name": "inform", "confidence": 0.9},
        "entities": [{"entity": "stage", "value": "stoppage", "start": 0, "end": 2}],
    }
    assert opens_topic(told, "wage_arrears") is None
