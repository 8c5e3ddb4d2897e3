"""When the question is not understood: a few guesses or the menu, and the second time a person,
who is also asked to look."""

import re
from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.case import Case
from actions.context import words
from actions.menu import group_buttons
from actions.review import ask_for_review
from actions.say import topic_buttons
from actions.several import guesses
from actions.understood import Message

CHINESE = re.compile("[\u4e00-\u9fff]")


class ActionFallback(Action):
    """Ask "did you mean", then offer a person."""

    def name(self) -> str:
        return "action_fallback"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        case, lines = Case.of(tracker), words()["fallback"]
        if not CHINESE.search(str(tracker.latest_message.get("text") or "")):
            dispatcher.utter_message(text=lines["only_chinese"], buttons=group_buttons())
        elif case.misses:
            buttons = [words()["buttons"]["human"], words()["buttons"]["menu"]]
            dispatcher.utter_message(text=lines["offer_person"], buttons=buttons)
            if case.misses == 1:
                ask_for_review(tracker, case, "unclear")
        else:
            did_you_mean(dispatcher, tracker.latest_message)
        return replace(case, misses=case.misses + 1).events()


def did_you_mean(dispatcher: CollectingDispatcher, message: Message) -> None:
    """The likeliest topics; where none is likely at all, the groups of topics."""
    lines, likely = words()["fallback"], guesses(message)
    if likely:
        buttons = [*topic_buttons(likely), lines["none_of_these"]]
        dispatcher.utter_message(text=lines["did_you_mean"], buttons=buttons)
    else:
        dispatcher.utter_message(text=lines["not_understood"], buttons=group_buttons())
