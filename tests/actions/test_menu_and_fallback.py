"""Nothing understood: up to three guesses, or the menu by groups; the second time a person."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.context import rulebook
from actions.fallback import ActionFallback
from actions.menu import ActionMenu


def tracker(text: str, entities: list[Any] | None = None, misses: int = 0, **ranked: float) -> Any:
    ranking = [{"name": name, "confidence": share} for name, share in ranked.items()]
    message = {
        "text": text,
        "intent": {"name": "nlu_fallback", "confidence": 0.3},
        "intent_ranking": ranking,
        "entities": entities or [],
    }
    slots = {"facts": {}, "misses": misses}
    return Tracker("a" * 64, slots, message, [], False, None, {}, "action_listen")


async def payloads(action: Any, asked: Any) -> list[str]:
    dispatcher = CollectingDispatcher()
    await action.run(dispatcher, asked, {})
    return [button["payload"] for button in dispatcher.messages[0]["buttons"]]


async def test_close_leaders_become_at_most_three_buttons_and_a_way_out() -> None:
    asked = tracker(
        "钱的事", overtime_pay=0.2, wage_cut=0.19, inform=0.18, sick_pay=0.1, leave_pay=0.09
    )
    assert await payloads(ActionFallback(), asked) == [
        '/ask_topic{"topic": "overtime_pay"}',
        '/ask_topic{"topic": "wage_cut"}',
        '/ask_topic{"topic": "sick_pay"}',
        "/menu",
    ]


async def test_without_a_likely_topic_the_groups_are_offered() -> None:
    asked = tracker("那个啥", overtime_pay=0.03, wage_cut=0.03)
    assert '/menu{"group": "女职工"}' in await payloads(ActionFallback(), asked)


async def test_the_second_time_a_person_is_offered() -> None:
    asked = tracker("那个啥", misses=1, overtime_pay=0.2)
    assert await payloads(ActionFallback(), asked) == ["/human_handoff", "/menu"]


async def test_the_menu_shows_groups_first_and_a_person_last() -> None:
    shown = await payloads(ActionMenu(), tracker("/menu"))
    assert shown[0] == '/menu{"group": "工资"}'
    assert shown[-1] == "/human_handoff"


async def test_a_group_of_one_topic_leads_straight_to_it() -> None:
    assert '/ask_topic{"topic": "leave_pay"}' in await payloads(ActionMenu(), tracker("/menu"))


async def test_every_topic_is_reached_through_the_menu() -> None:
    reached = set(await payloads(ActionMenu(), tracker("/menu")))
    for group in rulebook().grouped():
        entity = {"entity": "group", "value": group.title}
        reached |= set(await payloads(ActionMenu(), tracker("/menu", [entity])))
    assert {f'/ask_topic{{"topic": "{topic}"}}' for topic in rulebook().topics} <= reached


async def test_a_group_nobody_has_shows_the_groups() -> None:
    asked = tracker("/menu", [{"entity": "group", "value": "没有这一类"}])
    assert '/menu{"group": "工资"}' in await payloads(ActionMenu(), asked)
