"""Answer: evaluate the case, say the card; or do what the worker asked for in between."""

from datetime import date
from decimal import Decimal
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions import handover
from actions.case import Case
from actions.context import rulebook, today, words
from actions.links import link_for
from actions.menu import show_menu
from actions.open_case import UNREADABLE, never_mind, offer_changes, start_over
from actions.review import ask_for_review, is_hardly_sure
from actions.say import known_facts, offered_buttons, say_card, say_waiting
from actions.used import used_by
from gongyou.rulebook import Answer, Citation, NoRule, render_card
from gongyou.rulebook.model.text import day_text as in_words
from gongyou.rulebook.model.text import in_unit

Events = list[dict[str, Any]]


class ActionAnswer(Action):
    """What comes when the form is done: the answer, or what interrupted it."""

    def name(self) -> str:
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        case = Case.of(tracker)
        interrupt = tracker.slots.get("interrupt")
        events = (
            interrupted(dispatcher, tracker, case, interrupt)
            if interrupt
            else answer(dispatcher, tracker, case)
        )
        return [*events, SlotSet("interrupt", None), SlotSet("fact_answer", None)]


def interrupted(
    dispatcher: CollectingDispatcher, tracker: Tracker, case: Case, interrupt: str
) -> Events:
    """Do what the worker asked for instead of answering the form's question."""
    match interrupt:
        case "crisis":
            handover.say_crisis(dispatcher, tracker)
        case "human_handoff":
            handover.hand_over(dispatcher, tracker, case)
        case "find_lawyer":
            handover.offer_sheet(dispatcher, tracker, case)
        case "what_if" | "change_fact":
            offer_changes(dispatcher, case)
        case "show_basis":
            show_basis(dispatcher, tracker, case)
        case "menu":
            show_menu(dispatcher, tracker.latest_message)
        case "never_mind":
            return never_mind(dispatcher, case)
        case "start_over":
            return start_over(dispatcher)
        case _:
            assert interrupt == UNREADABLE, interrupt
    return []


def answer(dispatcher: CollectingDispatcher, tracker: Tracker, case: Case) -> Events:
    """Evaluate and say the card, with the difference to the last one."""
    match case.outcome(today(tracker)):
        case None:
            say_no_topic(dispatcher, case)
        case Answer() as found:
            card = render_card(rulebook(), found, case.facts)
            used = used_by(found, case, today(tracker))
            say_card(dispatcher, card, case.facts, used, link_for(case))
            if is_hardly_sure(tracker, case):
                ask_for_review(tracker, case, "low_confidence")
            say_difference(dispatcher, tracker, found)
            say_waiting(dispatcher, case)
            return [SlotSet("last_total", str(found.total) if found.total is not None else None)]
        case NoRule(reason=reason):
            buttons = words()["answer"]["no_rule_buttons"]
            dispatcher.utter_message(text=reason, buttons=buttons)
            say_waiting(dispatcher, case)
    return [SlotSet("last_total", None)]


def say_no_topic(dispatcher: CollectingDispatcher, case: Case) -> None:
    """Facts without a question: say what was noted, and offer the topics."""
    lines = words()["case"]
    known = lines["no_topic"].format(known=known_facts(case.facts))
    text = known if case.facts else lines["no_topic_empty"]
    dispatcher.utter_message(text=text, buttons=offered_buttons())


def say_difference(dispatcher: CollectingDispatcher, tracker: Tracker, found: Answer) -> None:
    """After a changed fact: the old total beside the new."""
    before = tracker.slots.get("last_total")
    if before is None or found.total is None or before == str(found.total):
        return
    unit = found.totals[0].unit
    before, after = in_unit(Decimal(before), unit), in_unit(found.total, unit)
    text = words()["answer"]["compare"].format(before=before, after=after, unit=unit)
    dispatcher.utter_message(text=text)


class ActionShowBasis(Action):
    """The documents behind the last answer, each with number, article, dates, region, status."""

    def name(self) -> str:
        return "action_show_basis"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        show_basis(dispatcher, tracker, Case.of(tracker))
        return []


def show_basis(dispatcher: CollectingDispatcher, tracker: Tracker, case: Case) -> None:
    """Say the basis, or that nothing has been computed yet."""
    lines = words()["basis"]
    found = case.outcome(today(tracker))
    if not isinstance(found, Answer):
        dispatcher.utter_message(text=lines["nothing"], buttons=offered_buttons())
        return
    cited = [f"{n}. {citation_line(c)}" for n, c in enumerate(found.basis, start=1)]
    text = "\n".join([lines["head"].format(title=found.title), *cited])
    dispatcher.utter_message(text=text, buttons=words()["answer"]["buttons"])


def citation_line(citation: Citation) -> str:
    """One document: title, number, article, in force since, region, how well it was checked."""
    lines = words()["basis"]
    said = lines["line"].format(
        document=citation.document,
        number=citation.number or lines["number_missing"],
        article=citation.article or "",
        since=in_force(citation.since, citation.until),
        region=citation.region_name,
    )
    return f"{said}，{lines['status'][citation.status]}"


def in_force(since: date | None, until: date | None) -> str:
    """「1995年1月1日起有效」; `until` is the first day it no longer holds."""
    lines = words()["basis"]
    if since is None:
        return str(lines["since_unknown"])
    if until is None:
        return str(lines["since"]).format(since=in_words(since))
    return str(lines["since_until"]).format(since=in_words(since), until=in_words(until))
