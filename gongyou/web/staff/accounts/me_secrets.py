"""What keeps others out of one's own account: the password and the second factor."""

from aiohttp import web

from gongyou.desk.errors import PersonRefused
from gongyou.desk.people.accounts import (
    Person,
    actor_of,
    check_new_password,
    check_password,
)
from gongyou.desk.people.second_factor import turn_off, turn_on, use_code
from gongyou.desk.people.sign_ins import set_password
from gongyou.web import csrf
from gongyou.web.errors import BadInput, TooMany
from gongyou.web.keys import CLOCK, DESK, LOGIN_THROTTLE, PASSWORD_CHECKS
from gongyou.web.staff.access import permitted
from gongyou.web.staff.accounts.login import LONGEST, guesser_of
from gongyou.web.staff.accounts.me import PAGE, own_page
from gongyou.web.staff.pages import back_to
from gongyou.web.threads import in_desk, read_desk


@permitted("me.change")
async def post_second_factor(request: web.Request, person: Person) -> web.Response:
    """Turn it on, once a code shows that the app has the secret.

    Needs the password: else who finds a desk signed in could lock its owner out.
    """
    form = await csrf.read_form(request)
    secret, code = form.get("secret", "")[:LONGEST], form.get("code", "")[:LONGEST]
    throttle, now = request.app[LOGIN_THROTTLE], request.app[CLOCK]()
    try:
        throttle.start(guesser_of(person), now)
        await _check_password(request, person, form.get("password", "")[:LONGEST])
        await in_desk(request.app[DESK], turn_on, person.id, secret, code, now)
    except TooMany as error:
        return await own_page(request, person, secret=secret, error=error.text, status=429)
    except PersonRefused as error:
        secret = "" if error.name == "secret_bad" else secret
        return await own_page(request, person, secret=secret, error=str(error), status=400)
    throttle.succeed(guesser_of(person))
    return back_to(f"{PAGE}?done=second_factor_on")


@permitted("me.change")
async def post_second_factor_off(request: web.Request, person: Person) -> web.Response:
    """Needs password and code; wrong ones are slowed down like a sign-in's."""
    form = await csrf.read_form(request)
    throttle, now = request.app[LOGIN_THROTTLE], request.app[CLOCK]()
    try:
        throttle.start(guesser_of(person), now)
    except TooMany as error:
        return await own_page(request, person, error=error.text, status=429)
    try:
        await _check_password(request, person, form.get("password", "")[:LONGEST])
        code = form.get("code", "")[:LONGEST]
        if not await in_desk(request.app[DESK], use_code, person.id, code, now):
            raise PersonRefused("wrong_code")
        await in_desk(request.app[DESK], turn_off, person.id, actor_of(person), now)
    except PersonRefused as error:
        return await own_page(request, person, error=str(error), status=400)
    throttle.succeed(guesser_of(person))
    return back_to(f"{PAGE}?done=second_factor_off")


@permitted("me.change")
async def post_password(request: web.Request, person: Person) -> web.Response:
    """Needs the old one; every sign-in ends, this one too."""
    form = await csrf.read_form(request)
    throttle, now = request.app[LOGIN_THROTTLE], request.app[CLOCK]()
    password = form.get("new", "")
    try:
        if password != form.get("again", ""):
            raise BadInput("passwords_differ")
        check_new_password(person.login, password)
        throttle.start(guesser_of(person), now)
        await _check_password(request, person, form.get("old", "")[:LONGEST])
    except (BadInput, TooMany) as error:
        return await own_page(request, person, password_error=error.text, status=error.status)
    except PersonRefused as error:
        return await own_page(request, person, password_error=str(error), status=400)
    throttle.succeed(guesser_of(person))
    async with request.app[PASSWORD_CHECKS]:
        work = (person.id, password, now, actor_of(person))
        await in_desk(request.app[DESK], set_password, *work)
    return back_to("/desk/login?done=password_changed")


async def _check_password(request: web.Request, person: Person, password: str) -> None:
    async with request.app[PASSWORD_CHECKS]:
        known = await read_desk(request.app[DESK], check_password, person.login, password)
    if known is None:
        raise PersonRefused("wrong_password")
