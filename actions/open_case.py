"""Open a case, go on with it, change one of its facts, or start again."""

from dataclasses import replace
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions import facts
from actions.case import COMPLETE, Case
from actions.context import rulebook, words
from actions.facts_form import form_slots, say_unreadable
from actions.say import payload, topic_buttons
from gongyou.rulebook import describe_fact

Events = list[dict[str, Any]]
UNREADABLE = "unreadable"  # the interrupt that tells action_answer that the problem is already said


class ActionOpenCase(Action):
    """Take the topic and every fact the message states; the form asks for the rest."""

    def name(self) -> str:
        return "action_open_case"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        case, message = replace(Case.of(tracker), asked=None, misses=0), tracker.latest_message
        case = replace(case, topic=facts.topic_of(message) or case.topic)
        try:
            stated = case.with_facts(pressed_or_stated(message, case.topic))
            if stated == case and case.facts and not facts.topic_of(message):
                return closed(case, "what_if")
            slots = form_slots(stated, tracker)
        except facts.UnreadableFact as problem:
            say_unreadable(dispatcher, problem)
            return closed(case)
        except ValueError as problem:
            dispatcher.utter_message(text=str(problem))
            return closed(case)
        return [SlotSet(name, value) for name, value in slots.items()]


def closed(case: Case, interrupt: str = UNREADABLE) -> Events:
    """Events that leave the form at once; `interrupt` is what action_answer then does."""
    slots = {**case.slots(), "interrupt": interrupt, "fact_answer": COMPLETE}
    return [SlotSet(name, value) for name, value in slots.items()]


def pressed_or_stated(message: facts.Message, topic: str | None) -> dict[str, Any]:
    """The fact of a button pressed late, or whatever the text states."""
    pressed = facts.button_fact(message)
    if not pressed:
        return facts.facts_in(message, topic)
    fact = rulebook().facts.get(pressed[0])
    answer = facts.answer_to(fact, message) if fact else None
    return {pressed[0]: answer} if answer is not None else {}


class ActionChangeFact(Action):
    """Forget one fact, so that the form asks for it again."""

    def name(self) -> str:
        return "action_change_fact"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        case = Case.of(tracker)
        fact = next((e["value"] for e in facts.entities(tracker.latest_message, "fact")), None)
        if fact and fact in rulebook().facts:
            case = replace(case.without(fact), asked=fact)
        return [SlotSet(name, value) for name, value in form_slots(case, tracker).items()]


class ActionWhatIf(Action):
    """Offer the facts of the last answer, to change one and compute again."""

    def name(self) -> str:
        return "action_what_if"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        offer_changes(dispatcher, Case.of(tracker))
        return []


def offer_changes(dispatcher: CollectingDispatcher, case: Case) -> None:
    """A button for each fact known, and one to ask something else."""
    lines = words()["what_if"]
    if case.topic is None or not case.facts:
        dispatcher.utter_message(text=lines["nothing"], buttons=topic_buttons())
        return
    buttons = [
        {
            "title": lines["button"].format(
                label=rulebook().facts[name].label, value=describe_fact(rulebook(), name, value)
            ),
            "payload": payload("change_fact", fact=name),
        }
        for name, value in case.facts.items()
    ]
    buttons.append({"title": lines["restart"], "payload": payload("start_over")})
    dispatcher.utter_message(text=lines["ask"], buttons=buttons)


class ActionRestartCase(Action):
    """Forget the case and offer the topics."""

    def name(self) -> str:
        return "action_restart_case"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        dispatcher.utter_message(text=words()["case"]["restart"], buttons=topic_buttons())
        return [*Case().events(), SlotSet("last_total", None), SlotSet("interrupt", None)]
