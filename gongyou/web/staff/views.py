"""Tickets and transcripts as the desk's pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongyou.clock import CHINA
from gongyou.desk.messages import Message
from gongyou.desk.people import Person
from gongyou.desk.tickets import Ticket, TicketLine
from gongyou.web.names import Names
from gongyou.web.texts import read_texts


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    id: int
    kind: str
    topic: str
    region: str
    received: str
    status: str
    status_name: str
    mine: bool
    can_open: bool


@dataclass(frozen=True)
class Sheet:
    """One ticket, ready for the page."""

    id: int
    kind: str
    topic: str
    region: str
    received: str
    status: str
    status_name: str
    facts: list[tuple[str, str]]
    summary: str
    words: str
    contact: str
    is_mine: bool  # words and contact are shown to the one who took the ticket only
    consent: str
    can_take: bool
    can_reply: bool
    can_close: bool


@dataclass(frozen=True)
class Line:
    """One message of a transcript. A receipt in it is the worker's own, and left out."""

    sender: str
    speaker: str
    at: str
    text: str
    custom: dict[str, Any]
    state: str


def show_row(line: TicketLine, person: Person, names: Names) -> Row:
    return Row(
        id=line.id,
        kind=read_texts()["ticket_kinds"][line.kind],
        topic=names.topic(line.topic),
        region=names.region(line.region),
        received=show_time(line.created_at),
        status=line.status,
        status_name=read_texts()["ticket_states"][line.status],
        mine=line.person_id == person.id,
        can_open=person.role == "lawyer" or line.kind == "handoff",
    )


def show_ticket(ticket: Ticket, person: Person, names: Names) -> Sheet:
    mine = ticket.person_id == person.id
    return Sheet(
        id=ticket.id,
        kind=read_texts()["ticket_kinds"][ticket.kind],
        topic=names.topic(ticket.topic),
        region=names.region(ticket.region),
        received=show_time(ticket.created_at),
        status=ticket.status,
        status_name=read_texts()["ticket_states"][ticket.status],
        facts=names.facts(ticket.facts),
        summary=ticket.summary,
        words=ticket.words if mine else "",
        contact=ticket.contact if mine else "",
        is_mine=mine,
        consent=show_time(ticket.consent_at) if ticket.consent_at else "",
        can_take=ticket.status == "open",
        can_reply=mine and ticket.status in ("taken", "answered"),
        can_close=mine and ticket.status == "answered",
    )


def show_transcript(messages: Sequence[Message]) -> list[Line]:
    """Every message with its speaker; a person by the name under which they took over."""
    speakers = _people(messages)
    return [_show_line(message, speakers) for message in messages]


def show_time(moment: datetime) -> str:
    """2026-11-21 09:30, Chinese time."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _people(messages: Sequence[Message]) -> dict[int, str]:
    people = [(m.payload or {}).get("person") for m in messages]
    return {person["id"]: person["shown"] for person in people if person}


def _show_line(message: Message, people: dict[int, str]) -> Line:
    role = read_texts()["roles"].get(message.sender, "")
    custom = dict((message.payload or {}).get("custom") or {})
    custom.pop("receipt", None)
    return Line(
        sender=message.sender,
        speaker=read_texts()["speakers"].get(message.sender)
        or people.get(message.person_id or 0, role),
        at=show_time(message.created_at),
        text=message.text,
        custom=custom,
        state=message.state,
    )
