"""The gateway alone over a seeded desk, in a thread of its own: pages without Rasa."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from aiohttp import web
from argon2 import PasswordHasher
from cryptography.fernet import Fernet
from playwright.sync_api import Browser, BrowserContext

from gongyou.rulebook import read_rulebook
from gongyou.settings import Settings
from gongyou.web.app import create_app
from gongyou.web.cookies import CHAT, SIGN_IN
from gongyou.wiring import Desk, build_desk, upgrade_database
from tests.fixtures import PASSWORD, REPOSITORY
from tests.system.seeded_desk import NOW, Seeded, Seeder
from tests.system.whole import free_ports

LOCALE = "zh-CN"
PATIENCE = 10_000  # milliseconds


@dataclass(frozen=True)
class Site:
    """Where it is and what is on it."""

    url: str
    seeded: Seeded

    def open_context(
        self, browser: Browser, who: str, width: int, *, javascript: bool = True
    ) -> BrowserContext:
        """A browser of `who`: a login of the desk, a worker's chat, or "nobody"."""
        context = browser.new_context(
            viewport={"width": width, "height": 740},
            locale=LOCALE,
            java_script_enabled=javascript,
            has_touch=width < 500,
        )
        context.set_default_timeout(PATIENCE)
        for name, values in ((SIGN_IN, self.seeded.cookies), (CHAT, self.seeded.chats)):
            if who in values:
                context.add_cookies([{"name": name, "value": values[who], "url": self.url}])
        return context


@contextmanager
def open_site(root: Path) -> Iterator[Site]:
    settings = _settings(root)
    rulebook = read_rulebook(settings.rulebook_path)
    upgrade_database(settings)
    with closing(build_desk(settings)) as desk:
        with desk.transaction() as session:
            seeded = Seeder(session, rulebook, PasswordHasher().hash(PASSWORD)).fill()
        with _serving(settings, desk):
            yield Site(f"http://127.0.0.1:{settings.port}", seeded)


def _settings(root: Path) -> Settings:
    (port,) = free_ports(1)
    return Settings(
        keys=(Fernet.generate_key().decode(),),
        rasa_token="r" * 32,
        action_token="a" * 32,
        database_url=f"sqlite:///{root / 'desk.db'}",
        rulebook_path=REPOSITORY / "rulebook",
        host="127.0.0.1",
        port=port,
        secure_cookies=False,
        bot_timeout=8.0,
        rasa_url="http://127.0.0.1:9",
        action_host="127.0.0.1",
        action_port=5055,
        today=date(2026, 11, 23),
    )


@contextmanager
def _serving(settings: Settings, desk: Desk) -> Iterator[None]:
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(create_app(settings, desk, lambda: NOW))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def begin() -> None:
        await runner.setup()
        await web.TCPSite(runner, settings.host, settings.port).start()

    try:
        asyncio.run_coroutine_threadsafe(begin(), loop).result()
        yield
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
