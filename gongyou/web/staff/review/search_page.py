"""/desk/search: over the cases one may read. What is looked for stands in no address and no log:
it comes in a form's body, and the page that goes on carries it in its own form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from aiohttp import web

from gongyou.desk.audit import record
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.review.search import HIGHEST, FoundCases, Hit, Position, read_words, search_cases
from gongyou.desk.review.snippets import Snippet
from gongyou.web import csrf
from gongyou.web.keys import DESK, SEARCHES
from gongyou.web.requests import clean, read_int
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases.address import case_path
from gongyou.web.staff.cases.head import Head, show_head
from gongyou.web.staff.pages import render
from gongyou.web.texts import read_texts, say
from gongyou.web.threads import in_desk, read_desk

PAGE = "/desk/search"
LONGEST: Final = 60  # characters to look for
SAID: Final = ("message", "note")  # where words of a case's content are shown


@dataclass(frozen=True)
class HitLine:
    """A case that was found: where in it, and the words around."""

    head: Head
    where: str
    snippet: Snippet
    link: str


@permitted("tickets.search")
async def show_search(request: web.Request, person: Person) -> web.Response:
    """The form alone."""
    return _page(request, person, {"typed": ""})


@permitted("tickets.search")
async def post_search(request: web.Request, person: Person) -> web.Response:
    """One page of what was found; the trail tells that somebody searched and which cases they saw
    words of, not for what.

    The page answers the form itself: it has no address of its own.
    """
    form = await csrf.read_form(request)
    typed = clean(form.get("q", ""))
    words = read_words(typed)
    if not words or len(typed) > LONGEST:
        sentence = "search_too_long" if words else "search_empty"
        context = {"typed": typed, "wrong": say(sentence, limit=LONGEST, length=len(typed))}
        return _page(request, person, context, 400)
    setting, start = setting_of(request), _read_position(form)
    await in_desk(request.app[DESK], _record, person, setting.now)
    naming = (setting.names.topic, setting.names.region)
    async with request.app[SEARCHES]:
        found = await read_desk(request.app[DESK], search_cases, person, words, naming, start)
    seen = [hit.line.id for hit in found.hits if hit.where in SAID]
    if seen:
        await in_desk(request.app[DESK], _record_seen, person, seen, setting.now)
    return _page(request, person, _show(found, typed, form, setting))


def _read_position(form: Mapping[str, str]) -> Position:
    """Numbers that were made up lead nowhere that may not be read."""
    ticket = read_int(form.get("ticket"), HIGHEST, 0, HIGHEST)
    message = read_int(form.get("message"), 0, 0, 2**53)
    return Position(ticket, message, read_int(form.get("found"), 0, 0, 31))


def _record(session: Any, person: Person, now: datetime) -> None:
    record(session, actor_of(person), "tickets.search", actor_of(person), now)


def _record_seen(session: Any, person: Person, tickets: Sequence[int], now: datetime) -> None:
    for number in tickets:
        record(session, actor_of(person), "ticket.found", f"ticket:{number}", now)


def _show(
    found: FoundCases, typed: str, form: Mapping[str, str], setting: Setting
) -> dict[str, Any]:
    return {
        "typed": typed,
        "hits": [_line(hit, setting) for hit in found.hits],
        "is_done": found.next is None,
        "next": found.next,
        "is_later_page": "ticket" in form,
    }


def _line(hit: Hit, setting: Setting) -> HitLine:
    path = case_path(hit.line.id)
    return HitLine(
        head=show_head(hit.line, setting),
        where=read_texts()["search_places"][hit.where],
        snippet=hit.snippet,
        link=f"{path}?before={hit.message + 1}#m{hit.message}" if hit.message else path,
    )


def _page(
    request: web.Request, person: Person, context: Mapping[str, Any], status: int = 200
) -> web.Response:
    fields = {"here": PAGE, "limit": LONGEST, "wrong": "", "hits": None, **context}
    return render(request, person, "desk/review/search.html", fields, status)
