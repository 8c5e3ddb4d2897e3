"""An officer's page: the links that workers of their places are shown, and a form for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from gongyou.desk.errors import LinkRefused, NotAllowed
from gongyou.desk.links import (
    LINK_KINDS,
    TITLE_LONGEST,
    URL_LONGEST,
    LinkText,
    UnionLink,
    check_title,
    check_url,
    fetch_links,
    host_of,
    may_edit,
    remove_link,
    save_link,
)
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.naming import fetch_people
from gongyou.web import csrf
from gongyou.web.keys import CATALOGUE, CLOCK, DESK
from gongyou.web.names import Names
from gongyou.web.requests import clean
from gongyou.web.rules.places import Places
from gongyou.web.setting import setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.accounts.fields import FieldError, read_regions, show_regions
from gongyou.web.staff.pages import back_to, render
from gongyou.web.texts import read_texts, say
from gongyou.web.threads import in_desk, read_desk
from gongyou.web.times import show_time

PAGE: Final = "/desk/links"
FIELDS: Final = ("kind", "region", "title", "url")

type Typed = Mapping[str, str]

NOTHING: Final[Typed] = {}


@dataclass(frozen=True)
class Line:
    """One link; `is_mine`: this officer may change it. `host` is what a worker is shown."""

    id: int
    kind: str
    place: str
    title: str
    url: str
    host: str
    by: str
    at: str
    is_mine: bool


@permitted("links.read")
async def show_links(request: web.Request, person: Person) -> web.Response:
    """`?edit=3` fills the form with that link."""
    return await _page(request, person)


@permitted("links.edit")
async def post_link(request: web.Request, person: Person) -> web.StreamResponse:
    """The place's link of this kind from now on."""
    form = await csrf.read_form(request)
    typed = {name: clean(form.get(name, "")) for name in FIELDS}
    link, errors = _read(typed, request.app[CATALOGUE].places)
    if link is None:
        return await _page(request, person, typed, errors)
    try:
        await in_desk(request.app[DESK], save_link, person, link, request.app[CLOCK]())
    except NotAllowed as error:
        return await _page(request, person, typed, {"region": str(error)})
    return back_to(f"{PAGE}?done=saved")


@permitted("links.edit")
async def post_remove(request: web.Request, person: Person) -> web.StreamResponse:
    """Workers are shown the link of the next larger place, if there is one."""
    await csrf.read_form(request)
    number = int(request.match_info["link"])
    await in_desk(request.app[DESK], remove_link, number, person, request.app[CLOCK]())
    return back_to(f"{PAGE}?done=link_removed")


async def _page(
    request: web.Request, person: Person, typed: Typed = NOTHING, errors: Typed = NOTHING
) -> web.Response:
    names, places = setting_of(request).names, request.app[CATALOGUE].places
    edited = request.query.get("edit", "")
    lines, found = await read_desk(request.app[DESK], _read_lines, person, names, edited)
    form = typed or (_typed(found, places) if found else _blank(person, places))
    context = {
        "here": PAGE,
        "lines": lines,
        "kinds": [(kind, read_texts()["link_kinds"][kind]) for kind in LINK_KINDS],
        "form": {"typed": form, "errors": errors},
        "may_edit": not person.employer,
        "limits": {"title": TITLE_LONGEST, "url": URL_LONGEST},
    }
    return render(request, person, "desk/links.html", context, 400 if errors else 200)


def _read_lines(
    session: Any, person: Person, names: Names, edited: str
) -> tuple[Sequence[Line], LinkText | None]:
    """Every link, one's own places first; and the one to edit."""
    links = fetch_links(session)
    people = fetch_people(session, [link.updated_by for link in links])
    lines = [_line(link, person, names, people) for link in links]
    found = next((one for one in links if str(one.id) == edited), None)
    text = LinkText(found.kind, found.region, found.title, found.url) if found else None
    return sorted(lines, key=lambda line: not line.is_mine), text


def _line(link: UnionLink, person: Person, names: Names, people: Mapping[int, Person]) -> Line:
    by = people.get(link.updated_by)
    return Line(
        id=link.id,
        kind=read_texts()["link_kinds"][link.kind],
        place=names.place(link.region),
        title=link.title,
        url=link.url,
        host=host_of(link.url),
        by=by.name if by else "",
        at=show_time(link.updated_at),
        is_mine=may_edit(person, link.region),
    )


def _read(typed: Typed, places: Places) -> tuple[LinkText | None, dict[str, str]]:
    """The link, or what is wrong with each field of it."""
    errors: dict[str, str] = {}
    codes: Sequence[str] = ()
    if typed["kind"] not in LINK_KINDS:
        errors["kind"] = say("link_kind")
    try:
        codes = read_regions(typed["region"], places) if typed["region"] else ()
    except FieldError as error:
        errors["region"] = str(error)
    if len(codes) != 1:
        errors.setdefault("region", say("link_one_region"))
    for check, name in ((check_title, "title"), (check_url, "url")):
        try:
            check(typed[name])
        except LinkRefused as error:
            errors[name] = str(error)
    if errors or typed["kind"] not in LINK_KINDS:
        return None, errors
    return LinkText(typed["kind"], codes[0], typed["title"], typed["url"]), errors


def _typed(link: LinkText, places: Places) -> Typed:
    region = show_regions([link.region], places)
    return {"kind": link.kind, "region": region, "title": link.title, "url": link.url}


def _blank(person: Person, places: Places) -> Typed:
    """Whoever has one place means it."""
    own = show_regions(person.regions, places) if len(person.regions) == 1 else ""
    return {"region": own, "url": "https://"}
