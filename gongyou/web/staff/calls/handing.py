"""From a call to a person: consent read out and asked for, a number only to be rung back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from aiohttp import web

from gongyou.desk.calls.calls import get_call, go_on
from gongyou.desk.calls.handing import call_officer, tell_who
from gongyou.desk.chat.messages import fetch_messages, write_message
from gongyou.desk.people.accounts import Person
from gongyou.web import csrf
from gongyou.web.errors import BadInput
from gongyou.web.keys import ASKER, CLOCK, DESK, NOTIFIER
from gongyou.web.receipts import ticket_card
from gongyou.web.record import read_ask
from gongyou.web.requests import clean
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.calls.address import LIST, call_id, call_path
from gongyou.web.staff.calls.forms import chat_of, read_key
from gongyou.web.staff.calls.pages import NOTHING, Typed, read_call_view
from gongyou.web.staff.calls.view import CallView, told_so_far, unsent_sheet
from gongyou.web.staff.pages import back_to, render
from gongyou.web.texts import say
from gongyou.web.threads import in_desk, read_desk
from gongyou.web.worker.chat import tickets
from gongyou.web.worker.chat.sending import Sent

NUMBER: Final = re.compile(r"[\d+()\-— 转,，]{5,40}")
LEAST_DIGITS: Final = 5
FIND_LAWYER: Final = "/find_lawyer"

type Form = Mapping[str, str]


@dataclass(frozen=True)
class Agreed:
    """What the caller said to being handed over; `contact` is "" when no call-back is wanted."""

    contact: str


@permitted("call.hand_over")
async def show_person(request: web.Request, person: Person) -> web.Response:
    """What to read out before officers get the call."""
    return await _page(request, person, "person")


@permitted("call.hand_over")
async def post_person(request: web.Request, person: Person) -> web.StreamResponse:
    """To the officers, with the receipt to read out."""
    form = await csrf.read_form(request)
    try:
        agreed = read_agreed(form)
    except BadInput as error:
        return await _page(request, person, "person", form, error.fields)
    work = (call_id(request), person, agreed, request.app[CLOCK]())
    request.app[NOTIFIER].notify(await in_desk(request.app[DESK], _hand_over, *work))
    return back_to(call_path(call_id(request)))


@permitted("call.hand_over")
async def post_sheet(request: web.Request, person: Person) -> web.StreamResponse:
    """Ask the bot for the facts sheet that a lawyer needs, unless one waits to be sent."""
    form = await csrf.read_form(request)
    work = (call_id(request), person, read_key(dict(form)), request.app[CLOCK]())
    sent = await in_desk(request.app[DESK], _ask_for_sheet, *work)
    if sent.ask is not None:
        request.app[ASKER].put(sent.ask)
    request.app[NOTIFIER].notify(sent.conversation_id)
    return back_to(f"{call_path(call_id(request))}/lawyer")


@permitted("call.hand_over")
async def show_lawyer(request: web.Request, person: Person) -> web.Response:
    """The facts sheet to check aloud, and what to read out before a lawyer gets it."""
    return await _page(request, person, "lawyer")


@permitted("call.hand_over")
async def post_lawyer(request: web.Request, person: Person) -> web.StreamResponse:
    """To a lawyer, with the receipt to read out."""
    form = await csrf.read_form(request)
    try:
        agreed = read_agreed(form)
        work = (call_id(request), person, form, agreed, setting_of(request))
        chat = await in_desk(request.app[DESK], _send_sheet, *work)
    except BadInput as error:
        return await _page(request, person, "lawyer", form, error.fields or {"form": error.text})
    request.app[NOTIFIER].notify(chat)
    return back_to(call_path(call_id(request)))


async def _page(
    request: web.Request, person: Person, whom: str, typed: Typed = NOTHING, errors: Typed = NOTHING
) -> web.Response:
    view: CallView = await read_call_view(request, person)
    sheet = await read_desk(request.app[DESK], _sheet, view.id, person, request.app[CLOCK]())
    context = {
        "here": LIST,
        "call": view,
        "path": call_path(view.id),
        "sheet": sheet,
        "form": {"typed": typed, "errors": errors},
        "key": csrf.new_key(),
    }
    template = f"desk/calls/{whom}.html"
    return render(request, person, template, context, 400 if errors else 200)


def read_agreed(form: Form) -> Agreed:
    """Raises BadInput, which names each field."""
    errors: dict[str, str] = {}
    contact = clean(form.get("contact", ""))
    if form.get("consent") != "yes":
        errors["consent"] = say("call_consent")
    digits = sum(character.isdigit() for character in contact)
    if contact and not (NUMBER.fullmatch(contact) and digits >= LEAST_DIGITS):
        errors["contact"] = say("call_contact")
    if errors:
        raise BadInput("form_errors", fields=errors)
    return Agreed(contact)


def _sheet(session: Any, number: int, person: Person, now: datetime) -> Mapping[str, Any] | None:
    chat = get_call(session, number, person, now).conversation_id
    return unsent_sheet(fetch_messages(session, chat, for_worker=True))


def _hand_over(session: Any, number: int, person: Person, agreed: Agreed, now: datetime) -> str:
    """The conversation, in which the receipt stands now, once for each ticket."""
    chat = get_call(session, number, person, now).conversation_id
    summary = told_so_far(session, chat)
    opened = call_officer(session, number, person, summary=summary, contact=agreed.contact, now=now)
    card = ticket_card("handed_over", opened.receipt) | {"case": opened.ticket.id}
    write_message(
        session,
        chat,
        sender="system",
        text=card["text"],
        payload={"custom": card},
        client_key=f"call:{opened.ticket.id}",
        now=now,
    )
    return chat


def _ask_for_sheet(session: Any, number: int, person: Person, key: str, now: datetime) -> Sent:
    chat = chat_of(session, number, person, now)
    if unsent_sheet(fetch_messages(session, chat.id, for_worker=True)) is not None:
        return Sent(chat.id, 0)
    message = write_message(
        session,
        chat.id,
        sender="worker",
        text=say("call_find_lawyer"),
        payload={"pressed": FIND_LAWYER},
        client_key=key,
        state="received" if chat.mode == "bot" else "none",
        now=now,
    )
    ask = read_ask(message) if message.state == "received" else None
    return Sent(chat.id, message.id, ask=ask)


def _send_sheet(
    session: Any, number: int, person: Person, form: Form, agreed: Agreed, setting: Setting
) -> str:
    chat = go_on(session, number, person, setting.now).conversation_id
    read = tickets.read_form(
        {
            "consent": True,
            "topic": form.get("topic", ""),
            "facts": {
                name.removeprefix("fact."): value
                for name, value in form.items()
                if name.startswith("fact.")
            },
            "words": form.get("words", ""),
            "contact": agreed.contact,
            "employer": form.get("employer", ""),
            "employer_agreed": form.get("employer_agreed") == "yes",
            "key": form.get("key", ""),
        }
    )
    opened = tickets.send_sheet(session, chat, read, setting)
    tell_who(session, opened.ticket.id, person, setting.now)
    return chat
