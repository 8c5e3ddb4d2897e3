"""Signing in and out of the desk: password, then the code if there is a second factor."""

from datetime import datetime
from typing import Any

from aiohttp import web

from gongyou.desk.errors import PersonRefused
from gongyou.desk.people.accounts import Person, check_password
from gongyou.desk.people.second_factor import record_wrong_code, use_code
from gongyou.desk.people.sign_ins import (
    close_sign_in,
    drop_half_sign_in,
    fetch_half_signed_in,
    open_half_sign_in,
    open_sign_in,
    record_refusal,
)
from gongyou.web import cookies, csrf
from gongyou.web.client import address_of
from gongyou.web.cookies import FORM, SIGN_IN, clear, set_strict
from gongyou.web.errors import TooMany
from gongyou.web.form_page import render_form
from gongyou.web.keys import CLOCK, DESK, LOGIN_THROTTLE, NOTIFIER, PASSWORD_CHECKS
from gongyou.web.notifier import person_topic
from gongyou.web.staff.access import permitted
from gongyou.web.staff.accounts.agents import describe_agent
from gongyou.web.staff.pages import back_to, home_of, render
from gongyou.web.texts import read_texts, say
from gongyou.web.threads import in_desk, read_desk

LONGEST = 200  # characters of a login or password
LOGIN_PAGE, CODE_PAGE = "/desk/login", "/desk/login/code"


async def show_login(request: web.Request) -> web.Response:
    return _page(request, "", "", 200)


async def post_login(request: web.Request) -> web.Response:
    """Open a sign-in, or say that login or password is wrong, never which."""
    form = await csrf.read_form(request, FORM)
    login, password = form.get("login", "")[:LONGEST], form.get("password", "")[:LONGEST]
    throttle, now = request.app[LOGIN_THROTTLE], request.app[CLOCK]()
    address = address_of(request)
    try:
        throttle.start(address, now)
    except TooMany as error:
        return _page(request, login, error.text, 429, error.seconds)
    async with request.app[PASSWORD_CHECKS]:
        person = await read_desk(request.app[DESK], check_password, login, password)
    if person is None:
        await in_desk(request.app[DESK], record_refusal, login, now)
        return _page(request, login, say("login_wrong"), 400)
    throttle.succeed(address)
    earlier, agent = cookies.read(request, SIGN_IN), _agent(request)
    token = await in_desk(request.app[DESK], _open, person, earlier, agent, now)
    response = back_to(CODE_PAGE if person.totp_secret else home_of(person.role))
    set_strict(request, response, SIGN_IN, token)
    return response


async def show_code(request: web.Request) -> web.Response:
    person = await _half_signed_in(request)
    return back_to(LOGIN_PAGE) if person is None else _code_page(request, person)


async def post_code(request: web.Request) -> web.Response:
    """The second factor's code; each person's guesses are slowed down, whatever the address."""
    person = await _half_signed_in(request)
    if person is None:
        return back_to(LOGIN_PAGE)
    form = await csrf.read_form(request)
    throttle, now = request.app[LOGIN_THROTTLE], request.app[CLOCK]()
    guesser = guesser_of(person)
    try:
        throttle.start(guesser, now)
    except TooMany as error:
        response = _code_page(request, person, error.text, 429)
        response.headers["Retry-After"] = str(error.seconds)
        return response
    half, code = cookies.read(request, SIGN_IN), form.get("code", "")[:LONGEST]
    token = await in_desk(request.app[DESK], _finish, person, half, code, _agent(request), now)
    if not token:
        return _code_page(request, person, str(PersonRefused("wrong_code")), 400)
    throttle.succeed(guesser)
    response = back_to(home_of(person.role))
    set_strict(request, response, SIGN_IN, token)
    return response


@permitted("me.read")
async def post_logout(request: web.Request, person: Person) -> web.Response:
    await csrf.read_form(request)
    now = request.app[CLOCK]()
    await in_desk(request.app[DESK], _close, request.cookies[SIGN_IN], now)
    request.app[NOTIFIER].notify(person_topic(person.id))  # this browser's streams end
    response = back_to(LOGIN_PAGE)
    clear(response, SIGN_IN)
    return response


def guesser_of(person: Person) -> str:
    """Under which name the throttle counts somebody's wrong codes."""
    return f"code:{person.id}"


async def _half_signed_in(request: web.Request) -> Person | None:
    token, now = cookies.read(request, SIGN_IN), request.app[CLOCK]()
    return await read_desk(request.app[DESK], fetch_half_signed_in, token, now)


def _open(session: Any, person: Person, earlier: str, agent: str, now: datetime) -> str:
    """A new sign-in, half of one with a second factor; the one this browser had before ends."""
    close_sign_in(session, earlier, now)
    drop_half_sign_in(session, earlier)
    opened = open_half_sign_in if person.totp_secret else open_sign_in
    return opened(session, person, now, agent)


def _finish(
    session: Any, person: Person, half: str, code: str, agent: str, now: datetime
) -> str | None:
    """The cookie of a whole sign-in, None for a wrong code."""
    if not use_code(session, person.id, code, now):
        record_wrong_code(session, person, now)
        return None
    drop_half_sign_in(session, half)
    return open_sign_in(session, person, now, agent)


def _close(session: Any, token: str, now: datetime) -> None:
    close_sign_in(session, token, now)


def _agent(request: web.Request) -> str:
    return describe_agent(request.headers.get("User-Agent", ""))


def _code_page(
    request: web.Request, person: Person, error: str = "", status: int = 200
) -> web.Response:
    return render(request, person, "desk/accounts/code.html", {"error": error}, status)


def _page(
    request: web.Request, login: str, error: str, status: int, retry_after: int | None = None
) -> web.Response:
    done = read_texts()["desk_done"].get(request.query.get("done", ""), "")
    values = {"login": login, "error": error, "done": done}
    return render_form(request, "desk/accounts/login.html", values, status, retry_after)
