"""Puts the web application together."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from weakref import WeakValueDictionary

import aiohttp_jinja2
import jinja2
from aiohttp import web

from gongyou.rulebook.versions import contents
from gongyou.settings import Settings
from gongyou.web.asking import Asker
from gongyou.web.bot_client import BotClient
from gongyou.web.keys import (
    ASKER,
    BOT,
    CATALOGUE,
    CLOCK,
    DESK,
    LINES,
    LOGIN_THROTTLE,
    LOOKS,
    NAMES,
    NEW_CHATS,
    NOTIFIER,
    PASSWORD_CHECKS,
    PERSON_WORDS,
    RECEIPT_THROTTLE,
    RULE_CONTENTS,
    SEARCHES,
    SEATS,
    SETTINGS,
    TYPISTS,
    WATCH,
)
from gongyou.web.live.looks import Looks
from gongyou.web.live.seats import Seats
from gongyou.web.live.typists import Typists
from gongyou.web.middleware import errors_as_words
from gongyou.web.names import Names
from gongyou.web.notifier import Notifier
from gongyou.web.quota import Quota
from gongyou.web.routes import routes
from gongyou.web.rules.catalogue import Catalogue
from gongyou.web.security import add_headers
from gongyou.web.staff.pages import add_globals
from gongyou.web.throttle import Throttle
from gongyou.web.watch import Watch
from gongyou.wiring import Desk, build_rulebook

BODY_LIMIT = 64 * 1024  # bytes
LATE_AFTER = 45.0  # seconds; a later reply of the bot is no longer waited for
NEW_CHATS_MOST, NEW_CHATS_SPAN = 60, timedelta(minutes=10)  # a dormitory shares an address
PERSON_WORDS_MOST, PERSON_WORDS_SPAN = 30, timedelta(minutes=1)  # of one chat, to a person
PASSWORDS_AT_ONCE = 2  # argon2 is slow on purpose; the desk's other threads stay free
SEARCHES_AT_ONCE = 1  # a search decrypts thousands of messages
TEMPLATES = Path(__file__).with_name("templates")


def now_utc() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings, desk: Desk, clock: Callable[[], datetime] = now_utc
) -> web.Application:
    """The gateway over this desk. Raises RulebookError when the rulebook is broken."""
    app = web.Application(middlewares=[errors_as_words], client_max_size=BODY_LIMIT)
    app[SETTINGS], app[DESK], app[CLOCK] = settings, desk, clock
    app[CATALOGUE] = catalogue = Catalogue(build_rulebook(settings))
    app[NAMES] = Names(catalogue.rulebook)
    app[RULE_CONTENTS] = contents(catalogue.rulebook)
    app[NOTIFIER] = notifier = Notifier()
    app[SEATS], app[TYPISTS], app[LOOKS] = Seats(), Typists(), Looks()
    app[LOGIN_THROTTLE], app[RECEIPT_THROTTLE] = Throttle(), Throttle()
    app[NEW_CHATS] = Quota(NEW_CHATS_MOST, NEW_CHATS_SPAN, "too_many_new")
    app[PERSON_WORDS] = Quota(PERSON_WORDS_MOST, PERSON_WORDS_SPAN, "too_many_waiting")
    app[LINES] = WeakValueDictionary()
    app[PASSWORD_CHECKS] = asyncio.Semaphore(PASSWORDS_AT_ONCE)
    app[SEARCHES] = asyncio.Semaphore(SEARCHES_AT_ONCE)
    app[BOT] = bot = BotClient(settings.rasa_url, settings.rasa_token, LATE_AFTER)
    app[ASKER] = asker = Asker(desk, bot, notifier, clock, settings.bot_timeout, settings.today)
    app[WATCH] = Watch(desk, bot, asker, notifier, clock)
    loader = jinja2.FileSystemLoader(TEMPLATES)
    add_globals(aiohttp_jinja2.setup(app, loader=loader, trim_blocks=True))
    app.router.add_routes(routes())
    app.on_response_prepare.append(add_headers)
    app.cleanup_ctx.extend([bot_session, watching])
    app.on_shutdown.append(say_goodbye)
    return app


async def bot_session(app: web.Application) -> AsyncIterator[None]:
    await app[BOT].open()
    yield
    await app[BOT].close()


async def watching(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(app[WATCH].run())
    yield
    task.cancel()
    await asyncio.wait([task])


async def say_goodbye(app: web.Application) -> None:
    """Before exit: whoever waits for the bot is told, then the open long-polls end."""
    await app[ASKER].close()
    app[NOTIFIER].close()
