"""When the question is not understood: at most three guesses, and the second time a person."""

import re
from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.case import Case
from actions.context import rulebook, words
from actions.say import topic_buttons

GUESSES = 3
CHINESE = re.compile("[\u4e00-\u9fff]")


class ActionFallback(Action):
    """Ask "did you mean", then offer a person."""

    def name(self) -> str:
        return "action_fallback"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        case, lines = Case.of(tracker), words()["fallback"]
        human = words()["buttons"]["human"]
        if not CHINESE.search(str(tracker.latest_message.get("text") or "")):
            dispatcher.utter_message(text=lines["only_chinese"], buttons=[*topic_buttons(), human])
        elif case.misses:
            dispatcher.utter_message(text=lines["offer_person"], buttons=[human])
        else:
            none = {**human, "title": lines["none_of_these"]}
            buttons = [*topic_buttons(likely_topics(tracker)), none]
            dispatcher.utter_message(text=lines["did_you_mean"], buttons=buttons)
        return replace(case, misses=case.misses + 1).events()


def likely_topics(tracker: Tracker) -> list[str]:
    """The topics the classifier ranked highest, at most three."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    ranked = [str(entry["name"]) for entry in ranking if entry["name"] in rulebook().topics]
    return ranked[:GUESSES]
