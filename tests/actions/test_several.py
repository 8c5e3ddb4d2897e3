"""Several topics in one message: what counts as a second one, and how the talk comes back to it."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions import several
from actions.case import Case
from actions.context import rulebook, second_topics
from actions.open_case import ActionGoBack, ActionNeverMind, ActionOpenCase


def told(text: str, intent: str, **ranked: float) -> dict[str, Any]:
    ranking = [{"name": intent, "confidence": 0.7}]
    ranking += [{"name": name, "confidence": share} for name, share in ranked.items()]
    return {"text": text, "intent": ranking[0], "intent_ranking": ranking, "entities": []}


def pressed(topic: str) -> dict[str, Any]:
    return {
        "text": f'/ask_topic{{"topic": "{topic}"}}',
        "intent": {"name": "ask_topic", "confidence": 1.0},
        "entities": [{"entity": "topic", "value": topic}],
    }


def tracker(message: dict[str, Any], *before: dict[str, Any], **slots: Any) -> Tracker:
    events = [{"event": "user", "parse_data": said} for said in (*before, message)]
    return Tracker("a" * 64, slots, message, events, False, None, {}, "action_listen")


def slots_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events}


def test_a_second_topic_is_one_the_classifier_clearly_sees() -> None:
    message = told("年假也不让休，加班费没有", "leave_pay", overtime_pay=0.3, sick_pay=0.05)
    assert several.also_asked(message, "leave_pay") == ["overtime_pay"]


def test_a_second_topic_is_one_that_its_own_word_names() -> None:
    message = told("停工了，还不给交社保", "wage_shutdown")
    assert several.also_asked(message, "wage_shutdown") == ["social_insurance"]


def test_what_the_answer_covers_anyway_is_no_second_topic() -> None:
    message = told("怀孕了被辞退", "female_dismissal", dismissal_compensation=0.3)
    assert several.also_asked(message, "female_dismissal") == []


def test_bare_facts_and_buttons_ask_about_nothing_else() -> None:
    assert several.also_asked(told("交了社保，没签合同", "inform"), "wage_arrears") == []
    assert several.also_asked(pressed("contract"), "contract") == []


@pytest.mark.parametrize("part", ["named_by", "same_matter"])
def test_second_topics_are_topics_of_the_rulebook(part: str) -> None:
    listed = second_topics()[part]
    others = [t for topics in listed.values() for t in topics] if part == "same_matter" else []
    assert {*listed, *others} <= set(rulebook().topics)


async def test_the_second_topic_waits_until_the_first_is_answered() -> None:
    asked = tracker(told("停工了，还不给交社保", "wage_shutdown"), facts={})
    slots = slots_of(await ActionOpenCase().run(CollectingDispatcher(), asked, {}))
    assert (slots["topic"], slots["waiting"]) == ("wage_shutdown", ["social_insurance"])


async def test_behind_a_button_the_message_that_led_to_it_is_read_again() -> None:
    unclear = told("在焦作那个事", "nlu_fallback", sick_pay=0.2)
    unclear["entities"] = [{"entity": "region", "value": "410800", "start": 1, "end": 3}]
    asked = tracker(pressed("sick_pay"), unclear, facts={})
    slots = slots_of(await ActionOpenCase().run(CollectingDispatcher(), asked, {}))
    assert slots["facts"]["region"] == "410800"


async def test_an_older_message_never_overrules_what_was_said_since() -> None:
    unclear = told("在焦作那个事", "nlu_fallback", sick_pay=0.2)
    unclear["entities"] = [{"entity": "region", "value": "410800", "start": 1, "end": 3}]
    asked = tracker(pressed("sick_pay"), unclear, facts={"region": "430200"})
    slots = slots_of(await ActionOpenCase().run(CollectingDispatcher(), asked, {}))
    assert slots["facts"]["region"] == "430200"


def test_a_topic_broken_off_waits_and_is_not_offered_while_it_is_open() -> None:
    case = Case(topic="wage_shutdown", asked="worked").turned_to("leave_pay")
    assert case.waiting == ("wage_shutdown",)
    assert case.turned_to("wage_shutdown").waiting == ()


def test_a_topic_answered_does_not_wait() -> None:
    assert Case(topic="wage_shutdown").turned_to("leave_pay").waiting == ()


def test_a_topic_asked_about_afresh_loses_its_matter_and_keeps_the_rest() -> None:
    case = Case(topic="leave_pay", facts={"leave_matter": "marriage", "still_employed": "yes"})
    assert case.turned_to("leave_pay").facts == {"still_employed": "yes"}


def test_a_topic_come_back_to_keeps_its_matter() -> None:
    case = Case(topic="leave_pay", facts={"leave_matter": "annual_days"}, asked="annual_case")
    back = case.turned_to("sick_pay").turned_to("leave_pay")
    assert back.facts == {"leave_matter": "annual_days"}


async def test_going_back_opens_the_topic_broken_off_last() -> None:
    asked = tracker(told("回到刚才的", "go_back"), topic="legal_aid", waiting=["wage_arrears"])
    slots = slots_of(await ActionGoBack().run(CollectingDispatcher(), asked, {}))
    assert (slots["topic"], slots["waiting"]) == ("wage_arrears", [])


async def test_going_back_with_nothing_to_go_back_to_offers_what_was_told() -> None:
    dispatcher = CollectingDispatcher()
    asked = tracker(told("上一步", "go_back"), topic="sick_pay", facts={"region": "410800"})
    await ActionGoBack().run(dispatcher, asked, {})
    assert "焦作" in dispatcher.messages[0]["buttons"][0]["title"]


async def test_letting_it_be_keeps_the_facts_and_offers_to_go_on() -> None:
    dispatcher = CollectingDispatcher()
    asked = tracker(
        told("算了", "never_mind"), topic="sick_pay", asked="region", facts={"sick_paid": "1500"}
    )
    slots = slots_of(await ActionNeverMind().run(dispatcher, asked, {}))
    assert slots["facts"] == {"sick_paid": "1500"}
    assert dispatcher.messages[0]["buttons"][0]["payload"] == '/ask_topic{"topic": "sick_pay"}'
