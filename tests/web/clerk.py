"""The hotline's clerk at the desk, without the pictures."""

import asyncio
import html
import re
from collections.abc import Callable

from aiohttp import ClientResponse

from tests.web.browser import KEY, TOKEN, StaffBrowser, first, post_form

CALLS = "/desk/calls"
QUESTION = "厂里9月1号停工到现在，一分钱没发"
PRESSED = re.compile(
    r'name="key" value="([^"]+)"><input type="hidden" name="message" value="(\d+)">(.*?)</form>',
    re.DOTALL,
)
BUTTON = re.compile(r'name="index" value="(\d+)">([^<]*)<')


class Clerk:
    """Does what a clerk does with one call after another; `path` is the call in hand."""

    def __init__(self, browser: StaffBrowser) -> None:
        self.browser, self.path = browser, ""

    async def start(self, text: str = QUESTION, **fields: str) -> ClientResponse:
        """A new call; its reply is waited for."""
        response = await self.post("", CALLS, text=text, **fields)
        if response.status == 303:
            self.path = response.headers["Location"]
            await self.until(lambda page: "请稍等" not in page)
        return response

    async def say(self, text: str) -> ClientResponse:
        response = await self.post("/say", text=text)
        await self.until(lambda page: "请稍等" not in page)
        return response

    async def press(self, title: str) -> ClientResponse:
        """Press a choice of the caller's."""
        page = await self.page()
        for key, message, buttons in PRESSED.findall(page):
            for index, shown in BUTTON.findall(buttons):
                if shown == title:
                    return await self.post("/press", key=key, message=message, index=index)
        raise AssertionError(f"no button {title}")

    async def post(self, step: str, page: str = "", **fields: str) -> ClientResponse:
        """Send a form of the call's page, or of `page`."""
        page = page or self.path
        path = f"{self.path}{step}" if step else page
        return await post_form(self.browser.client, path, fields, page)

    async def again(self, path: str, **fields: str) -> list[ClientResponse]:
        """The very same form twice."""
        page = (await self.browser.page(CALLS))[1]
        sent = {"form_token": first(TOKEN, page), "key": first(KEY, page)} | fields
        client = self.browser.client
        return [await client.post(path, data=sent, allow_redirects=False) for _ in range(2)]

    async def page(self, step: str = "") -> str:
        """The call's page as text, or one below it."""
        return html.unescape((await self.browser.page(self.path + step))[1])

    async def until(self, wanted: Callable[[str], bool]) -> str:
        """The call's page as soon as it is as wanted; five seconds at most."""
        async with asyncio.timeout(5):
            while not wanted(page := await self.page("?auto")):
                await asyncio.sleep(0.01)
        return page

    async def call_officer(self, contact: str = "") -> ClientResponse:
        page = f"{self.path}/person"
        return await self.post("/person", page, contact=contact, consent="yes")
