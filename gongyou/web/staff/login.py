"""Signing in and out of the desk, slowed down after wrong passwords."""

from datetime import datetime
from typing import Any

from aiohttp import web

from gongyou.desk.people import (
    Person,
    check_password,
    close_sign_in,
    open_sign_in,
    record_refusal,
)
from gongyou.web import cookies, csrf
from gongyou.web.client import address_of
from gongyou.web.cookies import FORM, SIGN_IN, clear, set_strict
from gongyou.web.errors import TooMany
from gongyou.web.form_page import render_form
from gongyou.web.keys import CLOCK, DESK, LOGIN_THROTTLE, PASSWORD_CHECKS
from gongyou.web.staff.access import for_staff
from gongyou.web.texts import say
from gongyou.web.threads import in_desk, read_desk

LONGEST = 200  # characters of a login or password


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
    earlier = cookies.read(request, SIGN_IN)
    token = await in_desk(request.app[DESK], _open, person, earlier, now)
    response = web.Response(status=303, headers={"Location": "/desk"})
    set_strict(request, response, SIGN_IN, token)
    return response


@for_staff
async def post_logout(request: web.Request, person: Person) -> web.Response:
    await csrf.read_form(request)
    now = request.app[CLOCK]()
    await in_desk(request.app[DESK], _close, request.cookies[SIGN_IN], now)
    response = web.Response(status=303, headers={"Location": "/desk/login"})
    clear(response, SIGN_IN)
    return response


def _open(session: Any, person: Person, earlier: str, now: datetime) -> str:
    """A new sign-in; the one this browser had before ends."""
    close_sign_in(session, earlier, now)
    return open_sign_in(session, person, now)


def _close(session: Any, token: str, now: datetime) -> None:
    close_sign_in(session, token, now)


def _page(
    request: web.Request, login: str, error: str, status: int, retry_after: int | None = None
) -> web.Response:
    values = {"login": login, "error": error}
    return render_form(request, "desk/login.html", values, status, retry_after)
