"""Takes up again what the bot left unanswered, and flags for an officer what it never answers."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

from gongyou.web.asking import Asker
from gongyou.web.bot_client import BotClient
from gongyou.web.notifier import Notifier
from gongyou.web.record import Left, fetch_left, write_flags
from gongyou.web.threads import in_desk, read_desk
from gongyou.wiring import Desk

EVERY = 3.0  # seconds between looks
RETRIES = 3  # after the first ask
RETRY_FOR = timedelta(minutes=10)
START_GRACE = timedelta(seconds=2)
GRACE = timedelta(seconds=60)  # a younger message may be in the hands of another gateway

log = logging.getLogger(__name__)


class Watch:
    """Looks at the desk every few seconds; asks the bot's health only when something is owed."""

    def __init__(
        self,
        desk: Desk,
        bot: BotClient,
        asker: Asker,
        notifier: Notifier,
        clock: Callable[[], datetime],
    ) -> None:
        self._desk, self._bot, self._asker = desk, bot, asker
        self._notifier, self._clock = notifier, clock

    async def run(self) -> None:
        """Look until cancelled; what was received before the start is taken up at once."""
        grace = START_GRACE
        while True:
            try:
                await self.look(grace)
                grace = GRACE
            except Exception as error:
                log.error("the watch could not look: %s", type(error).__name__)
            await asyncio.sleep(EVERY)

    async def look(self, grace: timedelta = GRACE) -> None:
        """One look: ask again what is due, flag what is past hope."""
        now = self._clock()
        owed = [
            left
            for left in await read_desk(self._desk, fetch_left, now)
            if not self._asker.has(left.ask.message_id)
        ]
        await self._flag([left for left in owed if _is_past_hope(left, now)], now)
        for left in owed:
            if left.state == "received" and now - left.created_at >= grace:
                self._asker.put(left.ask)
        due = [left for left in owed if left.state == "failed" and not _is_past_hope(left, now)]
        if due and await self._bot.is_up():
            for left in due:
                self._asker.put(left.ask)

    async def _flag(self, given_up: list[Left], now: datetime) -> None:
        by_conversation: dict[str, list[Left]] = defaultdict(list)
        for left in given_up:
            by_conversation[left.ask.conversation_id].append(left)
        for conversation_id, lefts in by_conversation.items():
            await in_desk(self._desk, write_flags, lefts, now)
            self._notifier.notify(conversation_id)


def _is_past_hope(left: Left, now: datetime) -> bool:
    """A person has it, it was tried often enough, it is too old, or the talk has gone on."""
    if left.state != "failed":
        return False
    is_stale = left.attempts > RETRIES or now - left.created_at > RETRY_FOR
    return left.with_person or left.passed_by or is_stale
