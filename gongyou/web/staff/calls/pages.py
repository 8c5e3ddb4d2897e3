"""The day's calls, and one call: its page, and the stream by which it hears of a reply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from gongyou.desk.calls.calls import fetch_calls, find_call, get_call, read_call
from gongyou.desk.calls.handing import fetch_last_topics
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import EVERYWHERE
from gongyou.desk.people.sign_ins import fetch_signed_in
from gongyou.hotlines import read_hotlines
from gongyou.web import cookies, csrf
from gongyou.web.cookies import SIGN_IN
from gongyou.web.keys import ASKER, CLOCK, DESK
from gongyou.web.live.follow import News, follow
from gongyou.web.names import Names
from gongyou.web.notifier import person_topic
from gongyou.web.requests import TEXT_LIMIT
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import AUTOMATIC, permitted
from gongyou.web.staff.calls.address import LIST, call_id, call_path
from gongyou.web.staff.calls.view import CallView, read_view, show_hour
from gongyou.web.staff.pages import render
from gongyou.web.threads import in_desk, read_desk

type Typed = Mapping[str, str]

NOTHING: Final[Typed] = {}


@dataclass(frozen=True)
class Row:
    """A line of the day's list; `link` is "" once the call is the caller's own."""

    at: str
    region: str
    topic: str
    is_over: bool
    link: str


@permitted("calls.list")
async def show_calls(request: web.Request, person: Person) -> web.Response:
    """A form for the next call, and the clerk's own calls of the day."""
    return await list_page(request, person)


async def list_page(
    request: web.Request, person: Person, typed: Typed = NOTHING, errors: Typed = NOTHING
) -> web.Response:
    """With what was typed and what is wrong with it, by field."""
    rows = await read_desk(request.app[DESK], _rows, person, setting_of(request))
    context = {
        "here": LIST,
        "rows": rows,
        "form": {"typed": typed, "errors": errors},
        "key": typed.get("key") or csrf.new_key(),
        "limit": TEXT_LIMIT,
    }
    status = 400 if errors else 200
    return render(request, person, "desk/calls/calls.html", context, status)


@permitted("call.read")
async def show_call(request: web.Request, person: Person) -> web.Response:
    """What to read out now. The trail is told, but not each time the page looks by itself."""
    return await call_page(request, person)


async def call_page(
    request: web.Request, person: Person, typed: Typed = NOTHING, errors: Typed = NOTHING
) -> web.Response:
    """The call, with the caller's next words as typed and what is wrong with them."""
    view = await read_call_view(request, person)
    context = {
        "here": LIST,
        "call": view,
        "path": call_path(view.id),
        "crisis": read_hotlines("crisis"),
        "rights": read_hotlines("rights"),
        "form": {"typed": typed, "errors": errors},
        "key": csrf.new_key(),
        "limit": TEXT_LIMIT,
        "site": request.host,
    }
    status = 400 if errors else 200
    return render(request, person, "desk/calls/call.html", context, status)


async def read_call_view(request: web.Request, person: Person) -> CallView:
    """Raises NotFound for a call that is not open to this clerk."""
    app, number, now = request.app, call_id(request), request.app[CLOCK]()
    chat = await read_desk(app[DESK], _chat_of, number, person, now)
    is_waiting = app[ASKER].is_waiting(chat)  # before reading: what came meanwhile is shown
    looks_by_itself = AUTOMATIC in request.query or request.method == "POST"
    work = read_desk if looks_by_itself else in_desk
    setting = setting_of(request)
    return await work(
        app[DESK], _read, number, person, setting.names, now, is_waiting, not looks_by_itself
    )


@permitted("call.read", by_itself=True)
async def get_events(request: web.Request, person: Person) -> web.StreamResponse:
    """A new mark whenever the page has something new, for as long as the call is open to them."""
    app, number, token = request.app, call_id(request), cookies.read(request, SIGN_IN)
    chat = await read_desk(app[DESK], _chat_of, number, person, app[CLOCK]())

    async def look(after: int) -> News | None:
        is_waiting = app[ASKER].is_waiting(chat)
        names = setting_of(request).names
        work = (token, number, names, app[CLOCK](), is_waiting)
        mark = await read_desk(app[DESK], _mark, *work)
        return None if mark is None else News([], {"mark": mark})

    mine = person_topic(person.id)
    return await follow(request, look, [chat, mine], [mine, f"call {chat}"])


def _rows(session: Any, person: Person, setting: Setting) -> Sequence[Row]:
    calls = fetch_calls(session, person, setting.now)
    topics = fetch_last_topics(session, [call.conversation_id for call in calls])
    return [
        Row(
            at=show_hour(call.started_at),
            region=setting.names.region(call.region) if call.region != EVERYWHERE else "",
            topic=_topic(topics.get(call.conversation_id), setting.names),
            is_over=call.ended_at is not None,
            link=call_path(call.id) if call.is_open else "",
        )
        for call in calls
    ]


def _topic(name: str | None, names: Names) -> str:
    return names.topic(name) if name else ""


def _chat_of(session: Any, number: int, person: Person, now: Any) -> str:
    return get_call(session, number, person, now).conversation_id


def _read(
    session: Any,
    number: int,
    person: Person,
    names: Names,
    now: Any,
    is_waiting: bool,
    is_told: bool,
) -> CallView:
    fetch = read_call if is_told else get_call
    return read_view(session, fetch(session, number, person, now), names, is_waiting)


def _mark(
    session: Any, token: str, number: int, names: Names, now: Any, is_waiting: bool
) -> str | None:
    """None once the clerk has signed out, or the call is not theirs to see any more."""
    person = fetch_signed_in(session, token, now, is_active=False)
    call = find_call(session, number, person, now) if person else None
    return read_view(session, call, names, is_waiting).mark if call else None
