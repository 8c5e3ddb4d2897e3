"""/documents: the worker's own documents, filled in from their newest case, or empty."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from gongyou.casework.case_facts import read_case_facts
from gongyou.casework.documents import list_documents
from gongyou.desk.chat.messages import fetch_messages
from gongyou.desk.tickets.own import fetch_own_tickets
from gongyou.desk.tickets.table import Ticket
from gongyou.web.cookies import FORM
from gongyou.web.documents import DocumentCase, answer, begin, find_form
from gongyou.web.keys import DESK
from gongyou.web.requests import read_int
from gongyou.web.threads import read_desk
from gongyou.web.worker.cases.own import Visit, chat_of, own_ticket, render, visit_of

HIGHEST = 10**9


async def show_documents(request: web.Request) -> web.Response:
    """The list. `?case=5` fills them in from that case, else from the newest."""
    visit, number = visit_of(request), _case(request)
    case = await read_desk(request.app[DESK], read_case, visit, number)
    context = {
        "documents": list_documents(),
        "topic": visit.names.topic(case.topic) if case.topic else "",
        "query": _query(number),
        "number": number,
    }
    return render(request, "worker/cases/documents.html", context)


async def show_document(request: web.Request) -> web.Response:
    """The form, as the case fills it in."""
    form, visit = find_form(request.match_info["document"]), visit_of(request)
    case = await read_desk(request.app[DESK], read_case, visit, _case(request))
    return _draw(request, "form", begin(visit.rulebook, form, case).context(), 200)


async def post_document(request: web.Request) -> web.Response:
    """A look at it, back to the form, or the Word file."""
    form, visit = find_form(request.match_info["document"]), visit_of(request)
    case = await read_desk(request.app[DESK], read_case, visit, _case(request))

    def draw(page: str, context: Mapping[str, Any], status: int) -> web.Response:
        return _draw(request, page, context, status)

    return await answer(request, visit.rulebook, form, case, cookie=FORM, render=draw)


def read_case(session: Any, visit: Visit, number: int) -> DocumentCase:
    """The facts of a ticket of this chat, of its newest sheet or ticket, or none at all.

    Raises NotFound for a number that is not of this chat.
    """
    if number:
        return _of_ticket(own_ticket(session, visit, number), visit)
    chat = chat_of(session, visit)
    if chat is None:
        return DocumentCase("", {}, visit.today)
    told = [ticket for ticket in fetch_own_tickets(session, chat) if ticket.facts]
    sheet = _newest_sheet(session, chat)
    if told and (sheet is None or sheet.created_at <= told[0].created_at):
        return _of_ticket(told[0], visit)
    return _of_sheet(sheet.payload["custom"], visit) if sheet else DocumentCase("", {}, visit.today)


def _of_ticket(ticket: Ticket, visit: Visit) -> DocumentCase:
    facts = read_case_facts(visit.rulebook, ticket.facts)
    told = {"employer_name": ticket.employer} if ticket.employer else {}
    return DocumentCase(ticket.topic, facts, visit.today, told)


def _of_sheet(custom: Mapping[str, Any], visit: Visit) -> DocumentCase:
    stored = {f["name"]: f.get("value") for f in custom["fields"] if f.get("value") is not None}
    facts = read_case_facts(visit.rulebook, stored)
    return DocumentCase(custom["topic"], facts, visit.today)


def _newest_sheet(session: Any, chat: str) -> Any:
    """The message that showed the worker a facts sheet last."""
    for message in reversed(fetch_messages(session, chat, for_worker=True)):
        custom = (message.payload or {}).get("custom") or {}
        if message.sender == "bot" and custom.get("kind") == "facts_sheet":
            return message
    return None


def _draw(request: web.Request, page: str, context: Mapping[str, Any], status: int) -> web.Response:
    query = _query(_case(request))
    action = f"/documents/{request.match_info['document']}{query}"
    template = "document" if page == "form" else "document_preview"
    return render(
        request,
        f"worker/cases/{template}.html",
        {**context, "action": action, "query": query},
        status,
    )


def _case(request: web.Request) -> int:
    return read_int(request.query.get("case"), 0, 0, HIGHEST)


def _query(number: int) -> str:
    return f"?case={number}" if number else ""
