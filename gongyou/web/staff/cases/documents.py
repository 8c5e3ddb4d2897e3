"""The five documents, filled in from a case by the one who has it. Nothing typed is stored."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiohttp import web

from gongyou.casework.case_facts import read_case_facts
from gongyou.casework.documents import DocumentForm
from gongyou.desk.audit import record
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.tickets.standing import fetch_open_to
from gongyou.web.cookies import SIGN_IN
from gongyou.web.documents import DocumentCase, answer, begin, find_form
from gongyou.web.keys import DESK
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases.address import case_path, ticket_id
from gongyou.web.staff.cases.refusals import show_gone
from gongyou.web.staff.pages import render
from gongyou.web.texts import read_texts
from gongyou.web.threads import in_desk


@permitted("document.make")
async def show_document(request: web.Request, person: Person) -> web.StreamResponse:
    """The form, as the case fills it in."""
    form, setting = _form(request), setting_of(request)
    case = await in_desk(request.app[DESK], _read, ticket_id(request), person, setting, False)
    if case is None:
        return await show_gone(request, person)
    return _draw(request, person, "form", begin(setting.rulebook, form, case).context(), 200)


@permitted("document.make")
async def post_document(request: web.Request, person: Person) -> web.StreamResponse:
    """A look at it, back to the form, or the Word file; refused once the case is withdrawn."""
    form, setting = _form(request), setting_of(request)
    case = await in_desk(request.app[DESK], _read, ticket_id(request), person, setting, True)
    if case is None:
        return await show_gone(request, person)

    def draw(page: str, context: Mapping[str, Any], status: int) -> web.Response:
        return _draw(request, person, page, context, status)

    return await answer(request, setting.rulebook, form, case, cookie=SIGN_IN, render=draw)


def _form(request: web.Request) -> DocumentForm:
    """The document, its questions about the worker's own worded for staff. Raises NotFound."""
    form, labels = find_form(request.match_info["document"]), read_texts()["document_labels"]
    fields = (replace(one, label=labels.get(one.name, one.label)) for one in form.fields)
    return replace(form, fields=tuple(fields))


def _read(
    session: Any, number: int, person: Person, setting: Setting, is_made: bool
) -> DocumentCase | None:
    """What the case tells, with the employer once it is in one's hands; the trail tells of it."""
    ticket = fetch_open_to(session, number, person)
    if ticket is None:
        return None
    action = "document.make" if is_made else "ticket.read"
    record(session, actor_of(person), action, f"ticket:{number}", setting.now)
    facts = read_case_facts(setting.rulebook, ticket.facts)
    is_mine = ticket.person_id == person.id
    told = {"employer_name": ticket.employer} if is_mine and ticket.employer else {}
    return DocumentCase(ticket.topic, facts, setting.today, told)


def _draw(
    request: web.Request, person: Person, page: str, context: Mapping[str, Any], status: int
) -> web.Response:
    path = case_path(ticket_id(request))
    action = f"{path}/documents/{request.match_info['document']}"
    shown = {**context, "page": page, "action": action, "path": path}
    return render(request, person, "desk/cases/document.html", shown, status)
