"""An answer says what it rests on; what was hardly understood is put before an officer."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from sqlalchemy import select

from actions.answer import ActionAnswer
from actions.context import desk, rule_versions, rulebook
from actions.fallback import ActionFallback
from actions.open_case import ActionOpenCase
from gongyou.clock import china_now
from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.tickets.table import Ticket
from gongyou.rulebook import Answer, FactValue, Question, encode_facts, evaluate

FACTS: Mapping[str, FactValue] = {
    "region": "410800",
    "stop_from": date(2026, 9, 1),
    "stop_until": date(2026, 11, 21),
    "monthly_wage": 4000,
    "worked": "none",
    "pay_cycle_start_day": 1,
}


def user(text: str, intent: str, confidence: float = 0.9, **entities: str) -> dict[str, Any]:
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    named = {"name": intent, "confidence": confidence}
    parsed = {"text": text, "intent": named, "entities": found, "intent_ranking": []}
    return {"event": "user", "parse_data": parsed, "metadata": {"today": "2026-11-21"}}


CARD = {"event": "bot", "data": {"custom": {"kind": "answer_card"}}}


@pytest.fixture
def chat() -> str:
    with desk().transaction() as session:
        return open_conversation(session, china_now())[0].id


async def act(action: Any, sender: str, *events: dict[str, Any], **slots: Any) -> list[Any]:
    """What the action says after these events."""
    said = next(event for event in reversed(events) if event["event"] == "user")
    message = said["parse_data"] | {"metadata": said["metadata"]}
    tracker = Tracker(sender, slots, message, list(events), False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    await action.run(dispatcher, tracker, {})
    return list(dispatcher.messages)


async def answered(
    sender: str, *events: dict[str, Any], facts: Mapping[str, FactValue] = FACTS
) -> list[Any]:
    slots = {"topic": "wage_shutdown", "facts": encode_facts(facts), "misses": 0}
    return await act(ActionAnswer(), sender, *events, **slots)


def reviews() -> list[tuple[str, str | None, str, str]]:
    with desk().reading() as session:
        found = session.scalars(select(Ticket)).all()
        return [(one.kind, one.cause, one.topic, one.region) for one in found]


async def test_the_card_carries_what_the_answer_rests_on(chat: str) -> None:
    said = await answered(chat, user("厂里停工了", "wage_shutdown"))
    found = evaluate(rulebook(), Question("wage_shutdown", FACTS, date(2026, 11, 21)))
    assert isinstance(found, Answer)
    used = said[0]["custom"]["used"]
    assert (used["topic"], used["region"], used["on"]) == ("wage_shutdown", "410800", "2026-11-21")
    assert [rule["id"] for rule in used["rules"]] == list(found.trace)
    assert all(rule["content"] == rule_versions()[rule["id"]].content for rule in used["rules"])


async def test_the_card_carries_the_facts_and_whether_papers_are_named(chat: str) -> None:
    school = {"aid_matter": "school", "hardship_status": "registered", "child_schooling": "college"}
    facts = school | {"special_school": "no"}
    slots = {"topic": "subsidy_hardship", "facts": facts, "misses": 0}
    said = await act(ActionAnswer(), chat, user("孩子上学", "subsidy_hardship"), **slots)
    used = said[0]["custom"]["used"]
    assert (used["facts"], used["papers"]) == (facts, True)
    wages = await answered(chat, user("厂里停工了", "wage_shutdown"))
    assert wages[0]["custom"]["used"]["papers"] is False


async def test_only_a_sum_that_is_sure_is_carried(chat: str) -> None:
    tiers_differ = await answered(chat, user("厂里停工了", "wage_shutdown"))
    one_cycle = {**FACTS, "stop_until": date(2026, 10, 1)}
    sure = await answered(chat, user("厂里停工了", "wage_shutdown"), facts=one_cycle)
    assert tiers_differ[0]["custom"]["used"]["total"] is None
    assert sure[0]["custom"]["used"]["total"] == "4000.00"


async def test_a_clear_question_is_nobodys_to_look_at(chat: str) -> None:
    await answered(chat, user("厂里停工了", "wage_shutdown", 0.5))
    assert reviews() == []


async def test_an_answer_on_a_topic_hardly_understood_is_for_an_officer_to_look_at(
    chat: str,
) -> None:
    await answered(chat, user("厂里没活了", "wage_shutdown", 0.45), user("焦作", "inform"))
    assert reviews() == [("review", "low_confidence", "wage_shutdown", "410800")]


async def test_computing_again_is_no_new_doubt(chat: str) -> None:
    doubtful = user("厂里没活了", "wage_shutdown", 0.45)
    await answered(chat, doubtful, CARD, user("工资是4500", "inform"))
    assert reviews() == []


async def test_a_pressed_topic_leaves_no_doubt(chat: str) -> None:
    doubtful = user("厂里没活了", "wage_shutdown", 0.45)
    pressed = user("/ask_topic", "ask_topic", 1.0, topic="wage_shutdown")
    await answered(chat, doubtful, pressed)
    assert reviews() == []


async def test_not_understood_twice_is_for_an_officer_to_look_at(chat: str) -> None:
    unclear = user("那个啥", "nlu_fallback", 0.3)
    await act(ActionFallback(), chat, unclear, misses=0, facts={})
    assert reviews() == []
    await act(ActionFallback(), chat, unclear, misses=1, facts={})
    assert reviews() == [("review", "unclear", "unanswered", "000000")]


async def test_nothing_of_use_in_a_case_twice_is_too(chat: str) -> None:
    useless = user("那个啥", "inform")
    slots = {"topic": "wage_shutdown", "facts": {"region": "410800"}, "misses": 1}
    await act(ActionOpenCase(), chat, useless, **slots)
    assert reviews() == [("review", "unclear", "wage_shutdown", "410800")]


async def test_a_talk_that_is_not_the_gateways_goes_on_all_the_same() -> None:
    said = await act(ActionFallback(), "shell", user("那个啥", "nlu_fallback"), misses=1, facts={})
    assert said[0]["buttons"][0]["payload"] == "/human_handoff"
