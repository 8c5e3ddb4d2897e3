"""Files of a case: the holder adds them, those who read the case look at them."""

from datetime import datetime
from typing import Any

from aiohttp import web

from gongyou.desk.chat.messages import write_message
from gongyou.desk.errors import DeskUnavailable, Refused
from gongyou.desk.files.attachments import (
    Attachment,
    NewFile,
    attach_by_holder,
    fetch_content,
)
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.tickets.moves import get_ticket
from gongyou.desk.tickets.standing import fetch_open_to
from gongyou.web.cookies import SIGN_IN
from gongyou.web.errors import BadInput
from gongyou.web.files import receive_file, send_file
from gongyou.web.keys import DESK, NOTIFIER
from gongyou.web.setting import setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases.address import case_path, ticket_id
from gongyou.web.staff.cases.refusals import show_gone, show_refusal
from gongyou.web.staff.cases.steps import Step
from gongyou.web.staff.pages import back_to
from gongyou.web.texts import call_person, say
from gongyou.web.threads import in_desk


@permitted("attachment.add")
async def post_file(request: web.Request, person: Person) -> web.StreamResponse:
    """A photo or PDF, checked and made anew; the worker is told, once."""
    number = ticket_id(request)
    try:
        new = await receive_file(request, SIGN_IN)
        step = Step(number, person, new.client_key, setting_of(request))
        conversation_id = await in_desk(request.app[DESK], _attach, step, new)
    except (Refused, DeskUnavailable, BadInput) as error:
        return await show_refusal(request, person, "files", error)
    request.app[NOTIFIER].notify(conversation_id)
    return back_to(f"{case_path(number)}?done=file_kept#files")


@permitted("attachment.read")
async def get_file(request: web.Request, person: Person) -> web.StreamResponse:
    """The file itself. What became of the case is said when it is no longer theirs to read."""
    number, file_id = ticket_id(request), int(request.match_info["file"])
    now = setting_of(request).now
    found = await in_desk(request.app[DESK], _fetch, number, file_id, person, now)
    if found is None:
        return await show_gone(request, person, "case_file_missing")
    return send_file(*found)


def _attach(session: Any, step: Step, new: NewFile) -> str:
    kept = attach_by_holder(session, step.ticket_id, step.person, new, step.now)
    chat, who = get_ticket(session, step.ticket_id).conversation_id, step.person
    write_message(
        session,
        chat,
        sender="system",
        text=say("person_file", who=call_person(who.role, who.name), name=kept.name),
        client_key=f"file:{kept.id}",
        person_id=who.id,
        now=step.now,
    )
    return chat


def _fetch(
    session: Any, number: int, file_id: int, person: Person, now: datetime
) -> tuple[Attachment, bytes] | None:
    if fetch_open_to(session, number, person) is None:
        return None
    return fetch_content(session, number, file_id, actor_of(person), now)
