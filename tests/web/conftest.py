"""A gateway on a real desk, a worker's and the staff's browsers, and a bot to command."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from gongyou.desk.people.accounts import Person
from gongyou.quiet import QuietFormatter
from gongyou.rulebook import Rulebook, read_rulebook
from gongyou.settings import Settings
from gongyou.web.app import create_app
from gongyou.wiring import Desk
from tests.fixtures import PASSWORD, REPOSITORY
from tests.web.browser import StaffBrowser, WorkerBrowser
from tests.web.desk_people import DeskPeople
from tests.web.fake_bot import FakeBot
from tests.web.live_page import Console
from tests.web.rules_visitor import RulesVisitor

type Browser = TestClient[web.Request, web.Application]


@dataclass
class Clock:
    """The gateway's time; it stands still unless a test moves it."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[FakeBot]:
    bot = FakeBot(settings.rasa_token)
    await bot.server.start_server()
    yield bot
    bot.hold.set()
    await bot.server.close()


@pytest.fixture
def web_settings(settings: Settings, bot: FakeBot) -> Settings:
    """As in a run, but the worker is told after 0.15 s that the bot is slow."""
    return replace(settings, rasa_url=str(bot.server.make_url("")), bot_timeout=0.15)


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return read_rulebook(REPOSITORY / "rulebook")


@pytest.fixture(autouse=True)
def quick_and_still(monkeypatch: pytest.MonkeyPatch, rulebook: Rulebook) -> None:
    """The rulebook is read once for all tests, and the watch looks only when a test says so."""
    monkeypatch.setattr("gongyou.web.app.build_rulebook", lambda settings: rulebook)
    monkeypatch.setattr("gongyou.web.watch.EVERY", 3600)


@pytest.fixture
async def gateway(web_settings: Settings, desk: Desk, clock: Clock) -> AsyncIterator[TestServer]:
    server = TestServer(create_app(web_settings, desk, clock))
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def open_browser(gateway: TestServer) -> AsyncIterator[Callable[[], Browser]]:
    opened: list[Browser] = []

    def open_one() -> Browser:
        opened.append(TestClient(gateway))
        return opened[-1]

    yield open_one
    for browser in opened:
        await browser.session.close()


@pytest.fixture
async def worker(open_browser: Callable[[], Browser]) -> WorkerBrowser:
    return WorkerBrowser(open_browser())


@pytest.fixture
async def other_worker(open_browser: Callable[[], Browser]) -> WorkerBrowser:
    return WorkerBrowser(open_browser())


@pytest.fixture
async def staff(open_browser: Callable[[], Browser]) -> StaffBrowser:
    return StaffBrowser(open_browser())


@pytest.fixture
def people(
    desk: Desk, password_hash: str, clock: Clock, open_browser: Callable[[], Browser]
) -> DeskPeople:
    return DeskPeople(desk, password_hash, clock, open_browser)


@pytest.fixture
async def lawyer_page(staff: StaffBrowser, lawyer: Person) -> StaffBrowser:
    await staff.sign_in(lawyer.login, PASSWORD)
    return staff


@pytest.fixture
async def officer_page(open_browser: Callable[[], Browser], officer: Person) -> StaffBrowser:
    browser = StaffBrowser(open_browser())
    await browser.sign_in(officer.login, PASSWORD)
    return browser


@pytest.fixture
async def caller(worker: WorkerBrowser, bot: FakeBot) -> WorkerBrowser:
    """A worker who called for a person: ticket 1 waits."""
    bot.answer = lambda said: []
    await worker.say("我要找人")
    await worker.until_from("system")
    await worker.press_titled("转人工")
    bot.answer = lambda said: [{"text": f"收到：{said}"}]
    return worker


@pytest.fixture
async def console(caller: WorkerBrowser, officer_page: StaffBrowser) -> Console:
    """The live page of 赵干部, who has taken ticket 1."""
    page = Console(officer_page)
    await page.press("accept")
    return page


@pytest.fixture
def quick_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongyou.web.live.follow.BEAT", 0.01)


class NoDesk:
    """Stands where the desk would be, and breaks whatever touches it."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"the database was touched: {name}")


@pytest.fixture
async def visitor(settings: Settings, clock: Clock) -> AsyncIterator[RulesVisitor]:
    """A visitor of the rules' pages, on a gateway that has neither a bot nor a database."""
    nobody = replace(settings, rasa_url="http://127.0.0.1:9")
    desk: Any = NoDesk()
    async with TestClient(TestServer(create_app(nobody, desk, clock))) as client:
        yield RulesVisitor(client)


async def error_of(response: ClientResponse) -> str:
    body: dict[str, Any] = await response.json()
    return str(body["error"])


async def soon(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds; five seconds at most."""
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.01)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged at any level, as the gateway writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(QuietFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)
