"""The one form: asks for whatever fact the rulebook names next, and reads the reply."""

from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions import facts, replies, several, understood
from actions.asking import ask, say_roughly, say_unreadable
from actions.case import COMPLETE, INTERRUPTED, Case
from actions.context import rulebook, today, words
from actions.say import known_facts
from gongyou.rulebook import Fact, NeedFacts

Slots = dict[str, Any]
MISSES_BEFORE_A_PERSON = 2
# What ends the questions at once; action_answer then does it.
INTERRUPTS = {
    "crisis",
    "human_handoff",
    "find_lawyer",
    "what_if",
    "change_fact",
    "show_basis",
    "start_over",
    "never_mind",
    "menu",
}
# What is answered in a line, and the question is put again.
ASIDES = {"chitchat", "abuse", "other_law", "non_law", "ask_why"}


def next_fact(case: Case, tracker: Tracker) -> str | None:
    """The fact to ask now: the one being changed, else what the evaluator names.

    Raises FactError when the facts contradict each other.
    """
    outcome = case.outcome(today(tracker))
    if outcome is not None and case.asked and case.asked not in case.facts:
        return case.asked
    return outcome.missing[0] if isinstance(outcome, NeedFacts) else None


def form_slots(case: Case, tracker: Tracker) -> Slots:
    """The case as slots, the form closed when nothing is missing."""
    waiting = next_fact(case, tracker)
    return {**case.slots(), "asked": waiting, "fact_answer": None if waiting else COMPLETE}


class ActionAskFactAnswer(Action):
    """Ask for the next fact: why it matters in half a line, the choices, and 「不清楚」."""

    def name(self) -> str:
        return "action_ask_fact_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        case = Case.of(tracker)
        name = next_fact(case, tracker)
        choosing = name == "region" and understood.entities(
            tracker.latest_message, "region_ambiguous"
        )
        if name and not choosing:
            ask(dispatcher, rulebook().facts[name])
        return replace(case, asked=name).events()


class ValidateFactsForm(FormValidationAction):
    """Read the reply to the question asked: an answer, a correction, or something else entirely."""

    def name(self) -> str:
        return "validate_facts_form"

    async def extract_fact_answer(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """The reply, unless the form has only just been opened and nothing was asked yet."""
        opened_now = (tracker.active_loop or {}).get("name") != self.form_name()
        if opened_now or not tracker.slots.get("requested_slot"):
            return {}
        return {"fact_answer": str(tracker.latest_message.get("text") or "")}

    async def validate_fact_answer(
        self,
        value: Any,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,
    ) -> Slots:
        """Slots after the reply. `value` is "complete" when the facts sufficed from the start."""
        if value in (None, COMPLETE):
            return {"fact_answer": value}
        case, message = Case.of(tracker), tracker.latest_message
        intent = understood.intent(message)
        changed = understood.changed_fact(message)
        if changed:
            return form_slots(replace(case.without(changed), asked=changed, misses=0), tracker)
        if intent in INTERRUPTS and understood.is_sure(message):
            return interrupted(case, intent)
        if intent == "go_back" and understood.is_sure(message):
            return go_back(dispatcher, tracker, case)
        fact = rulebook().facts[case.asked] if case.asked else None
        try:
            return self._read(dispatcher, tracker, case, fact)
        except facts.UnreadableFact as problem:
            say_unreadable(dispatcher, problem)
            case = case.with_facts(facts.readable_facts(message, case.topic))
        except ValueError as problem:
            dispatcher.utter_message(text=str(problem))
        return ask_again(dispatcher, case)

    def _read(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        case: Case,
        fact: Fact | None,
    ) -> Slots:
        message = tracker.latest_message
        answer = replies.answer_to(fact, message) if fact else None
        opened = opens_topic(message, case.topic) if answer is None else None
        if opened:
            return switch_topic(dispatcher, tracker, case, opened)
        if fact and answer is not None:
            found = replies.with_answer(fact, answer, message, case.topic)
            slots = form_slots(replace(case.with_facts(found), misses=0), tracker)
            say_roughly(dispatcher, message, found)
            return slots
        found = replies.stated_outright(message, case.topic, case.facts)
        if not found:
            return missed(dispatcher, case, fact, message)
        slots = form_slots(replace(case.with_facts(found), misses=0), tracker)
        noted = words()["ask"]["noted"].format(known=known_facts(found))
        dispatcher.utter_message(text=noted)
        say_roughly(dispatcher, message, found)
        return slots


def opens_topic(message: understood.Message, topic: str | None) -> str | None:
    """The other topic that the message is a new question on; None for a reply."""
    if understood.intent(message) == "inform":
        return None  # bare facts answer, whatever stage they name
    asked = understood.topic_of(message)
    text = str(message.get("text") or "")
    pressed = text.startswith("/")
    is_question = len(text) > understood.TOO_SHORT_TO_ASK and understood.is_sure(message)
    return asked if asked != topic and (pressed or is_question) else None


def switch_topic(
    dispatcher: CollectingDispatcher, tracker: Tracker, case: Case, topic: str
) -> Slots:
    """Go over to the topic the worker has just asked about; what is known stays known."""
    title, left = rulebook().topics[topic].title, rulebook().topics[case.topic or topic].title
    line = words()["case"]["switch_topic"].format(title=title, left=left)
    dispatcher.utter_message(text=line)
    turned = case.turned_to(topic, several.also_asked(tracker.latest_message, topic))
    message = several.raised_in(tracker, topic)
    found = replies.stated_outright(message, topic, turned.facts)
    return form_slots(turned.with_facts(several.news(found, message, tracker, turned)), tracker)


def go_back(dispatcher: CollectingDispatcher, tracker: Tracker, case: Case) -> Slots:
    """Back to the topic broken off before; without one, the facts told are offered to change."""
    if not case.waiting:
        return interrupted(case, "change_fact")
    return switch_topic(dispatcher, tracker, case, case.waiting[-1])


def missed(
    dispatcher: CollectingDispatcher, case: Case, fact: Fact | None, message: understood.Message
) -> Slots:
    """Nothing of use in the reply: answer an aside, ask again, the second time offer a person."""
    intent = understood.intent(message)
    if intent in INTERRUPTS:
        return interrupted(case, intent)
    if intent in ASIDES and understood.is_sure(message):
        dispatcher.utter_message(response=f"utter_{intent}")
        return {**case.slots(), "fact_answer": None}
    if case.misses + 1 < MISSES_BEFORE_A_PERSON:
        dispatcher.utter_message(text=fact.wrong if fact else words()["ask"]["not_understood"])
    return ask_again(dispatcher, case)


def ask_again(dispatcher: CollectingDispatcher, case: Case) -> Slots:
    """Count a miss and leave the question open; the second time offer a person."""
    misses = case.misses + 1
    if misses >= MISSES_BEFORE_A_PERSON:
        dispatcher.utter_message(
            text=words()["ask"]["too_many_misses"], buttons=[words()["buttons"]["human"]]
        )
    return {**replace(case, misses=misses).slots(), "fact_answer": None}


def interrupted(case: Case, intent: str) -> Slots:
    """Leave the form; action_answer then does what `intent` asks."""
    return {**case.slots(), "interrupt": intent, "fact_answer": INTERRUPTED}
