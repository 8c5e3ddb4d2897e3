"""Approve, reject, take back: each step of a correction as its form posts it."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from gongyou.desk.errors import Contradicts, Refused
from gongyou.desk.people.accounts import Person
from gongyou.desk.teaching.corrections import approve, reject, withdraw
from gongyou.web import csrf
from gongyou.web.keys import DESK
from gongyou.web.refused import status_of
from gongyou.web.requests import clean
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.pages import back_to
from gongyou.web.staff.teaching.contradicting import tell_contradiction
from gongyou.web.staff.teaching.list_page import PAGE, TABS, Refusal, list_page
from gongyou.web.staff.teaching.marks import holds_personal
from gongyou.web.staff.teaching.own_sentences import read_own_sentences
from gongyou.web.staff.teaching.warming import warm_up
from gongyou.web.threads import in_desk

REASON_LONGEST = 300  # characters

type Form = dict[str, str]


@permitted("correction.settle")
async def post_approve(request: web.Request, person: Person) -> web.Response:
    """What may still name somebody needs the approver's tick."""
    return await _do(request, person, _approve, "waiting", "approved")


@permitted("correction.settle")
async def post_reject(request: web.Request, person: Person) -> web.Response:
    return await _do(request, person, _reject, "waiting", "rejected")


@permitted("correction.settle")
async def post_withdraw(request: web.Request, person: Person) -> web.Response:
    """One's own, or an approved one that is not to be learnt any more."""
    return await _do(request, person, _withdraw, "approved", "taken_back")


async def _do(
    request: web.Request, person: Person, work: Callable[..., None], tab: str, done: str
) -> web.Response:
    """Back to the list; or the list with what was refused, at its line, and what was typed."""
    form, setting = await csrf.read_form(request), setting_of(request)
    await warm_up()
    number = int(request.match_info["correction"])
    tab = form["tab"] if form.get("tab") in TABS else tab
    try:
        await in_desk(request.app[DESK], work, number, person, form, setting)
    except Refused as error:
        said = _tell(error, setting)
        refusal = Refusal(number, said, clean(form.get("reason", ""))[:REASON_LONGEST])
        return await list_page(request, person, tab, refusal, status_of(error))
    return back_to(f"{PAGE}?tab={tab}&done={done}")


def _tell(error: Refused, setting: Setting) -> str:
    if isinstance(error, Contradicts):
        return tell_contradiction(error, setting.names)
    return str(error)


def _approve(session: Any, number: int, person: Person, form: Form, setting: Setting) -> None:
    ours, is_confirmed = read_own_sentences(), form.get("confirmed") == "yes"
    checks: dict[str, Any] = {"holds_personal": holds_personal, "is_confirmed": is_confirmed}
    approve(session, number, person, ours, setting.now, **checks)


def _reject(session: Any, number: int, person: Person, form: Form, setting: Setting) -> None:
    reason = clean(form.get("reason", ""))[:REASON_LONGEST]
    reject(session, number, person, reason, setting.now)


def _withdraw(session: Any, number: int, person: Person, form: Form, setting: Setting) -> None:
    withdraw(session, number, person, setting.now)
