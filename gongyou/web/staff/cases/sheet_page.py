"""Correcting the facts: every version is kept, and what the rulebook says is worked out again."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from gongyou.desk.errors import DeskUnavailable, Refused, StaleSheet
from gongyou.desk.people.accounts import Person, person_of
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.tickets.reading import fetch_ticket
from gongyou.desk.tickets.rejudging import rejudge
from gongyou.desk.tickets.scope import check_holder
from gongyou.desk.tickets.sheets import correct_sheet, fetch_versions, newest_number
from gongyou.desk.tickets.table import Ticket
from gongyou.intake import judge_case
from gongyou.web import csrf
from gongyou.web.keys import DESK
from gongyou.web.requests import clean, read_int
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases.address import case_path, ticket_id
from gongyou.web.staff.cases.next_step import open_steps
from gongyou.web.staff.cases.parts import Change, name_author, show_changes
from gongyou.web.staff.cases.refusals import Typed, show_refusal
from gongyou.web.staff.cases.sheet_form import (
    PREFIX,
    SheetField,
    read_sheet,
    region_of,
    sheet_names,
    show_fields,
    typed_of,
)
from gongyou.web.staff.pages import back_to, render
from gongyou.web.texts import say
from gongyou.web.threads import in_desk, read_desk

LONGEST = 1_000  # characters of a fact
HIGHEST = 10_000  # number of a sheet's version


@dataclass(frozen=True)
class SheetPage:
    """`seen`: the version it was made from; `changes`: what somebody else changed meanwhile."""

    id: int
    topic: str
    seen: int
    fields: tuple[SheetField, ...]
    error: str = ""
    changes: tuple[Change, ...] = ()


@permitted("ticket.edit_facts")
async def show_sheet(request: web.Request, person: Person) -> web.StreamResponse:
    """The sheet as it stands, to correct; back to the case when it is not theirs to correct."""
    number, setting = ticket_id(request), setting_of(request)
    page = await in_desk(request.app[DESK], _read, number, person, setting)
    return _render(request, person, page) if page else back_to(case_path(number))


@permitted("ticket.edit_facts")
async def post_sheet(request: web.Request, person: Person) -> web.StreamResponse:
    form = await csrf.read_form(request)
    number, setting = ticket_id(request), setting_of(request)
    seen = read_int(form.get("seen"), 0, 0, HIGHEST)
    typed = {
        name.removeprefix(PREFIX): clean(text)[:LONGEST]
        for name, text in form.items()
        if name.startswith(PREFIX)
    }
    try:
        page = await in_desk(request.app[DESK], _correct, number, person, seen, typed, setting)
    except StaleSheet:
        page = await read_desk(request.app[DESK], _stale, number, seen, typed, setting)
        return _render(request, person, page, 409)
    except (Refused, DeskUnavailable) as error:
        kept = Typed("facts", _as_text(setting, typed))
        return await show_refusal(request, person, "facts", error, kept)
    return _render(request, person, page, 400) if page else back_to(case_path(number))


def _read(session: Any, number: int, person: Person, setting: Setting) -> SheetPage | None:
    ticket = fetch_ticket(session, number, person, setting.now)
    if ticket is None or "edit" not in open_steps(ticket, person):
        return None
    typed = typed_of(setting.catalogue, ticket)
    return _page(ticket, typed, {}, setting, newest_number(session, number))


def _correct(
    session: Any, number: int, person: Person, seen: int, typed: dict[str, str], setting: Setting
) -> SheetPage | None:
    """Keep a new version; the page again when something is wrong with it.

    The same again keeps none. Raises as `correct_sheet`.
    """
    ticket = check_holder(session, number, person, "reply")
    read = read_sheet(setting.catalogue, ticket, typed)
    if read.errors:
        return _page(ticket, typed, read.errors, setting, seen, say("sheet_wrong"))
    judged = judge_case(
        setting.rulebook, ticket.kind, ticket.topic, read.facts, setting.now, setting.today
    )
    if judged.conclusion and judged.conclusion["kind"] == "wrong_facts":
        return _page(ticket, typed, {}, setting, seen, judged.conclusion["text"])
    if read.facts != ticket.facts:
        correct_sheet(session, number, person, seen, read.facts, judged.conclusion, setting.now)
        rejudge(session, number, judged, region_of(setting.catalogue, read.facts))
    return None


def _stale(
    session: Any, number: int, seen: int, typed: dict[str, str], setting: Setting
) -> SheetPage:
    """What was typed, beside what the other one changed; sent again it counts."""
    versions = fetch_versions(session, number)
    newest = versions[-1]
    before = next((version for version in versions if version.number == seen), versions[0])
    people = fetch_people(session, [person_of(newest.author)])
    ticket = session.get(Ticket, number)
    error = say("sheet_stale", who=name_author(newest.author, people))
    changes = show_changes(before, newest, setting.names)
    return _page(ticket, typed, {}, setting, newest.number, error, changes)


def _page(
    ticket: Ticket,
    typed: dict[str, str],
    errors: dict[str, str],
    setting: Setting,
    seen: int,
    error: str = "",
    changes: tuple[Change, ...] = (),
) -> SheetPage:
    names = sheet_names(setting.catalogue, ticket)
    fields = show_fields(setting.catalogue, names, typed, errors)
    topic = setting.names.topic(ticket.topic)
    return SheetPage(ticket.id, topic, seen, fields, error, changes)


def _as_text(setting: Setting, typed: dict[str, str]) -> str:
    facts = setting.rulebook.facts
    lines = ((facts[name].label, text) for name, text in typed.items() if name in facts and text)
    return "\n".join(f"{label}：{text}" for label, text in lines)


def _render(
    request: web.Request, person: Person, page: SheetPage, status: int = 200
) -> web.Response:
    return render(request, person, "desk/cases/sheet.html", {"sheet": page}, status)
