"""An administrator's pages: the accounts, and one of them. No case is in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from gongyou.desk.people.accounts import Person, get_person
from gongyou.desk.people.browsers import Browser, fetch_browsers
from gongyou.desk.people.invitations import GOOD_FOR, Purpose
from gongyou.desk.people.lawyers import Profile, fetch_profile
from gongyou.desk.people.roster import RosterPage, fetch_roster
from gongyou.desk.people.staffing import count_held
from gongyou.desk.tickets.care import uncovered_regions
from gongyou.web.keys import CATALOGUE, CLOCK, DESK, NAMES, SETTINGS
from gongyou.web.requests import clean, read_int
from gongyou.web.staff.accounts.account_form import AccountForm, show_account
from gongyou.web.staff.accounts.me import shelves_of
from gongyou.web.staff.accounts.profile_form import ProfileForm, show_profile
from gongyou.web.staff.pages import render
from gongyou.web.threads import read_desk
from gongyou.web.times import show_time

LIST = "/desk/people"
HOUR = 3600  # seconds


@dataclass(frozen=True)
class Link:
    """An invitation's address, shown once."""

    url: str
    hours: int
    purpose: Purpose


@dataclass(frozen=True)
class Shown:
    """What the page of one account shows besides its forms."""

    person: Person
    profile: Profile
    browsers: list[Browser]
    held: int


async def list_page(
    request: web.Request, person: Person, form: AccountForm, status: int = 200
) -> web.Response:
    text, role = clean(request.query.get("q", ""))[:64], request.query.get("role", "")
    number = read_int(request.query.get("page"), 0, 0, 10_000)
    with_inactive = request.query.get("active", "") != "yes"
    desk, names = request.app[DESK], request.app[NAMES]
    page = await read_desk(desk, _roster, text, role, with_inactive, number)
    uncovered = await read_desk(desk, uncovered_regions)
    context = {
        "here": LIST,
        "q": text,
        "role": role,
        "only_active": not with_inactive,
        "number": number,
        "page": page,
        "uncovered": [names.place(code) for code in uncovered],
        "account": form,
        "show_time": show_time,
    }
    return render(request, person, "desk/accounts/people.html", context, status)


def _roster(session: Any, text: str, role: str, with_inactive: bool, number: int) -> RosterPage:
    return fetch_roster(session, text, role, with_inactive=with_inactive, page=number)


async def one_page(
    request: web.Request,
    person: Person,
    person_id: int,
    *,
    account: AccountForm | None = None,
    profile: ProfileForm | None = None,
    link: Link | None = None,
    error: str = "",
    status: int = 200,
) -> web.Response:
    catalogue, now = request.app[CATALOGUE], request.app[CLOCK]()
    shown = await read_desk(request.app[DESK], _read, person_id, now)
    context = {
        "here": LIST,
        "whom": shown.person,
        "browsers": shown.browsers,
        "held": shown.held,
        "account": account or show_account(shown.person, catalogue.places),
        "profile": profile or show_profile(shown.profile, catalogue),
        "shelves": shelves_of(request),
        "link": link,
        "error": error,
        "show_time": show_time,
    }
    return render(request, person, "desk/accounts/person.html", context, status)


def _read(session: Any, person_id: int, now: datetime) -> Shown:
    person = get_person(session, person_id)
    browsers = fetch_browsers(session, person_id, now)
    return Shown(person, fetch_profile(session, person), browsers, count_held(session, person_id))


def link_to(request: web.Request, token: str, purpose: Purpose) -> Link:
    scheme = "https" if request.app[SETTINGS].secure_cookies else "http"
    hours = int(GOOD_FOR[purpose].total_seconds()) // HOUR
    return Link(f"{scheme}://{request.host}/desk/invite/{token}", hours, purpose)
