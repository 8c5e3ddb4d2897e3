"""The chat as the case page shows it: fifty messages at once, each with who said it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongyou.desk.chat.messages import Message, is_sentence
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.tickets.table import Ticket
from gongyou.desk.tickets.talk import fetch_talk
from gongyou.web.texts import call_person, read_texts
from gongyou.web.times import show_time


@dataclass(frozen=True)
class Line:
    """One message of a transcript. A receipt in it is the worker's own, and left out.

    `kept`: the worker does not see it. `key`: under which a page of the desk sent it, or "".
    `is_sentence`: a worker's own words, no button.
    """

    id: int
    sender: str
    speaker: str
    at: str
    text: str
    custom: dict[str, Any]
    state: str
    key: str
    kept: bool
    is_sentence: bool


@dataclass(frozen=True)
class Transcript:
    """A page of the chat; `earlier` is the number before which the page before begins."""

    lines: tuple[Line, ...]
    earlier: int | None
    is_newest: bool
    last: int

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(line.id for line in self.lines)


def read_transcript(session: Any, ticket: Ticket, before: int | None) -> Transcript:
    talk = fetch_talk(session, ticket, before)
    people = fetch_people(session, (message.person_id for message in talk.messages))
    lines = show_lines(talk.messages, people)
    earlier = talk.messages[0].id if talk.has_earlier else None
    return Transcript(lines, earlier, not talk.has_later, talk.last)


def show_lines(messages: Sequence[Message], people: Mapping[int, Person]) -> tuple[Line, ...]:
    return tuple(_line(message, people.get(message.person_id or 0)) for message in messages)


def _line(message: Message, person: Person | None) -> Line:
    custom = dict((message.payload or {}).get("custom") or {})
    custom.pop("receipt", None)
    return Line(
        id=message.id,
        sender=message.sender,
        speaker=_speaker(message.sender, person),
        at=show_time(message.created_at),
        text=message.text,
        custom=custom,
        state=message.state,
        key=(message.client_key or "").removeprefix("reply:") if message.person_id else "",
        kept=message.staff_only,
        is_sentence=is_sentence(message),
    )


def _speaker(sender: str, person: Person | None) -> str:
    """职工, 机器人, 系统; of staff the name under which the worker knows them."""
    texts = read_texts()
    if sender in texts["speakers"]:
        return str(texts["speakers"][sender])
    return call_person(sender, person.name) if person else str(texts["roles"][sender])
