"""What the application carries, each under a typed key."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from gongyou.settings import Settings
from gongyou.web.asking import Asker
from gongyou.web.bot_client import BotClient
from gongyou.web.names import Names
from gongyou.web.notifier import Notifier
from gongyou.web.throttle import Throttle
from gongyou.web.watch import Watch
from gongyou.wiring import Desk

SETTINGS: web.AppKey[Settings] = web.AppKey("settings", Settings)
DESK: web.AppKey[Desk] = web.AppKey("desk", Desk)
CLOCK: web.AppKey[Callable[[], datetime]] = web.AppKey("clock")
NOTIFIER: web.AppKey[Notifier] = web.AppKey("notifier", Notifier)
BOT: web.AppKey[BotClient] = web.AppKey("bot", BotClient)
NAMES: web.AppKey[Names] = web.AppKey("names", Names)
WATCH: web.AppKey[Watch] = web.AppKey("watch", Watch)
ASKER: web.AppKey[Asker] = web.AppKey("asker", Asker)
LOGIN_THROTTLE: web.AppKey[Throttle] = web.AppKey("login_throttle", Throttle)
RECEIPT_THROTTLE: web.AppKey[Throttle] = web.AppKey("receipt_throttle", Throttle)
