"""What a worker's page and the staff's browser do, without the pictures."""

import re
from collections.abc import Callable
from itertools import count
from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

type Message = dict[str, Any]

_keys = count(1)
TOKEN = re.compile(r'name="form_token" value="([0-9a-f]+)"')
KEY = re.compile(r'name="key" value="([^"]+)"')


class WorkerBrowser:
    """One worker's browser."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self.client = client

    async def post(self, text: Any, key: str | None = None) -> ClientResponse:
        return await self.send({"text": text, "key": key or f"k{next(_keys)}"})

    async def send(self, body: Any, **options: Any) -> ClientResponse:
        return await self.client.post("/api/messages", json=body, **options)

    async def say(self, text: str) -> int:
        """Send a text that is accepted; its number."""
        response = await self.post(text)
        assert response.status == 202
        return int((await response.json())["id"])

    async def press(self, message_id: Any, index: Any) -> ClientResponse:
        button = {"message": message_id, "index": index}
        return await self.send({"button": button, "key": f"k{next(_keys)}"})

    async def press_titled(self, title: str) -> ClientResponse:
        """Press the newest button of this title."""
        for message in reversed(await self.messages()):
            titles = [button["title"] for button in message["buttons"]]
            if title in titles:
                return await self.press(message["id"], titles.index(title))
        raise AssertionError(f"no button {title}")

    async def news(self, after: int = 0, wait: int = 0) -> dict[str, Any]:
        response = await self.client.get(f"/api/messages?after={after}&wait={wait}")
        assert response.status == 200
        body: dict[str, Any] = await response.json()
        return body

    async def messages(self) -> list[Message]:
        return list((await self.news())["messages"])

    async def until(self, wanted: Callable[[Message], bool], after: int = 0) -> Message:
        """The first message that is wanted; listens as the page does."""
        last = after
        for _ in range(10):
            for message in (await self.news(last, wait=2))["messages"]:
                last = message["id"]
                if wanted(message):
                    return dict(message)
        raise AssertionError("it never came")

    async def until_from(self, sender: str, after: int = 0) -> Message:
        return await self.until(lambda message: message["sender"] == sender, after)

    async def open_sheet(self) -> Message:
        """Ask, get the answer, press 找律师: the facts sheet."""
        await self.say("厂里停工了")
        await self.until(lambda message: bool(message["buttons"]))
        await self.press_titled("找律师")
        return await self.until(lambda message: kind_of(message) == "facts_sheet")

    async def send_sheet(self, **changes: Any) -> ClientResponse:
        """Send the sheet with consent; `changes` replace parts of it."""
        form = {
            "topic": "wage_shutdown",
            "facts": {"region": "河南省焦作市", "monthly_wage": "4000", "worked": "none"},
            "words": "",
            "contact": "",
            "consent": True,
            "key": "sheet-1",
        }
        return await self.client.post("/api/tickets", json=form | changes)

    async def get_receipt(self) -> str:
        """A ticket with a lawyer, and its 16 digits."""
        await self.open_sheet()
        response = await self.send_sheet()
        assert response.status == 201
        return str((await response.json())["receipt"])

    async def type_receipt(self, digits: str) -> ClientResponse:
        return await post_form(self.client, "/receipt", {"receipt": digits})


class StaffBrowser:
    """A lawyer's or officer's browser."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self.client = client

    async def sign_in(self, login: str, password: str) -> ClientResponse:
        return await post_form(self.client, "/desk/login", {"login": login, "password": password})

    async def page(self, path: str) -> tuple[int, str]:
        response = await self.client.get(path)
        return response.status, await response.text()

    async def accept(self, ticket: int) -> ClientResponse:
        """Take it, and say that nothing binds to the employer."""
        return await self.step(ticket, "accept", no_conflict="yes")

    async def close(self, ticket: int, **fields: str) -> ClientResponse:
        return await self.step(ticket, "close", **({"outcome": "advised"} | fields))

    async def step(
        self, ticket: int, step: str, page: str | None = None, **fields: str
    ) -> ClientResponse:
        """Press a button of the case; `page`: another page to take the form's token from."""
        case = f"/desk/tickets/{ticket}"
        return await post_form(self.client, f"{case}/{step}", fields, page or case)


async def post_form(
    client: TestClient[Any, Any], path: str, fields: dict[str, str], page: str | None = None
) -> ClientResponse:
    """Load the page, send its form with the hidden fields it came with."""
    html = await (await client.get(page or path)).text()
    hidden = {"form_token": first(TOKEN, html), "key": first(KEY, html)}
    return await client.post(path, data=hidden | fields, allow_redirects=False)


def first(pattern: re.Pattern[str], html: str) -> str:
    found = pattern.search(html)
    return found.group(1) if found else ""


def kind_of(message: Message) -> str | None:
    custom = message["custom"]
    return custom["kind"] if custom else None
