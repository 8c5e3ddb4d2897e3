"""How a fact is asked for, and what is said of an answer that is rough or cannot be read."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import facts
from actions.context import words
from actions.say import Button, choice_buttons, payload
from actions.understood import Message
from gongyou.rulebook import UNKNOWN, Fact
from gongyou.rulebook.model.text import day_text


def ask(dispatcher: CollectingDispatcher, fact: Fact) -> None:
    """Put one question, and say in half a line why it matters."""
    text = words()["ask"]["one"].format(ask=fact.ask, why=fact.why)
    dispatcher.utter_message(text=text, buttons=choice_buttons(fact))


def say_roughly(dispatcher: CollectingDispatcher, message: Message, found: dict[str, Any]) -> None:
    """Say which day was taken for a date that names none (上个月, 年初)."""
    for said, day, line in facts.roughly(message, found):
        text = words()["ask"][line].format(said=said, day=day_text(day))
        dispatcher.utter_message(text=text)


def say_unreadable(dispatcher: CollectingDispatcher, problem: facts.UnreadableFact) -> None:
    """Say which place or day does not exist, or let the worker choose among namesakes."""
    buttons: list[Button] = [
        {"title": label, "payload": payload("inform", fact="region", value=code)}
        for code, label in problem.choices
    ]
    if buttons:
        unsure = payload("inform", fact="region", value=UNKNOWN)
        buttons.append({"title": words()["ask"]["unsure"], "payload": unsure})
    text = words()["ask"][problem.key].format(name=problem.name)
    dispatcher.utter_message(text=text, buttons=buttons)
