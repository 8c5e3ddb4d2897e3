"""The papers of an application: what became of each, and asking the worker for those missing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from gongyou.desk.errors import DeskUnavailable, Refused
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.aid import change_papers, fetch_papers
from gongyou.web import csrf
from gongyou.web.keys import DESK, NOTIFIER
from gongyou.web.setting import setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases.address import case_path, ticket_id
from gongyou.web.staff.cases.refusals import show_refusal
from gongyou.web.staff.cases.steps import Step
from gongyou.web.staff.pages import back_to
from gongyou.web.texts import read_texts, say
from gongyou.web.threads import in_desk

FIELD = re.compile(r"paper\.(\d{1,3})", re.ASCII)


@dataclass(frozen=True)
class PaperLine:
    """A paper with its state, and whether the worker said they have it."""

    place: int
    name: str
    state: str
    state_name: str
    at_hand: bool


@dataclass(frozen=True)
class Papers:
    """`draft`: what the worker is asked for, "" when nothing is missing."""

    lines: Sequence[PaperLine]
    choices: Mapping[str, str]
    draft: str


def read_papers(session: Any, ticket_id: int) -> Papers:
    """The caller has checked who reads."""
    choices: Mapping[str, str] = read_texts()["paper_choices"]
    lines = [
        PaperLine(one.place, one.name, one.state, choices[one.state], one.at_hand)
        for one in fetch_papers(session, ticket_id)
    ]
    missing = [line.name for line in lines if line.state == "missing"]
    return Papers(lines, choices, say("aid_ask", papers="、".join(missing)) if missing else "")


@permitted("ticket.papers")
async def post_papers(request: web.Request, person: Person) -> web.StreamResponse:
    """The holder's list as it is now; the worker sees it on the page of their case."""
    form = await csrf.read_form(request)
    number, setting = ticket_id(request), setting_of(request)
    step = Step(number, person, form.get("key", ""), setting)
    try:
        chat = await in_desk(request.app[DESK], _change, step, _read_states(form))
    except (Refused, DeskUnavailable) as error:
        return await show_refusal(request, person, "papers", error)
    request.app[NOTIFIER].notify(chat)
    return back_to(f"{case_path(number)}?done=papers_kept#papers")


def _change(session: Any, step: Step, states: Mapping[int, str]) -> str:
    ticket = change_papers(session, step.ticket_id, step.person, states, step.now)
    return ticket.conversation_id


def _read_states(form: Mapping[str, str]) -> dict[int, str]:
    found = ((FIELD.fullmatch(name), state) for name, state in form.items())
    return {int(match[1]): state for match, state in found if match}
