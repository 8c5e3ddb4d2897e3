"""The chat page, the receipt page, and leaving quickly."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from gongyou.clock import CHINA
from gongyou.desk.chat.conversations import add_key, fetch_conversation, forget_key
from gongyou.desk.errors import DeskError
from gongyou.desk.tickets.own import has_tickets
from gongyou.desk.tickets.reading import fetch_conversation_by_receipt
from gongyou.desk.tickets.receipts import clean_receipt
from gongyou.hotlines import read_hotlines
from gongyou.quiet import describe
from gongyou.rulebook.model.text import day_text
from gongyou.web import cookies, csrf
from gongyou.web.about import find_topic
from gongyou.web.client import address_of
from gongyou.web.cookies import CHAT, FORM, clear, set_chat
from gongyou.web.errors import TooMany
from gongyou.web.form_page import render_form
from gongyou.web.keys import CATALOGUE, CLOCK, DESK, NOTIFIER, RECEIPT_THROTTLE
from gongyou.web.requests import TEXT_LIMIT, read_json
from gongyou.web.texts import say
from gongyou.web.threads import in_desk, read_desk
from gongyou.web.worker.chat.recalling import offer_again

log = logging.getLogger(__name__)


async def show_chat(request: web.Request) -> web.Response:
    """The worker page; its scripts fetch the history. `?about=` offers to ask on a topic.

    Who was told what has been corrected since finds that offered in the chat.
    """
    await offer_again(request, cookies.read(request, CHAT))
    started, has_cases = await read_desk(request.app[DESK], _look, cookies.read(request, CHAT))
    context = {
        "started": started,
        "has_cases": has_cases,
        "limit": TEXT_LIMIT,
        "hotlines": read_hotlines("rights"),
        "about": find_topic(request.app[CATALOGUE].rulebook, request.query.get("about")),
    }
    return aiohttp_jinja2.render_template("worker/chat.html", request, context)


async def show_receipt(request: web.Request) -> web.Response:
    return _receipt_page(request, "", "", 200)


async def post_receipt(request: web.Request) -> web.Response:
    """A right code opens its conversation in this browser."""
    form = await csrf.read_form(request, FORM)
    typed = form.get("receipt", "")[:64]
    throttle, now = request.app[RECEIPT_THROTTLE], request.app[CLOCK]()
    address, digits = address_of(request), clean_receipt(typed)
    if digits is None:
        return _receipt_page(request, typed, say("receipt_shape"), 400)
    try:
        throttle.start(address, now)
    except TooMany as error:
        return _receipt_page(request, typed, error.text, 429, error.seconds)
    opened = await in_desk(request.app[DESK], _open_by_receipt, digits, now)
    if opened is None:
        return _receipt_page(request, typed, say("receipt_wrong"), 400)
    throttle.succeed(address)
    if isinstance(opened, Erased):
        day = day_text(opened.at.astimezone(CHINA).date())
        return render_form(request, "worker/receipt.html", {"erased_on": day}, 410)
    response = web.Response(status=303, headers={"Location": "/"})
    set_chat(request, response, opened)
    return response


async def post_forget(request: web.Request) -> web.Response:
    """This browser's key opens nothing any more; the desk keeps the talk, the receipt opens it."""
    await read_json(request)
    try:
        chat = await in_desk(request.app[DESK], _forget, cookies.read(request, CHAT))
        request.app[NOTIFIER].notify(chat)  # this browser's open streams end
    except DeskError as error:  # leaving goes on all the same
        log.error("a key could not be forgotten: %s", describe(error))
    response = web.json_response({})
    clear(response, CHAT)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


async def show_health(request: web.Request) -> web.Response:
    """200 while the desk can be read."""
    await read_desk(request.app[DESK], _is_known, "health")
    return web.json_response({"status": "ok"})


@dataclass(frozen=True)
class Erased:
    """A conversation whose content was deleted at the worker's own wish."""

    at: datetime


def _forget(session: Any, token: str) -> str:
    """The chat that the key opened, "" for none."""
    conversation = fetch_conversation(session, token)
    forget_key(session, token)
    return conversation.id if conversation else ""


def _is_known(session: Any, token: str | None) -> bool:
    return bool(token and fetch_conversation(session, token))


def _look(session: Any, token: str) -> tuple[bool, bool]:
    """Whether the cookie opens a chat, and whether that chat has a case."""
    conversation = fetch_conversation(session, token) if token else None
    return bool(conversation), bool(conversation and has_tickets(session, conversation.id))


def _open_by_receipt(session: Any, digits: str, now: datetime) -> str | Erased | None:
    """A new cookie for the receipt's conversation; none for one that was erased."""
    conversation = fetch_conversation_by_receipt(session, digits)
    if conversation is None:
        return None
    erased_at = conversation.erased_at
    return Erased(erased_at) if erased_at else add_key(session, conversation.id, now)


def _receipt_page(
    request: web.Request, typed: str, error: str, status: int, retry_after: int | None = None
) -> web.Response:
    values = {"typed": typed, "error": error}
    return render_form(request, "worker/receipt.html", values, status, retry_after)
