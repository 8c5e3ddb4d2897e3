"""「教学」: what waits for a second person, what was decided, and the training runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.teaching.runs import fetch_in_model
from gongyou.desk.teaching.sight import count_corrections, fetch_cases, fetch_corrections
from gongyou.desk.teaching.table import State
from gongyou.web.keys import DESK
from gongyou.web.requests import read_int
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.pages import render
from gongyou.web.staff.teaching.lines import CorrectionLine, show_correction
from gongyou.web.staff.teaching.runs_view import Training, read_training
from gongyou.web.texts import read_texts
from gongyou.web.threads import read_desk

PAGE: Final = "/desk/teaching"
RUNS: Final = "runs"
MOST_PAGES: Final = 1000
TABS: Final[Mapping[str, tuple[State, ...]]] = {
    "waiting": ("proposed",),
    "approved": ("approved",),
    "refused": ("rejected", "withdrawn"),
    RUNS: (),
}


@dataclass(frozen=True)
class Tab:
    """`count`: how many lines it has, None for the runs."""

    name: str
    title: str
    count: int | None


@dataclass(frozen=True)
class Refusal:
    """A step that was not done, at the line it was meant for (0: none), with what was typed."""

    correction: int
    text: str
    typed: str = ""


@dataclass(frozen=True)
class Teaching:
    """What the page shows of the desk."""

    tab: str
    tabs: tuple[Tab, ...]
    lines: tuple[CorrectionLine, ...]
    page: int
    more: bool
    training: Training | None


@permitted("corrections.read")
async def show_teaching(request: web.Request, person: Person) -> web.Response:
    return await list_page(request, person, request.query.get("tab", ""))


async def list_page(
    request: web.Request,
    person: Person,
    tab: str,
    refusal: Refusal | None = None,
    status: int = 200,
) -> web.Response:
    """One tab; an unknown one is the first."""
    known = tab if tab in TABS else next(iter(TABS))
    page = read_int(request.query.get("page"), 1, 1, MOST_PAGES)
    work = (person, known, page, setting_of(request))
    teaching = await read_desk(request.app[DESK], _read, *work)
    context = {"here": PAGE, "teaching": teaching, "refusal": refusal}
    return render(request, person, "desk/teaching/list.html", context, status)


def _read(session: Any, person: Person, tab: str, page: int, setting: Setting) -> Teaching:
    lines: Sequence[CorrectionLine] = ()
    more = False
    if tab != RUNS:
        lines, more = _read_lines(session, person, tab, page, setting)
    return Teaching(
        tab=tab,
        tabs=tuple(_tab(session, person, name) for name in TABS),
        lines=tuple(lines),
        page=page,
        more=more,
        training=read_training(session, person, TABS) if tab == RUNS else None,
    )


def _tab(session: Any, person: Person, name: str) -> Tab:
    count = count_corrections(session, person, TABS[name]) if TABS[name] else None
    return Tab(name, read_texts()["teach_tabs"][name], count)


def _read_lines(
    session: Any, person: Person, tab: str, page: int, setting: Setting
) -> tuple[list[CorrectionLine], bool]:
    found = fetch_corrections(session, person, TABS[tab], page - 1)
    ids = (number for one in found.corrections for number in (one.proposed_by, one.settled_by))
    people = fetch_people(session, ids)
    cases = fetch_cases(session, person, found.corrections)
    learnt = fetch_in_model(session)
    lines = [
        show_correction(
            one, person, setting.names, people, cases.get(one.conversation_id), one.id in learnt
        )
        for one in found.corrections
    ]
    return lines, found.more
