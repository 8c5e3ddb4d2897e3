"""An open page as its event stream reaches it, and the people of a live conversation."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from tests.web.browser import TOKEN, StaffBrowser, first

PATIENCE = 5  # seconds
LIVE = "/desk/tickets/1/live"


@dataclass(frozen=True)
class Event:
    """One event; `number` is its id, None for one without."""

    name: str
    data: dict[str, Any]
    number: int | None


@dataclass
class Page:
    """What came over one stream so far."""

    response: ClientResponse
    came: list[Event] = field(default_factory=list)

    async def next(self) -> Event | None:
        """The next event; None when the stream has ended."""
        name, data, number = "", "", None
        async with asyncio.timeout(PATIENCE):
            while line := (await self.response.content.readline()).decode().rstrip("\n"):
                key, _, value = line.partition(": ")
                match key:
                    case "event":
                        name = value
                    case "data":
                        data = value
                    case "id":
                        number = int(value)
        if not name:
            return None
        self.came.append(Event(name, json.loads(data), number))
        return self.came[-1]

    async def until(self, name: str, **wanted: Any) -> dict[str, Any]:
        """The next event of this name whose data has these values."""
        while event := await self.next():
            if event.name == name and all(event.data.get(k) == v for k, v in wanted.items()):
                return event.data
        raise AssertionError(f"the stream ended without {name} {wanted}")

    async def state(self, **wanted: Any) -> dict[str, Any]:
        return await self.until("state", **wanted)

    async def ends(self) -> str:
        """Why the stream ended."""
        why = str((await self.until("over"))["why"])
        assert await self.next() is None
        return why

    @property
    def numbers(self) -> list[int]:
        return [event.number for event in self.came if event.number is not None]

    @property
    def texts(self) -> list[str]:
        return [event.data["text"] for event in self.came if event.name == "message"]


@asynccontextmanager
async def open_stream(
    client: TestClient[Any, Any], path: str, **headers: str
) -> AsyncIterator[Page]:
    async with client.get(path, headers=headers) as response:
        assert response.status == 200, await response.text()
        assert response.content_type == "text/event-stream"
        yield Page(response)


def worker_stream(client: TestClient[Any, Any], after: int = 0, **headers: str) -> Any:
    return open_stream(client, f"/api/live?after={after}", **headers)


def desk_stream(officer: StaffBrowser, after: int = 0) -> Any:
    return open_stream(officer.client, f"{LIVE}/events?after={after}")


@dataclass
class Console:
    """The live page of ticket 1 in somebody's browser, without the pictures."""

    staff: StaffBrowser

    async def html(self, query: str = "") -> str:
        return (await self.staff.page(LIVE + query))[1]

    async def press(self, step: str) -> ClientResponse:
        """A form of the page."""
        return await self.staff.step(1, f"live/{step}", page=LIVE)

    async def send(self, what: str, **body: Any) -> ClientResponse:
        """What the page's script posts."""
        token = first(TOKEN, await self.html())
        return await self.staff.client.post(f"{LIVE}/{what}", json={"form_token": token} | body)

    async def say(self, text: str, key: str = "key-1", **more: Any) -> ClientResponse:
        return await self.send("say", text=text, key=key, **more)


async def wait_for(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0)
