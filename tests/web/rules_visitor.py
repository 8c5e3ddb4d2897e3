"""What a visitor of the rules does, without JavaScript: reads, follows links, fills forms."""

import re
from html import unescape
from typing import Any

from aiohttp.test_utils import TestClient

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
ASKED = re.compile(r'name="asked" value="(\w+)"')


class RulesVisitor:
    """One visitor's browser; `html` and `status` are those of the page on the screen."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self.client = client
        self.html, self.status, self.address = "", 0, ""

    async def open(self, path: str, **query: str) -> str:
        """The page as a person reads it."""
        self.address = path
        return await self._show(await self.client.get(path, params=query))

    async def answer(self, text: str) -> str:
        """Type an answer and go on."""
        return await self._send('name="asked"', answer=text)

    async def choose(self, value: str) -> str:
        """Press one of the buttons under the question."""
        return await self._send('name="asked"', choice=value)

    async def change(self, fact: str) -> str:
        """Press 「改」 or 「补上」 beside a fact."""
        return await self._send(f'name="change" value="{fact}"', change=fact)

    async def keep(self) -> str:
        """Press 「不改了」."""
        return await self._send('name="keep"', keep="yes")

    async def switch_day(self, day: str) -> str:
        return await self._send("哪天的规定", on=day)

    async def tell(self, **facts: str) -> str:
        """Answer every question from these facts until there is none left that they answer."""
        shown = self.text
        while self.asked in facts:
            shown = await self.answer(facts.pop(self.asked))
        return shown

    @property
    def asked(self) -> str:
        """The fact being asked; "" on any other page."""
        found = ASKED.search(self.html)
        return found[1] if found else ""

    @property
    def text(self) -> str:
        """The page's words, without its marks."""
        body = re.sub(r"<(head|datalist).*?</\1>", "", self.html, flags=re.S)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).strip()

    def form(self, mark: str) -> dict[str, str]:
        """The hidden fields of the form that holds `mark`."""
        forms = re.findall(r"<form.*?</form>", self.html, flags=re.S)
        holding = next(form for form in forms if mark in form)
        return {name: unescape(value) for name, value in HIDDEN.findall(holding)}

    async def _send(self, mark: str, **fields: str) -> str:
        return await self._show(await self.client.post(self.address, data=self.form(mark) | fields))

    async def _show(self, response: Any) -> str:
        self.status, self.html = response.status, await response.text()
        self.headers = response.headers
        return self.text
