"""/desk/canned: the officers' own ready answers, shared by the whole desk."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from gongyou.desk.errors import NotFound as Gone
from gongyou.desk.errors import StaleCanned, TooManyCanned
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.people.permissions import may
from gongyou.desk.review.canned import (
    TITLE_LONGEST,
    Wording,
    add_canned,
    change_canned,
    delete_canned,
    fetch_canned,
    get_canned,
)
from gongyou.desk.review.table import CannedAnswer
from gongyou.web import csrf
from gongyou.web.errors import NotFound
from gongyou.web.keys import DESK
from gongyou.web.requests import KEY, TEXT_LIMIT, clean, read_int
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.pages import back_to, render
from gongyou.web.texts import call_person, read_texts, say
from gongyou.web.threads import in_desk, read_desk
from gongyou.web.times import show_time

PAGE = "/desk/canned"
HIGHEST = 2**31 - 1

type Form = dict[str, str]


@dataclass(frozen=True)
class CannedLine:
    """One answer; `by`: who wrote it last, and when."""

    id: int
    topic: str
    topic_name: str
    title: str
    text: str
    version: int
    by: str


@permitted("canned.read")
async def show_all(request: web.Request, person: Person) -> web.Response:
    """All of them by topic, and for officers a form for a new one."""
    return await _list_page(request, person, {}, "")


@permitted("canned.change")
async def post_new(request: web.Request, person: Person) -> web.StreamResponse:
    """A new answer, once for the form's own number."""
    form, setting = await csrf.read_form(request), setting_of(request)
    wording, wrong = _read_wording(form, setting)
    if wrong:
        return await _list_page(request, person, form, wrong)
    key = form.get("key", "")
    kept = key if KEY.fullmatch(key) else csrf.new_key()
    try:
        await in_desk(request.app[DESK], _add, person, wording, kept, setting)
    except TooManyCanned as error:
        return await _list_page(request, person, form, str(error))
    return back_to(f"{PAGE}?done=saved")


@permitted("canned.change")
async def show_one(request: web.Request, person: Person) -> web.Response:
    """The form to change one, or to delete it."""
    return await _one_page(request, person, {}, "")


@permitted("canned.change")
async def post_change(request: web.Request, person: Person) -> web.StreamResponse:
    """Another wording, unless a colleague was quicker: then both are shown."""
    form, setting = await csrf.read_form(request), setting_of(request)
    wording, wrong = _read_wording(form, setting)
    if wrong:
        return await _one_page(request, person, form, wrong)
    version = read_int(form.get("version"), 0, 0, HIGHEST)
    try:
        await in_desk(
            request.app[DESK], _change, _number(request), person, wording, version, setting
        )
    except StaleCanned as error:
        return await _one_page(request, person, form, str(error), 409)
    return back_to(f"{PAGE}?done=saved")


@permitted("canned.change")
async def post_delete(request: web.Request, person: Person) -> web.StreamResponse:
    """Gone for everybody; a second time changes nothing."""
    await csrf.read_form(request)
    await in_desk(request.app[DESK], _delete, _number(request), person, setting_of(request))
    return back_to(f"{PAGE}?done=canned_deleted")


async def _list_page(request: web.Request, person: Person, typed: Form, wrong: str) -> web.Response:
    lines = await read_desk(request.app[DESK], _read_all, setting_of(request))
    by_topic: dict[str, list[CannedLine]] = {}
    for line in lines:
        by_topic.setdefault(line.topic_name, []).append(line)
    context = {**_form_context(request, typed, wrong), "groups": by_topic}
    context["may_change"] = may(person.role, "canned.change")
    return render(request, person, "desk/review/canned.html", context, 400 if wrong else 200)


async def _one_page(
    request: web.Request, person: Person, typed: Form, wrong: str, status: int = 400
) -> web.Response:
    """What was typed stays in the form; the wording as it is now stands above it."""
    try:
        line = await read_desk(request.app[DESK], _read_one, _number(request), setting_of(request))
    except Gone:
        raise NotFound("canned_gone") from None
    context = {**_form_context(request, typed or vars(line), wrong), "line": line}
    return render(request, person, "desk/review/canned_one.html", context, status if wrong else 200)


def _form_context(request: web.Request, typed: Any, wrong: str) -> dict[str, Any]:
    topics = setting_of(request).rulebook.topics
    return {
        "here": PAGE,
        "typed": typed,
        "wrong": wrong,
        "topics": {name: topic.title for name, topic in topics.items()},
        "limits": {"title": TITLE_LONGEST, "text": TEXT_LIMIT},
        "key": csrf.new_key(),
    }


def _read_wording(form: Form, setting: Setting) -> tuple[Wording, str]:
    """What was typed, and what is wrong with it: "" for nothing."""
    topic = form.get("topic", "")
    known = topic if topic in setting.rulebook.topics else ""
    wording = Wording(known, clean(form.get("title", "")), clean(form.get("text", "")))
    if not wording.title or not wording.text:
        return wording, say("canned_empty")
    for text, most in ((wording.title, TITLE_LONGEST), (wording.text, TEXT_LIMIT)):
        if len(text) > most:
            return wording, say("text_too_long", limit=most, length=len(text))
    return wording, ""


def _number(request: web.Request) -> int:
    return int(request.match_info["canned"])


def _add(session: Any, person: Person, wording: Wording, key: str, setting: Setting) -> None:
    add_canned(session, person, wording, key, setting.now)


def _change(
    session: Any, number: int, person: Person, wording: Wording, version: int, setting: Setting
) -> None:
    change_canned(session, number, person, wording, version, setting.now)


def _delete(session: Any, number: int, person: Person, setting: Setting) -> None:
    delete_canned(session, number, person, setting.now)


def _read_all(session: Any, setting: Setting) -> list[CannedLine]:
    return _lines(session, fetch_canned(session), setting)


def _read_one(session: Any, number: int, setting: Setting) -> CannedLine:
    return _lines(session, [get_canned(session, number)], setting)[0]


def _lines(session: Any, found: Any, setting: Setting) -> list[CannedLine]:
    people = fetch_people(session, (one.person_id for one in found))
    return [_line(one, people[one.person_id], setting) for one in found]


def _line(one: CannedAnswer, person: Person, setting: Setting) -> CannedLine:
    any_topic = str(read_texts()["canned_any_topic"])
    return CannedLine(
        id=one.id,
        topic=one.topic,
        topic_name=setting.names.topic(one.topic) if one.topic else any_topic,
        title=one.title,
        text=one.text,
        version=one.version,
        by=f"{call_person(person.role, person.name)} {show_time(one.changed_at)}",
    )
