"""One's own account: the page, the profile, the browsers one is signed in with."""

from datetime import datetime
from typing import Any

import segno
from aiohttp import web

from gongyou.desk.people.accounts import Person, actor_of, get_person
from gongyou.desk.people.browsers import Browser, close_browser, close_others, fetch_browsers
from gongyou.desk.people.lawyers import Profile, fetch_profile, save_profile
from gongyou.desk.people.second_factor import new_secret, uri_of
from gongyou.web import csrf
from gongyou.web.cookies import SIGN_IN
from gongyou.web.keys import CATALOGUE, CLOCK, DESK
from gongyou.web.staff.access import permitted
from gongyou.web.staff.accounts.fields import show_regions
from gongyou.web.staff.accounts.profile_form import ProfileForm, read_profile, show_profile
from gongyou.web.staff.pages import back_to, render
from gongyou.web.threads import in_desk, read_desk
from gongyou.web.times import show_time

PAGE = "/desk/me"


@permitted("me.read")
async def show_me(request: web.Request, person: Person) -> web.Response:
    secret = new_secret() if "enrol" in request.query and not person.totp_secret else ""
    return await own_page(request, person, secret=secret)


@permitted("me.profile")
async def post_profile(request: web.Request, person: Person) -> web.Response:
    form = read_profile(await csrf.read_form(request), request.app[CATALOGUE])
    if form.profile is None:
        return await own_page(request, person, profile=form, status=400)
    now = request.app[CLOCK]()
    await in_desk(request.app[DESK], save_own, person.id, form.profile, actor_of(person), now)
    return back_to(f"{PAGE}?done=saved")


@permitted("me.change")
async def post_end_browser(request: web.Request, person: Person) -> web.Response:
    form = await csrf.read_form(request)
    mark, now = form.get("mark", ""), request.app[CLOCK]()
    await in_desk(request.app[DESK], close_browser, person.id, mark, actor_of(person), now)
    return back_to(f"{PAGE}?done=browser_ended")


@permitted("me.change")
async def post_end_others(request: web.Request, person: Person) -> web.Response:
    await csrf.read_form(request)
    token, now = request.cookies[SIGN_IN], request.app[CLOCK]()
    await in_desk(request.app[DESK], close_others, person.id, token, actor_of(person), now)
    return back_to(f"{PAGE}?done=browsers_ended")


def save_own(session: Any, person_id: int, profile: Profile, actor: str, now: datetime) -> None:
    save_profile(session, get_person(session, person_id), profile, actor, now)


async def own_page(
    request: web.Request,
    person: Person,
    *,
    profile: ProfileForm | None = None,
    secret: str = "",
    error: str = "",
    password_error: str = "",
    status: int = 200,
) -> web.Response:
    """`secret` shows the QR code to turn the second factor on; `error` is about that factor."""
    catalogue, now = request.app[CATALOGUE], request.app[CLOCK]()
    token = request.cookies[SIGN_IN]
    stored, browsers = await read_desk(request.app[DESK], _read, person.id, token, now)
    context = {
        "here": PAGE,
        "regions": show_regions(person.regions, catalogue.places).splitlines(),
        "profile": profile or show_profile(stored, catalogue),
        "shelves": shelves_of(request),
        "secret": secret,
        "groups": [secret[i : i + 4] for i in range(0, len(secret), 4)],
        "qr": _qr(secret, person.login) if secret else "",
        "error": error,
        "password_error": password_error,
        "browsers": browsers,
        "show_time": show_time,
    }
    return render(request, person, "desk/accounts/me.html", context, status)


def shelves_of(request: web.Request) -> list[tuple[str, list[Any]]]:
    """Every topic under its group's title."""
    rulebook = request.app[CATALOGUE].rulebook
    return [
        (group.title, [rulebook.topics[name] for name in group.topics])
        for group in rulebook.grouped()
    ]


def _read(session: Any, person_id: int, token: str, now: datetime) -> tuple[Profile, list[Browser]]:
    person = get_person(session, person_id)
    return fetch_profile(session, person), fetch_browsers(session, person_id, now, token)


def _qr(secret: str, login: str) -> str:
    """A data address: the page's policy allows no inline drawing."""
    return segno.make(uri_of(secret, login), error="m").svg_data_uri(scale=5, border=3)
