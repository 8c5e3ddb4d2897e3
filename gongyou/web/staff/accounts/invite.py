"""A link of an administrator: the invited sets a password, then signs in.

The token stands in the address once, when the link is opened; the form posts it in its body.
"""

from datetime import datetime
from typing import Any

from aiohttp import web

from gongyou.desk.errors import PersonRefused
from gongyou.desk.people.invitations import fetch_invited, use_invitation
from gongyou.web import csrf
from gongyou.web.cookies import FORM
from gongyou.web.form_page import render_form
from gongyou.web.keys import CLOCK, DESK, PASSWORD_CHECKS
from gongyou.web.staff.pages import back_to
from gongyou.web.texts import say
from gongyou.web.threads import in_desk, read_desk

LONGEST = 100  # characters of a token


async def show_invite(request: web.Request) -> web.Response:
    return await _page(request, request.match_info["token"], "", 200)


async def post_invite(request: web.Request) -> web.Response:
    form = await csrf.read_form(request, FORM)
    token, password = form.get("token", "")[:LONGEST], form.get("password", "")
    if password != form.get("again", ""):
        return await _page(request, token, say("passwords_differ"), 400)
    try:
        async with request.app[PASSWORD_CHECKS]:
            now = request.app[CLOCK]()
            await in_desk(request.app[DESK], use_invitation, token, password, now)
    except PersonRefused as error:
        return await _page(request, token, str(error), 400)
    return back_to("/desk/login?done=password")


async def _page(request: web.Request, token: str, error: str, status: int) -> web.Response:
    """The form; for a link that is of no use, only why and what to do."""
    now = request.app[CLOCK]()
    try:
        name, login = await read_desk(request.app[DESK], _whose, token, now)
    except PersonRefused as refused:
        return render_form(request, "desk/accounts/invite.html", {"refused": str(refused)}, 404)
    values = {"token": token, "name": name, "login": login, "error": error}
    return render_form(request, "desk/accounts/invite.html", values, status)


def _whose(session: Any, token: str, now: datetime) -> tuple[str, str]:
    person = fetch_invited(session, token, now)
    return person.name, person.login
