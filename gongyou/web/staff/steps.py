"""Take, reply, close: the desk's step, and the line that tells the worker. Each one transaction.

Each gives back the conversation whose page is to be woken.
"""

from datetime import datetime
from typing import Any

from gongyou.desk.messages import write_message
from gongyou.desk.people import Person
from gongyou.desk.tickets import close_ticket, reply_ticket, take_ticket
from gongyou.web.texts import buttons, call_person, read_texts, say


def take(session: Any, ticket_id: int, person: Person, now: datetime) -> str:
    """The worker's words go to this person from now on, and the worker is told once."""
    ticket = take_ticket(session, ticket_id, person, now)
    _tell(session, ticket.conversation_id, person, ticket_id, "here", now)
    return ticket.conversation_id


def reply(
    session: Any, ticket_id: int, person: Person, text: str, key: str | None, now: datetime
) -> str:
    """The answer, in the worker's chat."""
    message = reply_ticket(session, ticket_id, person, text, now, client_key=key)
    return message.conversation_id


def close(session: Any, ticket_id: int, person: Person, now: datetime) -> str:
    """The matter is done, and the worker is told."""
    ticket = close_ticket(session, ticket_id, person, now)
    _tell(session, ticket.conversation_id, person, ticket_id, "gone", now)
    return ticket.conversation_id


def _tell(
    session: Any, conversation_id: str, person: Person, ticket_id: int, what: str, now: datetime
) -> None:
    role = read_texts()["roles"][person.role]
    who = call_person(person.role, person.name)
    payload: dict[str, Any] = {"person": {"id": person.id, "shown": who}}
    if what == "here":
        payload["buttons"] = buttons("ask_bot")
    write_message(
        session,
        conversation_id,
        sender="system",
        text=say(f"person_{what}", role=role, who=who),
        payload=payload,
        client_key=f"{what}:{ticket_id}",
        person_id=person.id,
        now=now,
    )
