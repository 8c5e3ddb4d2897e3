"""An application handed in: read from its form, opened as a case, told in the chat. Once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongyou.desk.chat.messages import write_message
from gongyou.desk.notices.telling import tell_all
from gongyou.desk.routing.offers import fetch_on_duty
from gongyou.desk.tickets.aid import list_papers
from gongyou.desk.tickets.opening import Employer, OpenedTicket, count_open, open_ticket
from gongyou.intake import judge_case
from gongyou.rulebook import NATION, UNKNOWN
from gongyou.web.errors import BadInput
from gongyou.web.receipts import ticket_card
from gongyou.web.requests import clean
from gongyou.web.texts import read_texts, say
from gongyou.web.worker.aid_offer import Offer
from gongyou.web.worker.cases.own import Visit
from gongyou.web.worker.chat.tickets import (
    CONTACT_LIMIT,
    EMPLOYER_LIMIT,
    MOST_OPEN,
    WORDS_LIMIT,
)

LIMITS = {"words": WORDS_LIMIT, "contact": CONTACT_LIMIT, "employer": EMPLOYER_LIMIT}


@dataclass(frozen=True)
class AidForm:
    """What was typed; `at_hand` are the places of the papers ticked."""

    words: str = ""
    contact: str = ""
    employer: str = ""
    employer_agreed: bool = False
    consent: bool = False
    at_hand: frozenset[int] = frozenset()


def read_aid_form(posted: Mapping[str, str], papers: int) -> tuple[AidForm, dict[str, str]]:
    """The form, and what is wrong with it by field."""
    form = AidForm(
        words=clean(posted.get("words", "")),
        contact=clean(posted.get("contact", "")),
        employer=clean(posted.get("employer", "")),
        employer_agreed=posted.get("employer_agreed") == "on",
        consent=posted.get("consent") == "on",
        at_hand=frozenset(place for place in range(papers) if f"paper.{place}" in posted),
    )
    labels = read_texts()["form_labels"]
    errors = {
        name: say("field_long", label=labels[name], limit=limit)
        for name, limit in LIMITS.items()
        if len(getattr(form, name)) > limit
    }
    if not form.consent:
        errors["consent"] = say("aid_consent")
    return form, errors


def key_of(offer: Offer) -> str:
    """One application comes of one answer."""
    return f"aid:{offer.message_id}"


def hand_in(
    session: Any, chat: str, offer: Offer, papers: tuple[str, ...], form: AidForm, visit: Visit
) -> int:
    """The case's number. Handed in again, it is the same case. Raises BadInput."""
    if count_open(session, chat) >= MOST_OPEN:
        raise BadInput("too_many_tickets")
    rulebook, region = visit.rulebook, offer.facts.get("region")
    opened = open_ticket(
        session,
        chat,
        kind="aid",
        topic=offer.topic,
        region=region if isinstance(region, str) and region != UNKNOWN else NATION,
        facts=dict(offer.facts),
        summary=offer.summary,
        words=form.words,
        contact=form.contact,
        consent=form.consent,
        employer=Employer(form.employer, form.employer_agreed),
        judgement=judge_case(rulebook, "aid", offer.topic, offer.facts, visit.now, visit.today),
        idempotency_key=key_of(offer),
        now=visit.now,
    )
    ticket = opened.ticket
    if opened.is_new:
        names = {name: place in form.at_hand for place, name in enumerate(papers)}
        list_papers(session, ticket, names, visit.now)
        officers = fetch_on_duty(session, ticket)
        tell_all(session, officers, "applied", ticket, f"applied:{ticket.id}", visit.now)
    _say_so(session, opened, offer, visit)
    return ticket.id


def _say_so(session: Any, opened: OpenedTicket, offer: Offer, visit: Visit) -> None:
    """The receipt in the chat, once."""
    card = ticket_card("aid_sent", opened.receipt) | {"case": opened.ticket.id}
    write_message(
        session,
        opened.ticket.conversation_id,
        sender="system",
        text=card["text"],
        payload={"custom": card},
        client_key=key_of(offer),
        now=visit.now,
    )
