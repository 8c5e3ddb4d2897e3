"""Server-sent events: one long answer that a page reads line by line (WHATWG HTML, 9.2).

By hand and not with aiohttp-sse (well kept, Apache-2.0, 350 lines): its heartbeat is a task of its
own, and ours looks at each beat whether the page may still listen.
"""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from gongyou.web.requests import read_int

HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
SEND_SECONDS = 20.0  # a browser that takes nothing for so long is gone
HIGHEST_ID = 2**53


class EventStream:
    """Events to one page. Sending raises ConnectionError when the page is gone."""

    def __init__(self, request: web.Request) -> None:
        self._request = request
        self.response = web.StreamResponse(headers=HEADERS)

    async def open(self) -> None:
        await self.response.prepare(self._request)

    async def send(self, event: str, data: Mapping[str, Any], number: int | None = None) -> None:
        """One event; JSON has no line breaks, so it is one line of data.

        `number` becomes the id that a reconnecting browser sends back.
        """
        head = "" if number is None else f"id: {number}\n"
        body = json.dumps(data, ensure_ascii=False)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self.response.write(f"{head}event: {event}\ndata: {body}\n\n".encode())
        except TimeoutError:
            if self._request.transport is not None:
                self._request.transport.abort()
            raise ConnectionResetError("the page takes nothing") from None


def read_after(request: web.Request) -> int:
    """The last number the page has: of a reconnecting browser, else out of the address."""
    asked = request.headers.get("Last-Event-ID", request.query.get("after"))
    return read_int(asked, 0, 0, HIGHEST_ID)
