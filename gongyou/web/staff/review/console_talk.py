"""What the live page's script sends and hears: the stream, words, typing, how far it was read."""

from typing import Any

from aiohttp import web

from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.speaking import fetch_held_chat
from gongyou.web import csrf
from gongyou.web.cookies import SIGN_IN
from gongyou.web.errors import BadInput, NotFound, TooMany
from gongyou.web.keys import CLOCK, DESK, NOTIFIER, TYPISTS
from gongyou.web.live.follow import follow
from gongyou.web.live.staff_side import look_of
from gongyou.web.live.stream import read_after
from gongyou.web.live.worker_side import raise_seen
from gongyou.web.notifier import person_topic
from gongyou.web.requests import TEXT_LIMIT, clean, read_int, read_json, read_key
from gongyou.web.setting import setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases import steps
from gongyou.web.staff.cases.address import ticket_id
from gongyou.web.staff.cases.steps import Step
from gongyou.web.texts import call_person
from gongyou.web.threads import in_desk, read_desk

LONGEST_WAIT = 25  # seconds of one long-poll


@permitted("ticket.read", by_itself=True)
async def get_events(request: web.Request, person: Person) -> web.StreamResponse:
    """What is new, until the person signs out, idles out or may not read the ticket any more."""
    chat, look = await look_of(request, person, ticket_id(request))
    mine = person_topic(person.id)
    return await follow(request, look, [chat, mine], [mine, f"staff {chat}"])


@permitted("ticket.read", by_itself=True)
async def get_lines(request: web.Request, person: Person) -> web.Response:
    """The same by long-poll, where streams do not come through."""
    chat, look = await look_of(request, person, ticket_id(request))
    after, notifier = read_after(request), request.app[NOTIFIER]
    wait = read_int(request.query.get("wait"), 0, 0, LONGEST_WAIT)
    with notifier.listen(person_topic(person.id), chat) as listening:
        news = await look(after)
        if news and not news.lines and wait:
            if notifier.is_full(person_topic(person.id)):
                raise TooMany("too_many_open", seconds=wait)
            await listening.wait(wait)
            news = await look(after)
    if news is None:
        raise NotFound("ticket_missing")
    return web.json_response({"messages": [line for _, line in news.lines], "state": news.state})


@permitted("ticket.reply")
async def post_say(request: web.Request, person: Person) -> web.Response:
    """Words to the worker, once however often they are sent under one key."""
    body = await _read_body(request)
    key, text = read_key(body), _read_text(body)
    step = Step(ticket_id(request), person, key, setting_of(request))
    chat = await in_desk(request.app[DESK], steps.reply, step, text, body.get("asks") is True)
    request.app[TYPISTS].stop(chat, "staff")
    request.app[NOTIFIER].notify(chat)
    return web.json_response({"key": key}, status=202)


@permitted("ticket.reply")
async def post_typing(request: web.Request, person: Person) -> web.Response:
    """The holder types; what, nobody is told."""
    await _read_body(request)
    chat = await _held_chat(request, person)
    who, now = call_person(person.role, person.name), request.app[CLOCK]()
    if request.app[TYPISTS].note(chat, "staff", who, now):
        request.app[NOTIFIER].notify(chat)
    return web.json_response({})


@permitted("ticket.reply", by_itself=True)
async def post_seen(request: web.Request, person: Person) -> web.Response:
    """How far the holder's page, and the holder, have got. Nobody else's looking counts."""
    body = await _read_body(request)
    await raise_seen(request, await _held_chat(request, person), "staff", body)
    return web.json_response({})


async def _read_body(request: web.Request) -> dict[str, Any]:
    """JSON that carries the sign-in's token. Raises BadInput."""
    body = await read_json(request)
    csrf.check_token(request, {csrf.FIELD: str(body.get(csrf.FIELD, ""))}, SIGN_IN)
    return body


def _read_text(body: dict[str, Any]) -> str:
    text = clean(str(body.get("text", "")))
    if not text:
        raise BadInput("reply_empty")
    if len(text) > TEXT_LIMIT:
        raise BadInput("text_too_long", limit=TEXT_LIMIT, length=len(text))
    return text


async def _held_chat(request: web.Request, person: Person) -> str:
    chat = await read_desk(request.app[DESK], fetch_held_chat, ticket_id(request), person)
    if chat is None:
        raise NotFound("ticket_missing")
    return chat
