"""The worker's open chat: its stream, that they type, how far they have got."""

from typing import Any

from aiohttp import web

from gongyou.desk.chat.conversations import fetch_conversation
from gongyou.desk.chat.marks import fetch_reached, raise_marks
from gongyou.web import cookies
from gongyou.web.cookies import CHAT
from gongyou.web.errors import NotFound
from gongyou.web.keys import CLOCK, DESK, NOTIFIER, TYPISTS
from gongyou.web.live.follow import News, follow
from gongyou.web.live.stream import HIGHEST_ID
from gongyou.web.requests import read_int, read_json
from gongyou.web.texts import read_texts
from gongyou.web.threads import in_desk, read_desk
from gongyou.web.worker.chat import messages
from gongyou.web.worker.chat.messages import read_page, state_of


async def get_events(request: web.Request) -> web.StreamResponse:
    """What is new in the chat; it ends when the browser's key opens the chat no more."""
    desk, token = request.app[DESK], cookies.read(request, CHAT)
    chat = await _chat(request)

    async def look(after: int) -> News | None:
        page = await read_desk(desk, read_page, token, after)
        if page is None:
            return None
        lines = [(int(view["id"]), view) for view in page.messages]
        has_more = len(lines) >= messages.MOST_AT_ONCE
        return News(lines, state_of(request.app, page), has_more)

    return await follow(request, look, [chat], [f"worker {chat}"])


async def post_typing(request: web.Request) -> web.Response:
    """The worker types to a person; what, nobody is told."""
    await read_json(request)
    chat, now = await _chat(request, "person"), request.app[CLOCK]()
    who = str(read_texts()["speakers"]["worker"])
    if request.app[TYPISTS].note(chat, "worker", who, now):
        request.app[NOTIFIER].notify(chat)
    return web.json_response({})


async def post_seen(request: web.Request) -> web.Response:
    """Up to which messages the page has received, and the worker has had before their eyes."""
    body = await read_json(request)
    await raise_seen(request, await _chat(request), "worker", body)
    return web.json_response({})


async def raise_seen(request: web.Request, chat: str, side: Any, body: dict[str, Any]) -> None:
    """Writes only what is news: most pages say the same again."""
    delivered = read_int(body.get("delivered"), 0, 0, HIGHEST_ID)
    read = read_int(body.get("read"), 0, 0, HIGHEST_ID)
    desk = request.app[DESK]
    known = (await read_desk(desk, fetch_reached, chat))[side]
    if delivered <= known.delivered and read <= known.read:
        return
    if await in_desk(desk, raise_marks, chat, side, delivered, read):
        request.app[NOTIFIER].notify(chat)


async def _chat(request: web.Request, mode: str = "") -> str:
    """The cookie's conversation, if it is in this mode. Raises NotFound."""
    chat = await read_desk(request.app[DESK], _find, cookies.read(request, CHAT), mode)
    if chat is None:
        raise NotFound("no_conversation")
    return chat


def _find(session: Any, token: str, mode: str) -> str | None:
    found = fetch_conversation(session, token) if token else None
    if found is None or (mode and found.mode != mode):
        return None
    return found.id
