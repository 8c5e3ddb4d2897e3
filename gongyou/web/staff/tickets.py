"""The list, the ticket page, and the three steps of a ticket."""

from datetime import datetime
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from gongyou.desk.messages import fetch_messages
from gongyou.desk.people import Person
from gongyou.desk.tickets import fetch_ticket, fetch_tickets
from gongyou.web import csrf
from gongyou.web.cookies import SIGN_IN
from gongyou.web.errors import BadInput, NotFound
from gongyou.web.keys import CLOCK, DESK, NAMES, NOTIFIER
from gongyou.web.names import Names
from gongyou.web.requests import KEY_LIMIT, TEXT_LIMIT, clean
from gongyou.web.staff.access import for_staff
from gongyou.web.staff.steps import close, reply, take
from gongyou.web.staff.views import Line, Row, Sheet, show_row, show_ticket, show_transcript
from gongyou.web.threads import in_desk, read_desk


@for_staff
async def show_list(request: web.Request, person: Person) -> web.Response:
    """Open first."""
    rows = await read_desk(request.app[DESK], _read_rows, person, request.app[NAMES])
    return _render(request, person, "desk/list.html", {"rows": rows})


@for_staff
async def show_ticket_page(request: web.Request, person: Person) -> web.Response:
    """Everything about one ticket; the read goes into the audit trail."""
    sheet, lines = await in_desk(
        request.app[DESK], _read_ticket, _id(request), person, request.app[NAMES], _now(request)
    )
    context = {"ticket": sheet, "lines": lines, "limit": TEXT_LIMIT, "key": csrf.new_key()}
    return _render(request, person, "desk/ticket.html", context)


@for_staff
async def post_take(request: web.Request, person: Person) -> web.Response:
    await csrf.read_form(request)
    await _step(request, take, _id(request), person, _now(request))
    return _back(request)


@for_staff
async def post_reply(request: web.Request, person: Person) -> web.Response:
    form = await csrf.read_form(request)
    text = clean(form.get("text", ""))
    if not text:
        raise BadInput("reply_empty")
    if len(text) > TEXT_LIMIT:
        raise BadInput("text_too_long", limit=TEXT_LIMIT, length=len(text))
    key = form.get("key", "")[:KEY_LIMIT] or None
    await _step(request, reply, _id(request), person, text, key, _now(request))
    return _back(request)


@for_staff
async def post_close(request: web.Request, person: Person) -> web.Response:
    await csrf.read_form(request)
    await _step(request, close, _id(request), person, _now(request))
    return _back(request)


async def _step(request: web.Request, work: Any, *args: Any) -> None:
    """One step of a ticket; the worker's open page hears of it at once."""
    conversation_id = await in_desk(request.app[DESK], work, *args)
    request.app[NOTIFIER].notify(conversation_id)


def _read_rows(session: Any, person: Person, names: Names) -> list[Row]:
    lines = fetch_tickets(session, role=person.role, person_id=person.id)
    return [show_row(line, person, names) for line in lines]


def _read_ticket(
    session: Any, ticket_id: int, person: Person, names: Names, now: datetime
) -> tuple[Sheet, list[Line]]:
    ticket = fetch_ticket(session, ticket_id, person, now)
    if ticket is None:
        raise NotFound("ticket_missing")
    messages = fetch_messages(session, ticket.conversation_id)
    return show_ticket(ticket, person, names), show_transcript(messages)


def _render(
    request: web.Request, person: Person, template: str, context: dict[str, Any]
) -> web.Response:
    token = csrf.token_for(request.cookies[SIGN_IN])
    context |= {"person": person, "form_token": token}
    return aiohttp_jinja2.render_template(template, request, context)


def _id(request: web.Request) -> int:
    return int(request.match_info["ticket"])


def _now(request: web.Request) -> datetime:
    return request.app[CLOCK]()


def _back(request: web.Request) -> web.Response:
    location = f"/desk/tickets/{_id(request)}"
    return web.Response(status=303, headers={"Location": location})
