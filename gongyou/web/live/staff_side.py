"""What a page of the desk hears of one ticket's chat, for as long as its person may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from gongyou.desk.chat.conversations import Conversation
from gongyou.desk.chat.marks import Reached, fetch_reached
from gongyou.desk.chat.messages import fetch_messages
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.people.sign_ins import fetch_signed_in
from gongyou.desk.tickets.moves import HELD, read_statuses
from gongyou.desk.tickets.reading import fetch_ticket
from gongyou.desk.tickets.standing import fetch_open_to
from gongyou.desk.tickets.table import Ticket
from gongyou.web import cookies
from gongyou.web.cookies import SIGN_IN
from gongyou.web.errors import NotFound
from gongyou.web.keys import ASKER, CLOCK, DESK, LOOKS, TYPISTS
from gongyou.web.live.follow import Look, News
from gongyou.web.staff.cases.address import teach_path
from gongyou.web.staff.cases.transcript import Line, show_lines
from gongyou.web.texts import call_person
from gongyou.web.threads import in_desk, read_desk

MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Held:
    """One look at the chat of a ticket; `holder` is "" while nobody has it."""

    chat: str
    mode: str
    status: str
    holder: str
    is_mine: bool
    is_care: bool
    reached: Reached
    lines: Sequence[Line]


async def look_of(request: web.Request, person: Person, number: int) -> tuple[str, Look]:
    """The ticket's chat, and what looks into it. The trail is told. Raises NotFound."""
    app, token = request.app, cookies.read(request, SIGN_IN)
    now = app[CLOCK]()
    is_due = app[LOOKS].is_due(person.id, number, now)
    if is_due and await in_desk(app[DESK], _tell_trail, number, person, now):
        app[LOOKS].note(person.id, number, now)
    found = await read_desk(app[DESK], read_held, token, number, 0, now, most=0)
    if found is None:
        raise NotFound("ticket_missing")

    path = teach_path(number, person)

    async def look(after: int) -> News | None:
        held = await read_desk(app[DESK], read_held, token, number, after, app[CLOCK]())
        if held is None or held.status == "closed":
            return None
        teach = "" if held.is_care else path
        lines = [(line.id, _show(request, line, teach)) for line in held.lines]
        return News(lines, _state(app, held), len(lines) >= MOST_AT_ONCE)

    return found.chat, look


def read_held(
    session: Any, token: str, number: int, after: int, now: Any, *, most: int = MOST_AT_ONCE
) -> Held | None:
    """None once the sign-in has ended or idled out, or the ticket is no longer theirs to read."""
    person = fetch_signed_in(session, token, now, is_active=False)
    ticket = fetch_open_to(session, number, person) if person else None
    if person is None or ticket is None:
        return None
    chat = ticket.conversation_id
    messages = fetch_messages(session, chat, after, most) if most else []
    people = fetch_people(session, [*(m.person_id for m in messages), ticket.person_id])
    return Held(
        chat=chat,
        mode=session.get_one(Conversation, chat).mode,
        status=ticket.status,
        holder=_holder(ticket, people),
        is_mine=ticket.person_id == person.id and ticket.status in HELD,
        is_care=ticket.is_care,
        reached=fetch_reached(session, chat)["worker"],
        lines=show_lines(messages, people),
    )


def _holder(ticket: Ticket, people: Any) -> str:
    holder = people.get(ticket.person_id) if ticket.status in HELD else None
    return call_person(holder.role, holder.name) if holder else ""


def _show(request: web.Request, line: Line, teach: str) -> dict[str, Any]:
    """The line as the page puts it in, and what its script needs to know of it."""
    context = {"line": line, "teach": teach}
    html = aiohttp_jinja2.render_string("desk/review/console_line.html", request, context)
    return {"id": line.id, "sender": line.sender, "key": line.key, "html": html}


def _state(app: web.Application, held: Held) -> dict[str, Any]:
    return {
        "mode": held.mode,
        "status": held.status,
        "status_name": read_statuses()[held.status],
        "holder": held.holder,
        "mine": held.is_mine,
        "waiting": held.mode == "bot" and app[ASKER].is_waiting(held.chat),
        "typing": app[TYPISTS].show(held.chat, "worker", app[CLOCK]()),
        "marks": {"delivered": held.reached.delivered, "read": held.reached.read},
    }


def _tell_trail(session: Any, number: int, person: Person, now: Any) -> bool:
    """Whether they may read it."""
    return fetch_ticket(session, number, person, now) is not None
