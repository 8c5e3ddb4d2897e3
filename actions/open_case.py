"""Open a case, go on with it, change one of its facts, or start again."""

from dataclasses import replace
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions import facts, replies, several, understood
from actions.asking import say_roughly, say_unreadable
from actions.case import COMPLETE, Case
from actions.context import rulebook, words
from actions.facts_form import MISSES_BEFORE_A_PERSON, form_slots
from actions.review import ask_for_review
from actions.say import offered_buttons, payload, topic_buttons
from gongyou.rulebook import describe_fact

Events = list[dict[str, Any]]
UNREADABLE = "unreadable"  # the interrupt that tells action_answer that all is already said


class ActionOpenCase(Action):
    """Take the topic and every fact the message states; the form asks for the rest."""

    def name(self) -> str:
        return "action_open_case"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        before: Case = Case.of(tracker)
        message: understood.Message = tracker.latest_message
        asked_now = understood.topic_of(message)
        if asked_now:
            case = before.turned_to(asked_now, several.also_asked(message, asked_now))
            message = several.raised_in(tracker, asked_now)
        else:
            case = replace(before, asked=None)
        found, problem = read(dispatcher, message, case, None if asked_now else before.asked)
        found = several.news(found, message, tracker, case)
        if found or asked_now:
            case = replace(case.with_facts(found), misses=0)
        elif not problem and not before.asked:
            return nothing_new(dispatcher, tracker, case)
        if problem and case.topic is None:
            return closed(case)
        say_beside(dispatcher, message, case, found)
        try:
            slots = form_slots(case, tracker)
        except ValueError as contradiction:
            dispatcher.utter_message(text=str(contradiction))
            return closed(replace(case, facts=before.facts))
        return [SlotSet(name, value) for name, value in slots.items()]


def read(
    dispatcher: CollectingDispatcher, message: understood.Message, case: Case, asked: str | None
) -> tuple[dict[str, Any], bool]:
    """(facts found, whether something could not be); `asked`: a question left open before."""
    try:
        return pressed_or_stated(message, case, asked), False
    except facts.UnreadableFact as problem:
        say_unreadable(dispatcher, problem)
        return facts.readable_facts(message, case.topic), True
    except ValueError as problem:
        dispatcher.utter_message(text=str(problem))
        return {}, True


def nothing_new(dispatcher: CollectingDispatcher, tracker: Tracker, case: Case) -> Events:
    """The message adds nothing: offer what can be changed or the topics, then a person."""
    case, lines = replace(case, misses=case.misses + 1), words()["case"]
    if case.misses >= MISSES_BEFORE_A_PERSON:
        buttons = [words()["buttons"]["human"], words()["buttons"]["other"]]
        dispatcher.utter_message(text=lines["offer_person"], buttons=buttons)
        if case.misses == MISSES_BEFORE_A_PERSON:
            ask_for_review(tracker, case, "unclear")
    elif case.topic is None:
        unsure = understood.intent(tracker.latest_message) == "unsure"
        text = lines["unsure_no_topic" if unsure else "no_topic_empty"]
        dispatcher.utter_message(text=text, buttons=offered_buttons())
    else:
        offer_changes(dispatcher, case, lines["nothing_new"])
    return closed(case)


def say_beside(
    dispatcher: CollectingDispatcher, message: understood.Message, case: Case, found: dict[str, Any]
) -> None:
    """Say what was taken roughly, and that a day's pay is not yet a month's."""
    say_roughly(dispatcher, message, found)
    topic = rulebook().topics.get(case.topic or "")
    rated = facts.rate(message)
    if rated and topic and "monthly_wage" in topic.uses and "monthly_wage" not in case.facts:
        dispatcher.utter_message(text=words()["ask"]["rate_noted"].format(name=rated))


def closed(case: Case) -> Events:
    """Events that leave the form at once: what there is to say has been said."""
    slots = {**case.slots(), "interrupt": UNREADABLE, "fact_answer": COMPLETE}
    return [SlotSet(name, value) for name, value in slots.items()]


def pressed_or_stated(message: understood.Message, case: Case, asked: str | None) -> dict[str, Any]:
    """The fact of a button pressed late, the answer to a question left open, what the text says."""
    pressed = understood.button_fact(message)
    name = pressed[0] if pressed else asked
    fact = rulebook().facts.get(name or "")
    answer = replies.answer_to(fact, message) if fact else None
    if fact and answer is not None:
        if pressed:
            return {fact.name: answer}
        return replies.with_answer(fact, answer, message, case.topic)
    return {} if pressed else replies.stated_outright(message, case.topic, case.facts)


class ActionChangeFact(Action):
    """Forget one fact, so that the form asks for it again; offer them all when none is named."""

    def name(self) -> str:
        return "action_change_fact"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        case = Case.of(tracker)
        fact = understood.changed_fact(tracker.latest_message)
        if fact is None:
            offer_changes(dispatcher, case)
            return closed(case)
        case = replace(case.without(fact), asked=fact)
        return [SlotSet(name, value) for name, value in form_slots(case, tracker).items()]


class ActionGoBack(Action):
    """Back to the question left open, or the topic broken off; else offer what can be changed."""

    def name(self) -> str:
        return "action_go_back"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        case = Case.of(tracker)
        if case.waiting and not case.asked:
            case = case.turned_to(case.waiting[-1])
        elif not case.asked:
            offer_changes(dispatcher, case)
            return closed(case)
        return [SlotSet(name, value) for name, value in form_slots(case, tracker).items()]


class ActionNeverMind(Action):
    """Let it be."""

    def name(self) -> str:
        return "action_never_mind"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        return never_mind(dispatcher, Case.of(tracker))


def never_mind(dispatcher: CollectingDispatcher, case: Case) -> Events:
    """Leave the question open and press for nothing; nothing said is forgotten."""
    lines = words()["waiting"]
    left = topic_buttons([case.topic] if case.topic and case.asked else [], lines["button"])
    buttons = [*left, words()["buttons"]["menu"], words()["buttons"]["human"]]
    dispatcher.utter_message(text=lines["never_mind"], buttons=buttons)
    return replace(case, waiting=(), misses=0).events()


class ActionWhatIf(Action):
    """Offer the facts of the last answer, to change one and compute again."""

    def name(self) -> str:
        return "action_what_if"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        offer_changes(dispatcher, Case.of(tracker))
        return []


def offer_changes(dispatcher: CollectingDispatcher, case: Case, intro: str | None = None) -> None:
    """A button for each fact known, and one to ask something else."""
    lines = words()["what_if"]
    if case.topic is None or not case.facts:
        dispatcher.utter_message(text=lines["nothing"], buttons=offered_buttons())
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
    dispatcher.utter_message(text=intro or lines["ask"], buttons=buttons)


class ActionRestartCase(Action):
    """Forget the case and offer the topics."""

    def name(self) -> str:
        return "action_restart_case"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        return start_over(dispatcher)


def start_over(dispatcher: CollectingDispatcher) -> Events:
    """Offer the topics; nothing of the case before is left, its total neither."""
    dispatcher.utter_message(text=words()["case"]["restart"], buttons=offered_buttons())
    return [*Case().events(), SlotSet("last_total", None), SlotSet("interrupt", None)]
