"""The chat page, the receipt page, and leaving quickly."""

import logging
from datetime import datetime
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from gongyou.desk.conversations import add_key, fetch_conversation, forget_key
from gongyou.desk.errors import DeskError
from gongyou.desk.receipts import clean_receipt
from gongyou.desk.tickets import fetch_conversation_by_receipt
from gongyou.hotlines import read_hotlines
from gongyou.quiet import describe
from gongyou.web import cookies, csrf
from gongyou.web.about import find_topic
from gongyou.web.client import address_of
from gongyou.web.cookies import CHAT, FORM, clear, set_chat
from gongyou.web.errors import TooMany
from gongyou.web.form_page import render_form
from gongyou.web.keys import CATALOGUE, CLOCK, DESK, RECEIPT_THROTTLE
from gongyou.web.requests import TEXT_LIMIT, read_json
from gongyou.web.texts import say
from gongyou.web.threads import in_desk, read_desk

log = logging.getLogger(__name__)


async def show_chat(request: web.Request) -> web.Response:
    """The worker page; its scripts fetch the history. `?about=` offers to ask on a topic."""
    started = await read_desk(request.app[DESK], _is_known, cookies.read(request, CHAT))
    context = {
        "started": started,
        "limit": TEXT_LIMIT,
        "hotlines": read_hotlines("rights"),
        "about": find_topic(request.app[CATALOGUE].rulebook, request.query.get("about")),
    }
    return aiohttp_jinja2.render_template("worker.html", request, context)


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
    token = await in_desk(request.app[DESK], _open_by_receipt, digits, now)
    if token is None:
        return _receipt_page(request, typed, say("receipt_wrong"), 400)
    throttle.succeed(address)
    response = web.Response(status=303, headers={"Location": "/"})
    set_chat(request, response, token)
    return response


async def post_forget(request: web.Request) -> web.Response:
    """This browser's key opens nothing any more; the desk keeps the talk, the receipt opens it."""
    await read_json(request)
    try:
        await in_desk(request.app[DESK], forget_key, cookies.read(request, CHAT))
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


def _is_known(session: Any, token: str | None) -> bool:
    return bool(token and fetch_conversation(session, token))


def _open_by_receipt(session: Any, digits: str, now: datetime) -> str | None:
    """A new cookie for the receipt's conversation."""
    conversation = fetch_conversation_by_receipt(session, digits)
    return add_key(session, conversation.id, now) if conversation else None


def _receipt_page(
    request: web.Request, typed: str, error: str, status: int, retry_after: int | None = None
) -> web.Response:
    values = {"typed": typed, "error": error}
    return render_form(request, "receipt.html", values, status, retry_after)
