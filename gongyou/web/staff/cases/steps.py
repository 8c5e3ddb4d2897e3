"""What a step does to a case, and the line that tells the worker. Each one transaction.

Each gives back the conversation whose page is to be woken. The same `key` again changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongyou.desk.chat.conversations import lock_conversation
from gongyou.desk.chat.messages import is_sent, write_message
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.routing.offers import decline_ticket, fetch_offers
from gongyou.desk.routing.transferring import give_away
from gongyou.desk.tickets.life import accept_ticket, close_ticket, reopen_ticket, reply_ticket
from gongyou.desk.tickets.moves import get_ticket, read_outcomes
from gongyou.desk.tickets.scope import check_holder, only_care_reads
from gongyou.desk.tickets.table import Ticket
from gongyou.desk.tickets.talk import closing_key
from gongyou.intake import promise
from gongyou.web.setting import Setting
from gongyou.web.texts import buttons, call_person, read_texts, say
from gongyou.web.times import tell_moment


@dataclass(frozen=True)
class Step:
    """Who does it to which ticket, and when."""

    ticket_id: int
    person: Person
    key: str
    setting: Setting

    @property
    def now(self) -> datetime:
        return self.setting.now

    def promise(self, ticket: Ticket) -> datetime:
        """By when an answer asked for now is promised."""
        return promise(self.setting.rulebook, ticket.kind, ticket.priority, self.now)


def accept(session: Any, step: Step, no_conflict: bool) -> str:
    """The worker's words go to this person from now on. What was promised earlier stays."""
    _chat(session, step)
    found = get_ticket(session, step.ticket_id)
    due = min(filter(None, (found.due_at, step.promise(found))))
    ticket = accept_ticket(
        session, step.ticket_id, step.person, step.now, no_conflict=no_conflict, due_at=due
    )
    taken = ticket.accepted_at.timestamp() if ticket.accepted_at else step.key
    here = "here_care" if only_care_reads(session, ticket.id) else "here"
    _tell(session, step, ticket, here, f"here:{ticket.id}:{taken}", asks_bot=True)
    return ticket.conversation_id


def decline(session: Any, step: Step, note: str, has_conflict: bool) -> str:
    """Not this lawyer; the next one is asked at once, and the worker need not hear of it."""
    said = fetch_offers(session, step.ticket_id)
    if any(o.person_id == step.person.id and o.answer == "declined" for o in said):
        return _chat(session, step)
    ticket = decline_ticket(
        session,
        step.ticket_id,
        step.person,
        step.setting.is_workday,
        step.now,
        note=note,
        has_conflict=has_conflict,
    )
    return ticket.conversation_id


def reply(session: Any, step: Step, text: str, asks: bool) -> str:
    """The answer, or a question the ticket then waits for, in the worker's chat."""
    conversation_id, key = _chat(session, step), f"reply:{step.key}"
    if not is_sent(session, conversation_id, key):
        reply_ticket(
            session, step.ticket_id, step.person, text, step.now, client_key=key, asks=asks
        )
    return conversation_id


def transfer(session: Any, step: Step, reason: str) -> str:
    """Given to another: the next lawyer is asked at once, and the worker is told until when."""
    conversation_id, key = _chat(session, step), f"moved:{step.ticket_id}:{step.key}"
    if is_sent(session, conversation_id, key):
        return conversation_id
    check_holder(session, step.ticket_id, step.person, "transfer")
    due = step.promise(get_ticket(session, step.ticket_id))
    ticket = give_away(
        session, step.ticket_id, step.person, reason, step.setting.is_workday, step.now, due
    )
    _tell(session, step, ticket, "moved", key, by=tell_moment(due, step.now))
    return conversation_id


def close(session: Any, step: Step, outcome: str, note: str) -> str:
    """The matter is done; the worker is told how it ended, but not the note."""
    conversation_id, key = _chat(session, step), closing_key(step.ticket_id, step.key)
    if is_sent(session, conversation_id, key):
        return conversation_id
    ticket = close_ticket(session, step.ticket_id, step.person, step.now, outcome, note)
    _tell(session, step, ticket, "gone", key, outcome=read_outcomes()[outcome])
    return conversation_id


def reopen(session: Any, step: Step, text: str) -> str:
    """The holder opens a closed case again; `text`, if there is any, is sent with it."""
    conversation_id, key = _chat(session, step), f"again:{step.ticket_id}:{step.key}"
    if not is_sent(session, conversation_id, key):
        closed = check_holder(session, step.ticket_id, step.person, "resume")
        ticket = reopen_ticket(
            session, closed.id, actor_of(step.person), step.now, step.promise(closed)
        )
        _tell(session, step, ticket, "reopened", key, asks_bot=True)
    return reply(session, step, text, asks=False) if text else conversation_id


def _chat(session: Any, step: Step) -> str:
    """The ticket's conversation, held first: a repeat, or the worker writing now, waits here.

    Raises NotFound.
    """
    return lock_conversation(session, get_ticket(session, step.ticket_id).conversation_id).id


def _tell(
    session: Any,
    step: Step,
    ticket: Ticket,
    what: str,
    key: str,
    *,
    asks_bot: bool = False,
    **values: str,
) -> None:
    """One system line, once for its key; with `asks_bot` the way back to the bot."""
    person = step.person
    who = call_person(person.role, person.name)
    payload: dict[str, Any] = {"person": {"id": person.id, "shown": who}}
    if asks_bot:
        payload["buttons"] = buttons("ask_bot")
    write_message(
        session,
        ticket.conversation_id,
        sender="system",
        text=say(f"person_{what}", role=read_texts()["roles"][person.role], who=who, **values),
        payload=payload,
        client_key=key,
        person_id=person.id,
        now=step.now,
    )
