"""The steps of a case as its forms post them, each done once however often it is sent."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from gongyou.desk.errors import DeskUnavailable, Refused
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.moves import read_outcomes
from gongyou.web import csrf
from gongyou.web.errors import BadInput
from gongyou.web.keys import DESK, NOTIFIER
from gongyou.web.requests import KEY, TEXT_LIMIT, clean
from gongyou.web.setting import setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases import steps
from gongyou.web.staff.cases.address import case_path, ticket_id
from gongyou.web.staff.cases.refusals import Typed, show_refusal
from gongyou.web.staff.cases.steps import Step
from gongyou.web.staff.pages import back_to
from gongyou.web.threads import in_desk

LIMITS = {"text": TEXT_LIMIT, "note": 500, "reason": 500}  # characters

type Form = dict[str, str]


@permitted("ticket.accept")
async def post_accept(request: web.Request, person: Person) -> web.StreamResponse:
    form = await csrf.read_form(request)
    no_conflict = person.role != "lawyer" or form.get("no_conflict") == "yes"
    return await _do(request, person, "accept", form, None, steps.accept, no_conflict)


@permitted("ticket.decline")
async def post_decline(request: web.Request, person: Person) -> web.StreamResponse:
    """Back to the queue: the case is not this lawyer's to read any more."""
    form = await csrf.read_form(request)
    typed, bound = _typed(form, "note"), form.get("conflict") == "yes"
    done = "conflict_kept" if bound else "declined"
    return await _do(
        request,
        person,
        "decline",
        form,
        typed,
        steps.decline,
        typed.text,
        bound,
        path=f"/desk?done={done}",
    )


@permitted("ticket.reply")
async def post_reply(request: web.Request, person: Person) -> web.StreamResponse:
    form = await csrf.read_form(request)
    return await _say(request, person, "reply", form, asks=False)


@permitted("ticket.ask")
async def post_ask(request: web.Request, person: Person) -> web.StreamResponse:
    """As a reply, and the case waits for the worker."""
    form = await csrf.read_form(request)
    return await _say(request, person, "ask", form, asks=True)


@permitted("ticket.transfer")
async def post_transfer(request: web.Request, person: Person) -> web.StreamResponse:
    form = await csrf.read_form(request)
    typed = _typed(form, "reason")
    if not typed.text:
        return await show_refusal(request, person, "transfer", BadInput("reason_empty"))
    return await _do(
        request,
        person,
        "transfer",
        form,
        typed,
        steps.transfer,
        typed.text,
        path="/desk?done=transferred",
    )


@permitted("ticket.close")
async def post_close(request: web.Request, person: Person) -> web.StreamResponse:
    form = await csrf.read_form(request)
    typed, outcome = _typed(form, "note"), form.get("outcome", "")
    if outcome not in read_outcomes():
        return await show_refusal(request, person, "", BadInput("outcome_missing"), typed)
    return await _do(request, person, "close", form, typed, steps.close, outcome, typed.text)


@permitted("ticket.reopen")
async def post_reopen(request: web.Request, person: Person) -> web.StreamResponse:
    """With words that came too late for the closed case, they are sent as well."""
    form = await csrf.read_form(request)
    typed = _typed(form, "text")
    return await _do(request, person, "reopen", form, typed, steps.reopen, typed.text)


async def _say(
    request: web.Request, person: Person, step: str, form: Form, *, asks: bool
) -> web.StreamResponse:
    typed = _typed(form, "text")
    if not typed.text:
        return await show_refusal(request, person, step, BadInput("reply_empty"))
    return await _do(request, person, step, form, typed, steps.reply, typed.text, asks)


async def _do(
    request: web.Request,
    person: Person,
    name: str,
    form: Form,
    typed: Typed | None,
    work: Callable[..., str],
    *args: Any,
    path: str = "",
) -> web.StreamResponse:
    """The step in one transaction; the worker's open page hears of it at once."""
    step = Step(ticket_id(request), person, _key(form), setting_of(request))
    try:
        _check_length(typed)
        conversation_id = await in_desk(request.app[DESK], work, step, *args)
    except (Refused, DeskUnavailable, BadInput) as error:
        return await show_refusal(request, person, name, error, typed)
    request.app[NOTIFIER].notify(conversation_id)
    return back_to(path or case_path(step.ticket_id))


def _key(form: Form) -> str:
    """The form's own number; a new one for a form that lost it."""
    key = form.get("key", "")
    return key if KEY.fullmatch(key) else csrf.new_key()


def _typed(form: Form, name: str) -> Typed:
    return Typed(name, clean(form.get(name, "")))


def _check_length(typed: Typed | None) -> None:
    """Raises BadInput."""
    if typed and len(typed.text) > LIMITS[typed.name]:
        raise BadInput("text_too_long", limit=LIMITS[typed.name], length=len(typed.text))
