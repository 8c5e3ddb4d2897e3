"""The forms of /cases/<n>: files, withdrawing, opening again. POST, then the page anew."""

from typing import Any

from aiohttp import web

from gongyou.desk.files.attachments import fetch_content
from gongyou.desk.tickets.moves import UNFINISHED
from gongyou.desk.tickets.sheets import WORKER
from gongyou.web import csrf
from gongyou.web.cookies import FORM
from gongyou.web.errors import NotFound, WebError
from gongyou.web.files import receive_file, send_file
from gongyou.web.keys import DESK, NOTIFIER
from gongyou.web.requests import read_key
from gongyou.web.threads import in_desk, read_desk
from gongyou.web.worker.cases.own import Visit, case_path, number_of, own_ticket, render, visit_of
from gongyou.web.worker.cases.pages import draw_case
from gongyou.web.worker.cases.steps import (
    TooLate,
    add_file,
    check_open,
    reopen,
    take_back_file,
    withdraw,
)
from gongyou.web.worker.cases.view import read_case_page


async def post_file(request: web.Request) -> web.Response:
    """A photo or PDF for the case. Whether it may have one is looked at before a byte is read."""
    visit, number = visit_of(request), number_of(request)
    try:
        await read_desk(request.app[DESK], check_open, visit, number)
        new = await receive_file(request, FORM)
        return await _do(request, "file_added", add_file, new)
    except NotFound:
        raise
    except WebError as problem:
        return await draw_case(request, problem.text, problem.status)


async def show_file(request: web.Request) -> web.Response:
    """A file of this case, to its own worker."""
    kept = await in_desk(
        request.app[DESK], _read_file, visit_of(request), number_of(request), _file(request)
    )
    return send_file(*kept)


async def post_remove(request: web.Request) -> web.Response:
    await csrf.read_form(request, FORM)
    return await _do(request, "file_removed", take_back_file, _file(request))


async def show_withdraw(request: web.Request) -> web.Response:
    """What withdrawing means, before it is done."""
    return await _confirm(request, "worker/cases/withdraw.html")


async def post_withdraw(request: web.Request) -> web.Response:
    form = await csrf.read_form(request, FORM)
    try:
        return await _do(request, "withdrawn", withdraw, read_key(form))
    except TooLate as problem:
        return await draw_case(request, problem.text, problem.status)


async def show_reopen(request: web.Request) -> web.Response:
    """What opening again means, with the consent."""
    return await _confirm(request, "worker/cases/reopen.html")


async def post_reopen(request: web.Request) -> web.Response:
    form = await csrf.read_form(request, FORM)
    consent = form.get("consent") == "on"
    try:
        return await _do(request, "reopened", reopen, read_key(form), consent)
    except NotFound:
        raise
    except WebError as problem:
        return await _confirm(request, "worker/cases/reopen.html", problem.text, problem.status)


async def _do(request: web.Request, done: str, work: Any, *args: Any) -> web.Response:
    """One step of this request's case; open pages of the chat hear of it at once."""
    visit, number = visit_of(request), number_of(request)
    chat = await in_desk(request.app[DESK], work, visit, number, *args)
    request.app[NOTIFIER].notify(chat)
    return _back(number, f"?done={done}")


async def _confirm(
    request: web.Request, template: str, error: str = "", status: int = 200
) -> web.Response:
    """The page that asks before a step; when there is nothing to ask, the case itself."""
    case = await read_desk(request.app[DESK], read_case_page, visit_of(request), number_of(request))
    if (case.status in UNFINISHED) != (template == "worker/cases/withdraw.html"):
        return _back(case.line.id, "")
    return render(request, template, {"case": case, "error": error}, status)


def _back(number: int, query: str) -> web.Response:
    return web.Response(status=303, headers={"Location": case_path(number) + query})


def _read_file(session: Any, visit: Visit, number: int, file: int) -> tuple[Any, bytes]:
    ticket = own_ticket(session, visit, number)
    kept = fetch_content(session, ticket.id, file, WORKER, visit.now)
    if kept is None:
        raise NotFound("case_file_missing")
    return kept


def _file(request: web.Request) -> int:
    return int(request.match_info["file"])
