"""The menu: the groups of topics first, then the topics of one group."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.context import rulebook, words
from actions.say import Button, payload, topic_buttons
from actions.understood import Message, entities
from gongyou.rulebook.model.topic import TopicGroup


class ActionMenu(Action):
    """Show what can be asked about."""

    def name(self) -> str:
        return "action_menu"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        show_menu(dispatcher, tracker.latest_message)
        return []


def show_menu(dispatcher: CollectingDispatcher, message: Message) -> None:
    """The topics of the group whose button was pressed, or else the groups."""
    lines = words()["menu"]
    pressed = {entity["value"] for entity in entities(message, "group")}
    group = next((group for group in rulebook().grouped() if group.title in pressed), None)
    if group is None:
        dispatcher.utter_message(text=lines["groups"], buttons=group_buttons())
        return
    buttons = [*topic_buttons(group.topics), lines["back"]]
    dispatcher.utter_message(text=lines["topics"].format(group=group.title), buttons=buttons)


def group_buttons() -> list[Button]:
    """A button for each group, and a person."""
    groups = [_group_button(group) for group in rulebook().grouped()]
    return [*groups, words()["buttons"]["human"]]


def _group_button(group: TopicGroup) -> Button:
    """A group of one topic leads straight to it."""
    if len(group.topics) == 1:
        return topic_buttons(group.topics)[0]
    return {"title": group.title, "payload": payload("menu", group=group.title)}
