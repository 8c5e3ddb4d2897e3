"""From the chat to a person: the facts sheet for a lawyer, a union officer, and crisis first."""

import logging
from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions import facts, understood
from actions.case import Case
from actions.context import desk, rulebook, today, topics, words
from actions.say import facts_sheet
from actions.sources import fact_sources
from gongyou.clock import china_now
from gongyou.desk.tickets.handoffs import open_handoff
from gongyou.desk.tickets.opening import OpenedTicket
from gongyou.desk.tickets.receipts import group_digits
from gongyou.desk.tickets.scope import only_care_reads
from gongyou.desk.tickets.table import CRISIS
from gongyou.hotlines import hotlines_card
from gongyou.quiet import describe
from gongyou.rulebook import NATION, UNKNOWN, Answer, NoRule, encode_facts, render_card

Events = list[dict[str, Any]]
log = logging.getLogger(__name__)


class ActionFindLawyer(Action):
    """Show the facts sheet; the page sends it once the worker agrees."""

    def name(self) -> str:
        return "action_find_lawyer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        case = case_with_call(tracker)
        offer_sheet(dispatcher, tracker, case)
        return case.events()


def case_with_call(tracker: Tracker) -> Case:
    """The case with what the call for help itself tells (停工三个月，给我找个律师).

    Facts that cannot be true, or that contradict what is known, are left out.
    """
    case, message = Case.of(tracker), tracker.latest_message
    case = replace(case, topic=case.topic or understood.stage_topic(message))
    try:
        told = case.with_facts(facts.readable_facts(message, case.topic))
        told.outcome(today(tracker))
    except ValueError:
        return case
    return told


def offer_sheet(dispatcher: CollectingDispatcher, tracker: Tracker, case: Case) -> None:
    """Say what the sheet is and send it, filled from the case."""
    dispatcher.utter_message(text=words()["handover"]["lawyer_intro"])
    sources = fact_sources(tracker, encode_facts(case.facts))
    sheet = facts_sheet(case, title_of(case), summary(tracker, case), sources)
    dispatcher.utter_message(json_message=sheet)


def title_of(case: Case) -> str:
    """The topic in words, or a heading for a case without one."""
    topic = rulebook().topics.get(case.topic or "")
    return topic.title if topic else str(words()["handover"]["no_topic_title"])


def summary(tracker: Tracker, case: Case) -> str:
    """What the rulebook says to the case so far, for the person who takes over."""
    match case.outcome(today(tracker)):
        case Answer() as found:
            card = render_card(rulebook(), found, case.facts)
            return "\n".join([card.conclusion, *card.workings])
        case NoRule(reason=reason):
            return reason
    return ""


class ActionHumanHandoff(Action):
    """Open a ticket for the union's officers and say so."""

    def name(self) -> str:
        return "action_human_handoff"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        case = case_with_call(tracker)
        hand_over(dispatcher, tracker, case)
        return case.events()


def hand_over(dispatcher: CollectingDispatcher, tracker: Tracker, case: Case) -> None:
    """To a lawyer by the facts sheet when that is the word used, else to an officer."""
    text = str(tracker.latest_message.get("text") or "")
    if any(word in text for word in topics()["lawyer_words"]):
        offer_sheet(dispatcher, tracker, case)
    else:
        hand_to_officer(dispatcher, tracker, case)


def hand_to_officer(dispatcher: CollectingDispatcher, tracker: Tracker, case: Case) -> None:
    """Open the ticket first; only what is stored is promised."""
    lines = words()["handover"]
    opened = try_to_hand_over(tracker, case)
    if opened is None:
        dispatcher.utter_message(
            text=lines["failed"],
            buttons=[{"title": lines["retry"], "payload": "/human_handoff"}],
        )
        return
    dispatcher.utter_message(text=lines["handoff"])
    say_receipt(dispatcher, opened, lines["handoff_title"])
    say_who_reads(dispatcher, opened)


def say_who_reads(dispatcher: CollectingDispatcher, opened: OpenedTicket) -> None:
    """Of a new case of distress: who will answer, and that nobody else reads it, if that holds."""
    if not (opened.is_new and opened.ticket.is_care):
        return
    try:
        with desk().reading() as session:
            holds = only_care_reads(session, opened.ticket.id)
    except Exception as error:
        log.error("not known who reads: %s", describe(error))
        return
    if holds:
        dispatcher.utter_message(text=words()["handover"]["care"])


def say_receipt(dispatcher: CollectingDispatcher, opened: OpenedTicket, title: str) -> None:
    """Show the receipt code in groups of four."""
    receipt = group_digits(opened.receipt)
    dispatcher.utter_message(json_message={"kind": "ticket", "receipt": receipt, "title": title})


class ActionCrisis(Action):
    """One caring sentence, the numbers to ring now, and a person."""

    def name(self) -> str:
        return "action_crisis"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        say_crisis(dispatcher, tracker)
        return []


def say_crisis(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """The hotline card; a person is promised only when the ticket is stored."""
    lines = words()["crisis"]
    opened = try_to_hand_over(tracker, Case(topic=CRISIS))
    text = lines["text"] if opened else lines["text_alone"]
    dispatcher.utter_message(json_message=hotlines_card(CRISIS, text))
    if opened is not None:
        say_who_reads(dispatcher, opened)


def try_to_hand_over(tracker: Tracker, case: Case) -> OpenedTicket | None:
    """The chat's handoff ticket, new or still waiting; None when it could not be stored.

    Whatever the database does, the worker must get a number to ring; so every failure ends here.
    """
    region = case.facts.get("region")
    try:
        with desk().transaction() as session:
            return open_handoff(
                session,
                tracker.sender_id,
                topic=case.topic or "human_handoff",
                region=region if isinstance(region, str) and region != UNKNOWN else NATION,
                facts=encode_facts(case.facts),
                summary=summary(tracker, case),
                consent=case.topic != CRISIS,  # a crisis is handed over without being asked for
                now=china_now(),
            )
    except Exception as error:
        log.error("handoff ticket not opened: %s", describe(error))
        return None
