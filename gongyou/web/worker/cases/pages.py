"""/cases: what this chat's worker handed in, and one case of it, without an account."""

from typing import Any

from aiohttp import web

from gongyou.casework.calendar_file import render_ics
from gongyou.casework.uploads import LIMITS, read_refusal
from gongyou.desk.files.attachments import MOST_FILES
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.tickets.own import fetch_own_tickets
from gongyou.web.case_deadlines import deadlines_of
from gongyou.web.files import send_bytes
from gongyou.web.keys import DESK
from gongyou.web.texts import read_texts
from gongyou.web.threads import read_desk
from gongyou.web.worker.cases.own import Visit, chat_of, number_of, own_ticket, render, visit_of
from gongyou.web.worker.cases.view import CaseLine, read_case_page, show_line


async def show_cases(request: web.Request) -> web.Response:
    """Newest first; without a cookie the page says how to come back to one's own."""
    lines = await read_desk(request.app[DESK], _read_lines, visit_of(request))
    return render(request, "worker/cases/cases.html", {"lines": lines})


async def show_case(request: web.Request) -> web.Response:
    return await draw_case(request)


async def draw_case(request: web.Request, error: str = "", status: int = 200) -> web.Response:
    """The page of a case; `error` is why what was just asked was not done."""
    case = await read_desk(request.app[DESK], read_case_page, visit_of(request), number_of(request))
    done = read_texts()["own_case"]["done"].get(request.query.get("done", ""), "")
    context = {
        "case": case,
        "error": error,
        "done": done,
        "limits": LIMITS,
        "most_files": MOST_FILES,
        "too_large": read_refusal("too_large"),
    }
    return render(request, "worker/cases/case.html", context, status)


async def send_calendar(request: web.Request) -> web.Response:
    """The deadlines for the phone's calendar; nothing else of the case is in the file."""
    content = await read_desk(
        request.app[DESK], _make_calendar, visit_of(request), number_of(request)
    )
    return send_bytes(read_texts()["own_case"]["calendar_name"], "text/calendar", content)


def _read_lines(session: Any, visit: Visit) -> list[CaseLine]:
    chat = chat_of(session, visit)
    tickets = fetch_own_tickets(session, chat) if chat else ()
    people = fetch_people(session, (ticket.person_id for ticket in tickets))
    return [show_line(one, people.get(one.person_id or 0), visit) for one in tickets]


def _make_calendar(session: Any, visit: Visit, number: int) -> bytes:
    ticket = own_ticket(session, visit, number)
    seed = f"{ticket.conversation_id}:{ticket.id}"
    return render_ics(deadlines_of(ticket, visit), seed=seed, now=visit.now)
