"""The holder steps back from the chat, and in again; each with a line that tells the worker.

Each one transaction; it gives the conversation whose pages are to be woken.
"""

from collections.abc import Mapping
from typing import Any

from gongyou.desk.chat.conversations import Mode
from gongyou.desk.chat.messages import write_message
from gongyou.desk.tickets.moves import get_ticket
from gongyou.desk.tickets.speaking import hand_back, step_in
from gongyou.web.staff.cases.steps import Step
from gongyou.web.texts import buttons, call_person, read_texts, say

# who answers then: the sentence, and the buttons under it
HANDED_BACK: Mapping[Mode, tuple[str, str]] = {
    "bot": ("handed_back_to_bot", "ask_person"),
    "person": ("handed_back_to_person", "ask_bot"),
}


def give_back(session: Any, step: Step) -> str:
    """The bot answers from now on, and the worker can call the person back with one tap."""
    mode = hand_back(session, step.ticket_id, step.person, step.now)
    if mode is not None:
        _tell(session, step, *HANDED_BACK[mode])
    return get_ticket(session, step.ticket_id).conversation_id


def take_word(session: Any, step: Step) -> str:
    """The holder answers again."""
    if step_in(session, step.ticket_id, step.person, step.now):
        _tell(session, step, "stepped_in", "ask_bot")
    return get_ticket(session, step.ticket_id).conversation_id


def _tell(session: Any, step: Step, what: str, way_out: str) -> None:
    person = step.person
    who = call_person(person.role, person.name)
    write_message(
        session,
        get_ticket(session, step.ticket_id).conversation_id,
        sender="system",
        text=say(what, role=read_texts()["roles"][person.role], who=who),
        payload={"person": {"id": person.id, "shown": who}, "buttons": buttons(way_out)},
        client_key=f"{what}:{step.key}",
        person_id=person.id,
        now=step.now,
    )
