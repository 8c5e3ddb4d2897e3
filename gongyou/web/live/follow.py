"""Tells one open page what is new until it may not listen any more: nothing lost or doubled."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from gongyou.desk.errors import DeskError
from gongyou.quiet import describe
from gongyou.web.keys import NOTIFIER, SEATS
from gongyou.web.live.seats import Seat
from gongyou.web.live.stream import EventStream, read_after
from gongyou.web.notifier import Listening

BEAT = 15.0  # seconds; a page that hears nothing for longer connects anew

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class News:
    """`lines`: number and content of each message after the last one shown; `state`: all else."""

    lines: Sequence[tuple[int, Mapping[str, Any]]]
    state: Mapping[str, Any]
    has_more: bool = False


type Look = Callable[[int], Awaitable[News | None]]


async def follow(
    request: web.Request, look: Look, topics: Sequence[str], seats: Sequence[str]
) -> web.StreamResponse:
    """Events "message" (with its number as id), "state", "beat", and "over" with why it ended.

    `look` gives what came after a number, None once the page may not listen; it is asked whenever
    one of the `topics` is notified, and at every beat.
    """
    app, stream = request.app, EventStream(request)
    with (
        app[NOTIFIER].listen(*topics, is_stream=True) as listening,
        app[SEATS].take(seats, listening.wake) as seat,
    ):
        try:
            await stream.open()
            why = await _tell(request, stream, look, listening, seat)
            await stream.send("over", {"why": why})
        except ConnectionError:
            pass  # the page is gone; it comes back with the last number it has
    return stream.response


async def _tell(
    request: web.Request, stream: EventStream, look: Look, listening: Listening, seat: Seat
) -> str:
    """Why it ended: the page may not listen (closed), was one too many, or is to come again."""
    after, shown = read_after(request), None
    while not request.app[NOTIFIER].is_closed:
        listening.clear()
        if seat.is_lost:
            return "crowded"
        try:
            news = await look(after)
        except DeskError as error:
            log.error("a stream could not look: %s", describe(error))
            return "again"
        if news is None:
            return "closed"
        for number, line in news.lines:
            await stream.send("message", line, number)
            after = number
        if news.state != shown:
            shown = news.state
            await stream.send("state", shown)
        if not news.has_more and not await listening.wait(BEAT):
            await stream.send("beat", {})
    return "again"
