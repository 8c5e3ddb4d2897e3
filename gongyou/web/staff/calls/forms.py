"""What the clerk does in a call: start it, type the caller's words, press a choice, end it."""

from datetime import datetime
from typing import Any

from aiohttp import web

from gongyou.desk.calls.calls import end_call, speak, start_call
from gongyou.desk.chat.conversations import Conversation
from gongyou.desk.chat.messages import fetch_button
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import EVERYWHERE
from gongyou.rulebook import Rulebook
from gongyou.web import csrf
from gongyou.web.errors import BadInput
from gongyou.web.keys import ASKER, CATALOGUE, CLOCK, DESK, NOTIFIER
from gongyou.web.requests import KEY, TEXT_LIMIT, clean, read_int, strip_commands
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.accounts.fields import FieldError, read_regions
from gongyou.web.staff.calls.address import LIST, call_id, call_path
from gongyou.web.staff.calls.pages import call_page, list_page
from gongyou.web.staff.calls.view import OWN_DOORS
from gongyou.web.staff.pages import back_to
from gongyou.web.texts import say
from gongyou.web.threads import in_desk
from gongyou.web.worker.chat.sending import Sent, put_button, put_text

HIGHEST = 2**31 - 1

type Form = dict[str, str]


@permitted("call.start")
async def post_start(request: web.Request, person: Person) -> web.StreamResponse:
    """The caller's first question; a form sent twice is one call."""
    form = await csrf.read_form(request)
    region, errors = EVERYWHERE, dict[str, str]()
    try:
        region = _read_region(form, request)
    except FieldError as error:
        errors["region"] = str(error)
    try:
        text = read_words(form)
    except BadInput as error:
        errors["text"] = error.text
    if errors:
        return await list_page(request, person, form, errors)
    work = (person, region, text, read_key(form), setting_of(request))
    number, sent = await in_desk(request.app[DESK], _start, *work)
    _ask(request, sent)
    return back_to(call_path(number))


@permitted("call.say")
async def post_say(request: web.Request, person: Person) -> web.StreamResponse:
    """What the caller says next."""
    form = await csrf.read_form(request)
    try:
        text = read_words(form)
    except BadInput as error:
        return await call_page(request, person, form, {"text": error.text})
    rulebook = request.app[CATALOGUE].rulebook
    work = (call_id(request), person, text, read_key(form), rulebook, request.app[CLOCK]())
    return await _say(request, _put_words, *work)


@permitted("call.say")
async def post_press(request: web.Request, person: Person) -> web.StreamResponse:
    """The choice that the caller made."""
    form = await csrf.read_form(request)
    message = read_int(form.get("message"), 0, 0, HIGHEST)
    index = read_int(form.get("index"), -1, -1, 100)
    work = (call_id(request), person, message, index, read_key(form), request.app[CLOCK]())
    return await _say(request, _press, *work)


@permitted("call.end")
async def post_end(request: web.Request, person: Person) -> web.StreamResponse:
    """Nothing of the call is left on the screen."""
    await csrf.read_form(request)
    await in_desk(request.app[DESK], end_call, call_id(request), person, request.app[CLOCK]())
    response = back_to(f"{LIST}?done=call_ended")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


async def _say(request: web.Request, work: Any, *args: Any) -> web.StreamResponse:
    _ask(request, await in_desk(request.app[DESK], work, *args))
    return back_to(call_path(call_id(request)))


def _ask(request: web.Request, sent: Sent) -> None:
    if sent.ask is not None:
        request.app[ASKER].put(sent.ask)
    request.app[NOTIFIER].notify(sent.conversation_id)


def read_words(form: Form) -> str:
    """The caller's words, never a command to the bot. Raises BadInput."""
    text = strip_commands(clean(form.get("text", "")))
    if not text:
        raise BadInput("call_empty")
    if len(text) > TEXT_LIMIT:
        raise BadInput("call_long", limit=TEXT_LIMIT, length=len(text))
    return text


def read_key(form: Form) -> str:
    key = form.get("key", "")
    return key if KEY.fullmatch(key) else csrf.new_key()


def _read_region(form: Form, request: web.Request) -> str:
    """One place's code, "000000" when none is given. Raises FieldError."""
    if not clean(form.get("region", "")):
        return EVERYWHERE
    codes = read_regions(form["region"], request.app[CATALOGUE].places)
    if len(codes) > 1:
        raise FieldError(say("call_one_region"))
    return codes[0]


def _start(
    session: Any, person: Person, region: str, text: str, key: str, setting: Setting
) -> tuple[int, Sent]:
    call, is_new = start_call(session, person, region, key, setting.now)
    if not is_new:
        return call.id, Sent(call.conversation_id, 0)
    if region != EVERYWHERE:
        text = say("call_said", region=setting.names.region(region), text=text)
    chat = session.get_one(Conversation, call.conversation_id)
    return call.id, put_text(session, chat, text, key, setting.rulebook, setting.now)


def _put_words(
    session: Any,
    number: int,
    person: Person,
    text: str,
    key: str,
    rulebook: Rulebook,
    now: datetime,
) -> Sent:
    return put_text(session, chat_of(session, number, person, now), text, key, rulebook, now)


def _press(
    session: Any, number: int, person: Person, message: int, index: int, key: str, now: datetime
) -> Sent:
    """Raises BadInput for a choice that the page does not offer: there the caller agrees first."""
    chat = chat_of(session, number, person, now)
    if fetch_button(session, chat.id, message, index) in OWN_DOORS:
        raise BadInput("button_gone")
    return put_button(session, chat, message, index, key, now)


def chat_of(session: Any, number: int, person: Person, now: datetime) -> Conversation:
    """The call's conversation, to write in. Raises NotFound."""
    call = speak(session, number, person, now)
    chat: Conversation = session.get_one(Conversation, call.conversation_id)
    return chat
