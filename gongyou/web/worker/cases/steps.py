"""What the worker does to their own case, each one transaction, told in the chat once.

Each gives the conversation whose open page is to be woken. A step that was done already, by a
second click or on another phone, changes nothing.
"""

from typing import Any

from gongyou.desk.chat.messages import is_sent, write_message
from gongyou.desk.errors import TooManyFiles
from gongyou.desk.files.attachments import (
    MOST_FILES,
    NewFile,
    attach_file,
    fetch_attachments,
    remove_file,
)
from gongyou.desk.notices.telling import tell_person
from gongyou.desk.people.accounts import Person
from gongyou.desk.routing.offers import route_ticket
from gongyou.desk.tickets.life import reopen_ticket, withdraw_ticket
from gongyou.desk.tickets.moves import UNFINISHED, lock_ticket
from gongyou.desk.tickets.rejudging import rejudge
from gongyou.desk.tickets.sheets import WORKER
from gongyou.desk.tickets.table import WITH_CONSENT, Ticket
from gongyou.intake import judge_case
from gongyou.web.errors import BadInput, NotFound, WebError
from gongyou.web.texts import buttons, call_person, say
from gongyou.web.times import tell_moment
from gongyou.web.worker.cases.own import Visit, own_ticket
from gongyou.web.worker.cases.view import tell_state
from gongyou.web.worker.chat.hearing import hear


class TooLate(WebError):
    """The case is no longer where this step starts."""

    status = 409


def check_open(session: Any, visit: Visit, number: int) -> None:
    """Before a file is read at all. Raises NotFound, TooLate."""
    _check_unfinished(own_ticket(session, visit, number))


def add_file(session: Any, visit: Visit, number: int, new: NewFile) -> str:
    """Keep the file; whoever has the case is told. Raises NotFound, TooLate, BadInput (full)."""
    ticket = _lock(session, visit, number)
    _check_unfinished(ticket)
    try:
        kept = attach_file(session, ticket, WORKER, new, visit.now)
    except TooManyFiles:
        raise BadInput("case_files_full", most=MOST_FILES) from None
    key = f"file:{kept.id}"
    if kept.removed_at is None and not is_sent(session, ticket.conversation_id, key):
        _tell(session, visit, ticket, say("case_file_added", name=kept.name), key)
        hear(session, ticket.conversation_id, visit.rulebook, visit.now)
    return ticket.conversation_id


def take_back_file(session: Any, visit: Visit, number: int, file: int) -> str:
    """Its bytes are gone, in any state of the case. Raises NotFound for another's file."""
    ticket = _lock(session, visit, number)
    kept = {one.id: one for one in fetch_attachments(session, number)}
    if file in kept:
        if not remove_file(session, number, file, WORKER, visit.now):
            raise NotFound("case_file_missing")
        line = say("case_file_removed", name=kept[file].name)
        _tell(session, visit, ticket, line, f"file-gone:{file}")
    return ticket.conversation_id


def withdraw(session: Any, visit: Visit, number: int, key: str) -> str:
    """From now on nobody at the desk reads it. Raises NotFound, TooLate (it is closed)."""
    ticket, line = _lock(session, visit, number), f"withdrawn:{number}:{key}"
    chat = ticket.conversation_id
    if ticket.status == "withdrawn" or is_sent(session, chat, line):
        return chat
    if ticket.status == "closed":
        raise TooLate("case_closed_already")
    gone = withdraw_ticket(session, chat, number, visit.now)
    _tell(session, visit, gone, say("case_withdrawn", title=_title(gone, visit)), line)
    return chat


def reopen(session: Any, visit: Visit, number: int, key: str, consent: bool) -> str:
    """Back to who had it, if they still work here; else a lawyer is looked for again.

    Raises NotFound, BadInput (what was handed in needs the consent anew).
    """
    ticket, line = _lock(session, visit, number), f"reopened:{number}:{key}"
    if ticket.status in UNFINISHED or is_sent(session, ticket.conversation_id, line):
        return ticket.conversation_id
    if ticket.kind in WITH_CONSENT and not consent:
        raise BadInput("consent_needed" if ticket.kind == "legal_aid" else "aid_consent")
    judged = judge_case(
        visit.rulebook, ticket.kind, ticket.topic, ticket.facts, visit.now, visit.today
    )
    again = reopen_ticket(session, number, WORKER, visit.now, judged.due_at)
    rejudge(session, number, judged, again.region)
    again.consent_at = visit.now if consent else again.consent_at
    if again.person_id is None:
        route_ticket(session, number, visit.is_workday, visit.now)
    tell_person(session, again.person_id, "worker_wrote", again, line, visit.now)
    _say_reopened(session, visit, again, line)
    return again.conversation_id


def _say_reopened(session: Any, visit: Visit, ticket: Ticket, key: str) -> None:
    holder = session.get(Person, ticket.person_id) if ticket.person_id else None
    by = tell_moment(ticket.due_at, visit.now) if ticket.due_at else ""
    title = _title(ticket, visit)
    if holder is None:
        state = tell_state(ticket, None)
        text = say("case_reopened", title=title, state=state, by=by)
        _tell(session, visit, ticket, text, key)
        return
    who = call_person(holder.role, holder.name)
    payload = {"person": {"id": holder.id, "shown": who}, "buttons": buttons("ask_bot")}
    text = say("case_resumed", title=title, who=who, by=by)
    _tell(session, visit, ticket, text, key, payload)


def _lock(session: Any, visit: Visit, number: int) -> Ticket:
    """The worker's own ticket as it is now, its chat held. Raises NotFound."""
    return lock_ticket(session, own_ticket(session, visit, number).id)


def _check_unfinished(ticket: Ticket) -> None:
    if ticket.status not in UNFINISHED:
        raise TooLate(f"case_files_{ticket.status}")


def _title(ticket: Ticket, visit: Visit) -> str:
    return visit.names.topic(ticket.topic)


def _tell(
    session: Any,
    visit: Visit,
    ticket: Ticket,
    text: str,
    key: str,
    payload: dict[str, Any] | None = None,
) -> None:
    """One system line in the chat, once for its key."""
    write_message(
        session,
        ticket.conversation_id,
        sender="system",
        text=text,
        payload=payload,
        client_key=key,
        now=visit.now,
    )
