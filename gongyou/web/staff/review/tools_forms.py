"""What the officers' tools of a case send: flag, tags, notes, for later. Then the page again."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from gongyou.desk.errors import DeskUnavailable, Refused
from gongyou.desk.people.accounts import Person
from gongyou.desk.review.flags import flag_case, unflag_case
from gongyou.desk.review.later import drop_saved, save_for_later
from gongyou.desk.review.notes import LONGEST as NOTE_LONGEST
from gongyou.desk.review.notes import write_note
from gongyou.desk.review.tags import LONGEST as TAG_LONGEST
from gongyou.desk.review.tags import add_tag, clean_tag, remove_tag
from gongyou.web import csrf
from gongyou.web.days import read_day
from gongyou.web.errors import BadInput
from gongyou.web.keys import CLOCK, DESK
from gongyou.web.requests import KEY, clean, read_int
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases.address import case_path, ticket_id
from gongyou.web.staff.cases.refusals import Typed, show_refusal
from gongyou.web.staff.pages import back_to
from gongyou.web.threads import in_desk

HIGHEST = 2**31 - 1

type Form = dict[str, str]


@permitted("ticket.flag")
async def post_flag(request: web.Request, person: Person) -> web.StreamResponse:
    """`on` is "yes" to mark the case; anything else takes the mark away."""
    form = await csrf.read_form(request)
    work = flag_case if form.get("on") == "yes" else unflag_case
    return await _do(request, person, "flag", form, work, person)


@permitted("ticket.tag")
async def post_tag(request: web.Request, person: Person) -> web.StreamResponse:
    """`tag`: a word to put on; or `off`: the number of one to take away."""
    form = await csrf.read_form(request)
    if "off" in form:
        number = read_int(form["off"], 0, 0, HIGHEST)
        return await _do(request, person, "tags", form, _untag, person, number)
    name = clean_tag(clean(form.get("tag", "")))
    typed = Typed("tag", name)
    if not name or len(name) > TAG_LONGEST:
        sentence = "tag_too_long" if name else "tag_empty"
        error = BadInput(sentence, limit=TAG_LONGEST, length=len(name))
        return await show_refusal(request, person, "tags", error, typed)
    return await _do(request, person, "tags", form, add_tag, person, name, typed=typed)


@permitted("ticket.note")
async def post_note(request: web.Request, person: Person) -> web.StreamResponse:
    """Kept once for the form's own number."""
    form = await csrf.read_form(request)
    typed = Typed("memo", clean(form.get("memo", "")))
    if not typed.text or len(typed.text) > NOTE_LONGEST:
        sentence = "text_too_long" if typed.text else "note_empty"
        error = BadInput(sentence, limit=NOTE_LONGEST, length=len(typed.text))
        return await show_refusal(request, person, "notes", error, typed)
    key = form.get("key", "")
    kept = key if KEY.fullmatch(key) else csrf.new_key()
    return await _do(
        request, person, "notes", form, write_note, person, typed.text, kept, typed=typed
    )


@permitted("ticket.save")
async def post_later(request: web.Request, person: Person) -> web.StreamResponse:
    """Put aside until the day in `until`, or without one; `off` takes it from the list."""
    form = await csrf.read_form(request)
    if "off" in form:
        return await _do(request, person, "later", form, drop_saved, person)
    day = read_day(form.get("until", ""))
    return await _do(request, person, "later", form, save_for_later, person, day)


async def _do(
    request: web.Request,
    person: Person,
    step: str,
    form: Form,
    work: Callable[..., Any],
    *args: Any,
    typed: Typed | None = None,
) -> web.StreamResponse:
    """The step, and back to the page the form stood on: the case, or its live conversation."""
    number, now = ticket_id(request), request.app[CLOCK]()
    try:
        await in_desk(request.app[DESK], _run, work, number, *args, now)
    except (Refused, DeskUnavailable) as error:
        return await show_refusal(request, person, step, error, typed)
    live = "/live" if form.get("back") == "live" else ""
    return back_to(f"{case_path(number)}{live}#tools")


def _run(session: Any, work: Callable[..., Any], *args: Any) -> None:
    """Nothing comes back: a row would be of no use once its session is over."""
    work(session, *args)


def _untag(session: Any, ticket: int, person: Person, tag: int, now: Any) -> None:
    remove_tag(session, ticket, tag, person, now)
