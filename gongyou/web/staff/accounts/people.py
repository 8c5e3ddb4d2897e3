"""What an administrator does with accounts, a step a handler."""

from datetime import datetime
from typing import Any

from aiohttp import web

from gongyou.desk.errors import LoginTaken, PersonRefused
from gongyou.desk.people.accounts import Person, actor_of, create_person
from gongyou.desk.people.browsers import close_all
from gongyou.desk.people.invitations import Purpose, open_invitation, reset_password
from gongyou.desk.people.staffing import Account, change_person, keep_out, let_in
from gongyou.web import csrf
from gongyou.web.keys import CATALOGUE, CLOCK, DESK
from gongyou.web.staff.access import permitted
from gongyou.web.staff.accounts.account_form import (
    AccountForm,
    blank_account,
    fields_of,
    read_account,
)
from gongyou.web.staff.accounts.me import save_own
from gongyou.web.staff.accounts.people_page import LIST, link_to, list_page, one_page
from gongyou.web.staff.accounts.profile_form import read_profile
from gongyou.web.staff.pages import back_to
from gongyou.web.threads import in_desk


@permitted("people.list")
async def show_people(request: web.Request, person: Person) -> web.Response:
    return await list_page(request, person, blank_account())


@permitted("people.change")
async def post_person(request: web.Request, person: Person) -> web.Response:
    """A new account, and the link by which its owner joins."""
    form = read_account(await csrf.read_form(request), request.app[CATALOGUE].places, is_new=True)
    if form.account is None:
        return await list_page(request, person, form, 400)
    login, now = form.typed["login"], request.app[CLOCK]()
    try:
        work = (person, login, form.account, now)
        person_id, token = await in_desk(request.app[DESK], _create, *work)
    except LoginTaken as error:
        taken = AccountForm(form.typed, {"login": str(error)})
        return await list_page(request, person, taken, 400)
    return await one_page(request, person, person_id, link=link_to(request, token, "join"))


@permitted("people.list")
async def show_person(request: web.Request, person: Person) -> web.Response:
    return await one_page(request, person, _id(request))


@permitted("people.change")
async def post_account(request: web.Request, person: Person) -> web.Response:
    form = read_account(await csrf.read_form(request), request.app[CATALOGUE].places, is_new=False)
    if form.account is None:
        return await one_page(request, person, _id(request), account=form, status=400)
    now = request.app[CLOCK]()
    try:
        await in_desk(request.app[DESK], change_person, _id(request), form.account, person, now)
    except PersonRefused as error:
        refused = AccountForm(form.typed, {"role": str(error)})
        return await one_page(request, person, _id(request), account=refused, status=409)
    return _back(request, "saved")


@permitted("people.change")
async def post_profile(request: web.Request, person: Person) -> web.Response:
    sent = await csrf.read_form(request)
    form = read_profile(sent, request.app[CATALOGUE], with_regions=False)
    if form.profile is None:
        return await one_page(request, person, _id(request), profile=form, status=400)
    now = request.app[CLOCK]()
    work = (_id(request), form.profile, actor_of(person), now)
    await in_desk(request.app[DESK], save_own, *work)
    return _back(request, "saved")


@permitted("people.change")
async def post_join_link(request: web.Request, person: Person) -> web.Response:
    """Another link to join; the one before is void."""
    await csrf.read_form(request)
    to_join: Purpose = "join"
    work = (_id(request), to_join, person.id, request.app[CLOCK]())
    try:
        token = await in_desk(request.app[DESK], open_invitation, *work)
    except PersonRefused as error:
        return await one_page(request, person, _id(request), error=str(error), status=409)
    return await one_page(request, person, _id(request), link=link_to(request, token, "join"))


@permitted("people.change")
async def post_reset(request: web.Request, person: Person) -> web.Response:
    """The old password and every sign-in end; the second factor if that is ticked."""
    form = await csrf.read_form(request)
    clears, now = form.get("clears_second_factor") == "yes", request.app[CLOCK]()
    try:
        token = await in_desk(request.app[DESK], _reset, _id(request), person.id, clears, now)
    except PersonRefused as error:
        return await one_page(request, person, _id(request), error=str(error), status=409)
    return await one_page(request, person, _id(request), link=link_to(request, token, "reset"))


@permitted("people.sessions")
async def post_end_sessions(request: web.Request, person: Person) -> web.Response:
    await csrf.read_form(request)
    work = (_id(request), actor_of(person), request.app[CLOCK]())
    await in_desk(request.app[DESK], close_all, *work)
    return _back(request, "browsers_ended")


@permitted("people.change")
async def post_active(request: web.Request, person: Person) -> web.Response:
    """Keep somebody out, or let them in again."""
    form = await csrf.read_form(request)
    is_active, now = form.get("active") == "yes", request.app[CLOCK]()
    try:
        step = let_in if is_active else keep_out
        await in_desk(request.app[DESK], step, _id(request), person, now)
    except PersonRefused as error:
        return await one_page(request, person, _id(request), error=str(error), status=409)
    return _back(request, "activated" if is_active else "deactivated")


def _create(
    session: Any, admin: Person, login: str, account: Account, now: datetime
) -> tuple[int, str]:
    given = fields_of(account)
    created = create_person(session, login=login, now=now, actor=actor_of(admin), **given)
    return created.id, open_invitation(session, created.id, "join", admin.id, now)


def _reset(session: Any, person_id: int, admin_id: int, clears: bool, now: datetime) -> str:
    return reset_password(session, person_id, admin_id, now, clears_second_factor=clears)


def _id(request: web.Request) -> int:
    return int(request.match_info["person"])


def _back(request: web.Request, done: str) -> web.Response:
    return back_to(f"{LIST}/{_id(request)}?done={done}")
