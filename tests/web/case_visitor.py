"""A worker's browser on the pages of their own cases."""

import io
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from aiohttp import ClientResponse, FormData

from gongyou.desk.chat.messages import Message, fetch_messages
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.lawyers import LawyerProfile
from gongyou.desk.tickets.life import accept_ticket
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.web.browser import KEY, TOKEN, WorkerBrowser, first
from tests.web.conftest import Clock


@dataclass
class CaseVisitor:
    """A worker who handed in a case, number 1 unless said otherwise."""

    worker: WorkerBrowser
    desk: Desk
    clock: Clock

    async def page(self, path: str = "/cases/1") -> tuple[int, str]:
        """Status, and the text as read: without tags."""
        response = await self.worker.client.get(path)
        return response.status, readable(await response.text())

    async def post(self, path: str, page: str, **fields: str) -> ClientResponse:
        """Send a form of a page with its hidden fields."""
        hidden = await self.hidden(page)
        return await self.worker.client.post(path, data=hidden | fields, allow_redirects=False)

    async def hidden(self, page: str = "/cases/1") -> dict[str, str]:
        html = await (await self.worker.client.get(page)).text()
        return {"form_token": first(TOKEN, html), "key": first(KEY, html)}

    async def withdraw(self, number: int = 1, **fields: str) -> ClientResponse:
        path = f"/cases/{number}/withdraw"
        return await self.post(path, path, **fields)

    async def reopen(self, number: int = 1, **fields: str) -> ClientResponse:
        path = f"/cases/{number}/reopen"
        return await self.post(path, path, **({"consent": "on"} | fields))

    async def upload(
        self,
        content: bytes,
        name: str = "工资条.jpg",
        *,
        number: int = 1,
        hidden: dict[str, str] | None = None,
    ) -> ClientResponse:
        """Send a file; with `hidden` as if from a page loaded earlier."""
        page = f"/cases/{number}"
        form = FormData(quote_fields=False)  # as browsers write a name
        for field, value in (hidden or await self.hidden(page)).items():
            form.add_field(field, value)
        form.add_field("file", io.BytesIO(content), filename=name, content_type="image/jpeg")
        path = f"{page}/files"
        return await self.worker.client.post(path, data=form, allow_redirects=False)

    async def refused(self, content: bytes, **options: Any) -> tuple[int, str]:
        """Status and text of the page that says why a file was not taken."""
        response = await self.upload(content, **options)
        return response.status, readable(await response.text())

    def ticket(self, number: int = 1) -> Ticket:
        with self.desk.reading() as session:
            ticket: Ticket = session.get_one(Ticket, number)
        return ticket

    def told(self) -> list[str]:
        """The system's lines in the chat of case 1."""
        return [m.text for m in self._messages() if m.sender == "system"]

    def _messages(self) -> list[Message]:
        with self.desk.reading() as session:
            return fetch_messages(session, self.ticket().conversation_id)

    def accept(self, person: Person, number: int = 1) -> None:
        with self.desk.transaction() as session:
            accept_ticket(session, number, session.get_one(Person, person.id), self.clock.now)


def make_reachable(desk: Desk, person: Person) -> Person:
    """A lawyer for everywhere and everything, with an address for notices."""
    with desk.transaction() as session:
        stored: Person = session.get_one(Person, person.id)
        stored.regions, stored.email = ["000000"], f"{stored.login}@example.com"
        session.add(LawyerProfile(person_id=stored.id, specialities=[], hours={}, load_limit=9))
    return stored


def readable(html: str) -> str:
    """The words of a page, in one line."""
    plain = re.sub(r"<(head|template)>.*?</\1>", "", html, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", plain))).strip()
