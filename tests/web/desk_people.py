"""People of every role, signed in without typing a password."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from aiohttp.test_utils import TestClient
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import Role
from gongyou.desk.people.sign_ins import open_sign_in
from gongyou.web.cookies import SIGN_IN
from gongyou.wiring import Desk
from tests.fixtures import add_person
from tests.web.browser import StaffBrowser, post_form

type OpenBrowser = Callable[[], TestClient[Any, Any]]

NAMES: Mapping[Role, str] = {
    "lawyer": "李律师",
    "officer": "赵干部",
    "editor": "吴维护",
    "auditor": "周审计",
    "admin": "孙管理",
    "hotline": "何话务",
}


class DeskPeople:
    """Makes accounts, and browsers signed in with them."""

    def __init__(
        self,
        desk: Desk,
        password_hash: str,
        clock: Callable[[], datetime],
        open_browser: OpenBrowser,
    ) -> None:
        self._desk, self._password_hash, self._clock = desk, password_hash, clock
        self._open_browser = open_browser

    def add(self, role: Role, login: str | None = None) -> Person:
        return add_person(self._desk, self._password_hash, login or role, NAMES[role], role)

    def browser_of(self, person: Person, agent: str = "") -> StaffBrowser:
        """A browser in which this person is signed in."""
        with self._desk.transaction() as session:
            token = open_sign_in(session, person, self._clock(), agent)
        browser = self.stranger()
        url = browser.client.make_url("/desk")
        browser.client.session.cookie_jar.update_cookies({SIGN_IN: token}, url)
        return browser

    def stranger(self) -> StaffBrowser:
        """A browser in which nobody is signed in."""
        return StaffBrowser(self._open_browser())

    def sign_in(self, role: Role, login: str | None = None) -> StaffBrowser:
        return self.browser_of(self.add(role, login))

    def actions(self) -> list[str]:
        """What the trail tells, in order."""
        with self._desk.reading() as session:
            query = select(AuditEvent.action).order_by(AuditEvent.id)
            return list(session.scalars(query))


async def send(browser: StaffBrowser, page: str, path: str, **fields: str) -> tuple[int, str]:
    """Post a form that stands on `page`: the status, and where it leads or what it shows."""
    response = await post_form(browser.client, path, fields, page)
    return response.status, response.headers.get("Location") or await response.text()
