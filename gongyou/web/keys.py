"""What the application carries, each under a typed key."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from weakref import WeakValueDictionary

from aiohttp import web

from gongyou.settings import Settings
from gongyou.web.asking import Asker
from gongyou.web.bot_client import BotClient
from gongyou.web.live.looks import Looks
from gongyou.web.live.seats import Seats
from gongyou.web.live.typists import Typists
from gongyou.web.names import Names
from gongyou.web.notifier import Notifier
from gongyou.web.quota import Quota
from gongyou.web.rules.catalogue import Catalogue
from gongyou.web.throttle import Throttle
from gongyou.web.watch import Watch
from gongyou.wiring import Desk

SETTINGS: web.AppKey[Settings] = web.AppKey("settings", Settings)
DESK: web.AppKey[Desk] = web.AppKey("desk", Desk)
CLOCK: web.AppKey[Callable[[], datetime]] = web.AppKey("clock")
NOTIFIER: web.AppKey[Notifier] = web.AppKey("notifier", Notifier)
SEATS: web.AppKey[Seats] = web.AppKey("seats", Seats)
TYPISTS: web.AppKey[Typists] = web.AppKey("typists", Typists)
LOOKS: web.AppKey[Looks] = web.AppKey("looks", Looks)
BOT: web.AppKey[BotClient] = web.AppKey("bot", BotClient)
CATALOGUE: web.AppKey[Catalogue] = web.AppKey("catalogue", Catalogue)
RULE_CONTENTS: web.AppKey[Mapping[str, str]] = web.AppKey("rule_contents")
NAMES: web.AppKey[Names] = web.AppKey("names", Names)
WATCH: web.AppKey[Watch] = web.AppKey("watch", Watch)
ASKER: web.AppKey[Asker] = web.AppKey("asker", Asker)
NEW_CHATS: web.AppKey[Quota] = web.AppKey("new_chats", Quota)
PERSON_WORDS: web.AppKey[Quota] = web.AppKey("person_words", Quota)
LINES: web.AppKey[WeakValueDictionary[str, asyncio.Lock]] = web.AppKey("lines")
LOGIN_THROTTLE: web.AppKey[Throttle] = web.AppKey("login_throttle", Throttle)
PASSWORD_CHECKS: web.AppKey[asyncio.Semaphore] = web.AppKey("password_checks", asyncio.Semaphore)
SEARCHES: web.AppKey[asyncio.Semaphore] = web.AppKey("searches", asyncio.Semaphore)
RECEIPT_THROTTLE: web.AppKey[Throttle] = web.AppKey("receipt_throttle", Throttle)
