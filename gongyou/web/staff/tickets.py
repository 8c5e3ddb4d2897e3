"""The list, the ticket page, and the three steps of a ticket."""

from datetime import datetime
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from gongyou.desk.audit import record
from gongyou.desk.messages import fetch_messages
from gongyou.desk.people import Person, actor_of
from gongyou.desk.tickets import count_news, fetch_ticket, fetch_tickets
from gongyou.web import csrf
from gongyou.web.cookies import SIGN_IN
from gongyou.web.errors import BadInput, NotFound
from gongyou.web.keys import CLOCK, DESK, NAMES, NOTIFIER
from gongyou.web.names import Names
from gongyou.web.requests import TEXT_LIMIT, clean, read_int
from gongyou.web.staff.access import for_staff
from gongyou.web.staff.steps import close, reply, take
from gongyou.web.staff.views import Line, Row, Sheet, show_row, show_ticket, show_transcript
from gongyou.web.threads import in_desk, read_desk


@for_staff
async def show_list(request: web.Request, person: Person) -> web.Response:
    """Open first; the look goes into the audit trail."""
    rows = await in_desk(request.app[DESK], _read_rows, person, request.app[NAMES], _now(request))
    return _render(request, person, "desk/list.html", {"rows": rows})


@for_staff
async def show_ticket_page(request: web.Request, person: Person) -> web.Response:
    """Everything about one ticket; the read goes into the audit trail."""
    sheet, lines, last = await in_desk(
        request.app[DESK], _read_ticket, _id(request), person, request.app[NAMES], _now(request)
    )
    context = {
        "ticket": sheet,
        "lines": lines,
        "last": last,
        "limit": TEXT_LIMIT,
        "key": csrf.new_key(),
    }
    return _render(request, person, "desk/ticket.html", context)


@for_staff
async def get_news(request: web.Request, person: Person) -> web.Response:
    """How many messages came after the last one on the page; nothing of what they say."""
    after = read_int(request.query.get("after"), 0, 0, 2**53)
    count = await read_desk(request.app[DESK], count_news, _id(request), person, after)
    if count is None:
        raise NotFound("ticket_missing")
    return web.json_response({"count": count})


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
    key = form.get("key", "")[:64] or None
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


def _read_rows(session: Any, person: Person, names: Names, now: datetime) -> list[Row]:
    record(session, actor_of(person), "tickets.list", actor_of(person), now)
    lines = fetch_tickets(session, role=person.role, person_id=person.id)
    return [show_row(line, person, names) for line in lines]


def _read_ticket(
    session: Any, ticket_id: int, person: Person, names: Names, now: datetime
) -> tuple[Sheet, list[Line], int]:
    ticket = fetch_ticket(session, ticket_id, person, now)
    if ticket is None:
        raise NotFound("ticket_missing")
    messages = fetch_messages(session, ticket.conversation_id)
    if ticket.closed_at:  # what is said later is not for this ticket
        messages = [m for m in messages if m.created_at <= ticket.closed_at]
    last = max((m.id for m in messages), default=0)
    return show_ticket(ticket, person, names), show_transcript(messages), last


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
