"""Starting over in the middle of the questions forgets the case, and its total with it."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.answer import ActionAnswer


def tracker(**slots: Any) -> Tracker:
    message = {"text": "从头来", "intent": {"name": "start_over"}, "entities": []}
    return Tracker("a" * 64, slots, message, [], False, None, {}, "facts_form")


async def test_the_topics_are_offered_and_nothing_of_the_case_is_left() -> None:
    dispatcher = CollectingDispatcher()
    asked = tracker(topic="wage_shutdown", facts={}, interrupt="start_over", last_total="7040.00")
    events = await ActionAnswer().run(dispatcher, asked, {})
    left = {event["name"]: event["value"] for event in events}
    assert dispatcher.messages[0]["buttons"]
    assert (left["topic"], left["last_total"], left["interrupt"]) == (None, None, None)
