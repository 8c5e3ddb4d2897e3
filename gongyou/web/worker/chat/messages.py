"""POST and GET /api/messages: a worker's words go in, what is said to them comes out."""

import asyncio
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from gongyou.desk.chat.conversations import fetch_conversation
from gongyou.desk.chat.marks import Reached, fetch_reached
from gongyou.desk.chat.messages import fetch_messages
from gongyou.web import cookies
from gongyou.web.about import read_topic
from gongyou.web.client import address_of, is_this_machine
from gongyou.web.cookies import CHAT, set_chat
from gongyou.web.errors import BadInput, TooMany
from gongyou.web.keys import (
    ASKER,
    CATALOGUE,
    CLOCK,
    DESK,
    LINES,
    NEW_CHATS,
    NOTIFIER,
    PERSON_WORDS,
    TYPISTS,
)
from gongyou.web.requests import read_int, read_json, read_key, read_text
from gongyou.web.threads import in_desk, read_desk
from gongyou.web.worker.chat.recalling import offer_again
from gongyou.web.worker.chat.sending import Sent, ask_about, press_button, send_text
from gongyou.web.worker.chat.views import View, show_messages

LONGEST_WAIT = 25  # seconds of one long-poll
HIGHEST_ID = 2**53
MOST_AT_ONCE = 200  # messages of one answer; the page asks on from the last


async def post_message(request: web.Request) -> web.Response:
    """Store first, then ask: 202 with the number under which the message is safe."""
    body = await read_json(request)
    async with _line_of(request):
        sent = await _store(request, body)
        if sent.ask is not None:
            request.app[ASKER].put(sent.ask)
    await offer_again(request, sent.cookie or cookies.read(request, CHAT))
    request.app[TYPISTS].stop(sent.conversation_id, "worker")
    request.app[NOTIFIER].notify(sent.conversation_id)
    response = web.json_response({"id": sent.message_id}, status=202)
    if sent.cookie:
        set_chat(request, response, sent.cookie)
    return response


def _line_of(request: web.Request) -> asyncio.Lock:
    """Words of one chat are stored one after another, so each sees how many wait before it."""
    token, line = cookies.read(request, CHAT), asyncio.Lock()
    return request.app[LINES].setdefault(token, line) if token else line


async def _store(request: web.Request, body: dict[str, Any]) -> Sent:
    desk, token, now = request.app[DESK], cookies.read(request, CHAT), request.app[CLOCK]()
    key = read_key(body)
    await _check_room(request, token)
    if "button" in body:
        message_id, index = _read_button(body["button"])
        return await in_desk(desk, press_button, token, message_id, index, key, now)
    rulebook = request.app[CATALOGUE].rulebook
    if "about" in body:
        topic = read_topic(rulebook, body["about"])
        return await in_desk(desk, ask_about, token, topic, key, rulebook, now)
    return await in_desk(desk, send_text, token, read_text(body), key, rulebook, now)


async def _check_room(request: web.Request, token: str) -> None:
    """Raise TooMany for a chat with too many words, or an address with too many new chats."""
    now, address = request.app[CLOCK](), address_of(request)
    match await read_desk(request.app[DESK], _find, token):
        case None if not is_this_machine(address):
            request.app[NEW_CHATS].take(address, now)
        case (conversation_id, "person"):
            request.app[PERSON_WORDS].take(conversation_id, now)
        case (conversation_id, _) if request.app[ASKER].is_full(conversation_id):
            raise TooMany("too_many_waiting", seconds=5)


def _read_button(button: Any) -> tuple[int, int]:
    if not isinstance(button, dict):
        raise BadInput("button_gone")
    message_id, index = button.get("message"), button.get("index")
    if type(message_id) is not int or type(index) is not int or not 0 < message_id < HIGHEST_ID:
        raise BadInput("button_gone")
    return message_id, index


async def get_messages(request: web.Request) -> web.Response:
    """What is new after a number; waits up to `wait` seconds for something to come."""
    after = read_int(request.query.get("after"), 0, 0, HIGHEST_ID)
    wait = read_int(request.query.get("wait"), 0, 0, LONGEST_WAIT)
    desk, token = request.app[DESK], cookies.read(request, CHAT)
    page = await read_desk(desk, read_page, token, after)
    if page is None:
        return web.json_response({"messages": [], "waiting": False, "mode": "none"})
    if not page.messages and wait:
        if request.app[NOTIFIER].is_full(page.conversation_id):
            raise TooMany("too_many_open", seconds=wait)
        with request.app[NOTIFIER].listen(page.conversation_id) as listening:
            page = await read_desk(desk, read_page, token, after) or page
            if not page.messages:
                await listening.wait(wait)
                page = await read_desk(desk, read_page, token, after) or page
    return web.json_response({"messages": page.messages, **state_of(request.app, page)})


@dataclass(frozen=True)
class Page:
    """A conversation's news; `reached`: how far the desk's side has read."""

    conversation_id: str
    mode: str
    messages: list[View]
    reached: Reached


def read_page(session: Any, token: str, after: int) -> Page | None:
    """None for a cookie that opens nothing."""
    conversation = fetch_conversation(session, token) if token else None
    if conversation is None:
        return None
    messages = fetch_messages(session, conversation.id, after, MOST_AT_ONCE, for_worker=True)
    reached = fetch_reached(session, conversation.id)["staff"]
    views = show_messages(session, conversation.id, messages)
    return Page(conversation.id, conversation.mode, views, reached)


def state_of(app: web.Application, page: Page) -> dict[str, Any]:
    """Who answers; whether the bot thinks; who types; how far the other side has read."""
    with_person = page.mode == "person"
    typing = app[TYPISTS].show(page.conversation_id, "staff", app[CLOCK]())
    return {
        "mode": page.mode,
        "waiting": not with_person and app[ASKER].is_waiting(page.conversation_id),
        "typing": typing if with_person else None,
        "marks": {"delivered": page.reached.delivered, "read": page.reached.read},
    }


def _find(session: Any, token: str) -> tuple[str, str] | None:
    """The conversation and who answers in it."""
    conversation = fetch_conversation(session, token) if token else None
    return (conversation.id, conversation.mode) if conversation else None
