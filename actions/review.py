"""Nobody asked for a person, but an officer should look: not understood twice, or hardly sure."""

import logging
from collections.abc import Mapping
from typing import Any, Literal

from rasa_sdk.interfaces import Tracker

from actions.case import Case
from actions.context import desk, topics
from actions.understood import Message, intent, is_typed, topic_of
from actions.used import region_of
from gongyou.clock import china_now
from gongyou.desk.errors import NotFound
from gongyou.desk.tickets.reviews import open_review
from gongyou.quiet import describe
from gongyou.rulebook import encode_facts

UNANSWERED = "unanswered"  # the topic of a review while no topic is known

log = logging.getLogger(__name__)


def ask_for_review(
    tracker: Tracker, case: Case, cause: Literal["unclear", "low_confidence"]
) -> None:
    """Put the chat before the officers. The worker is told nothing, so no failure may show."""
    try:
        with desk().transaction() as session:
            open_review(
                session,
                tracker.sender_id,
                cause=cause,
                topic=case.topic or UNANSWERED,
                region=region_of(case),
                facts=encode_facts(case.facts),
                now=china_now(),
            )
    except NotFound:
        log.info("no review: the talk is not the gateway's")
    except Exception as error:
        log.error("review not opened: %s", describe(error))


def is_hardly_sure(tracker: Tracker, case: Case) -> bool:
    """Whether the topic was only just read out of the worker's words, and is answered first now.

    A button leaves no doubt, nor does a stage word; computing again raises no new one.
    """
    for event in reversed(tracker.events):
        if _is_card(event):
            return False
        message: Message = event.get("parse_data") or {}
        if event.get("event") == "user" and topic_of(message) == case.topic:
            return _is_doubtful(message, case)
    return False


def _is_doubtful(message: Message, case: Case) -> bool:
    confidence = float((message.get("intent") or {}).get("confidence") or 0)
    is_read = is_typed(message) and intent(message) == case.topic
    return is_read and confidence < float(topics()["hardly_sure_below"])


def _is_card(event: Mapping[str, Any]) -> bool:
    custom = (event.get("data") or {}).get("custom") or {}
    return event.get("event") == "bot" and custom.get("kind") == "answer_card"
