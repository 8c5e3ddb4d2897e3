"""Puts worker messages to the bot: in order, never silent, a late reply still delivered."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from gongyou.clock import CHINA
from gongyou.web.bot_client import BotClient, Reply
from gongyou.web.notifier import Notifier
from gongyou.web.record import Ask, may_ask, write_fallback, write_replies
from gongyou.web.threads import in_desk, read_desk
from gongyou.wiring import Desk

MOST_WAITING = 20  # asks of one conversation that may wait at a time

log = logging.getLogger(__name__)


class Asker:
    """One line of asks for each conversation; the next waits for the one before.

    An ask leaves the line when it is answered, or when the worker has been told after
    `visible_after` seconds that the bot is slow. The bot may then still answer late.
    """

    def __init__(
        self,
        desk: Desk,
        bot: BotClient,
        notifier: Notifier,
        clock: Callable[[], datetime],
        visible_after: float,
        today: date | None = None,
    ) -> None:
        self._desk, self._bot, self._notifier, self._clock = desk, bot, notifier, clock
        self._visible_after = visible_after
        self._today = today  # instead of the clock's day
        self._lines: dict[str, asyncio.Task[None]] = {}  # the last ask of each conversation
        self._tasks: set[asyncio.Task[None]] = set()
        self._requests: set[asyncio.Task[list[Reply]]] = set()
        self._asked: set[int] = set()  # messages in hand, so that none is asked twice at once
        self._waiting: Counter[str] = Counter()
        self._closing = False

    def put(self, ask: Ask) -> None:
        """Ask the bot after whatever the conversation already waits for."""
        if ask.message_id in self._asked:
            return
        self._asked.add(ask.message_id)
        self._waiting[ask.conversation_id] += 1
        before = self._lines.get(ask.conversation_id)
        task = self._start(self._take_turn(ask, before))
        self._lines[ask.conversation_id] = task
        task.add_done_callback(lambda done: self._leave(ask, done))

    def has(self, message_id: int) -> bool:
        """Whether the message is being asked now, a late reply included."""
        return message_id in self._asked

    def is_waiting(self, conversation_id: str) -> bool:
        """Whether the worker is to be shown that the bot is typing."""
        return self._waiting[conversation_id] > 0

    def is_full(self, conversation_id: str) -> bool:
        """Whether so many asks wait already that no more are taken."""
        return self._waiting[conversation_id] >= MOST_WAITING

    async def close(self) -> None:
        """Stop asking; whoever still waits is told so before this returns."""
        self._closing = True
        for request in self._requests:
            request.cancel()
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _take_turn(self, ask: Ask, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        request = asyncio.create_task(self._request(ask))
        self._requests.add(request)
        request.add_done_callback(self._requests.discard)
        await asyncio.wait([request], timeout=self._visible_after)
        if request.done():
            await self._answer(ask, _result(request))
            self._asked.discard(ask.message_id)
        else:
            await in_desk(self._desk, write_fallback, ask, self._clock())
            self._start(self._wait_longer(ask, request))
        self._waiting[ask.conversation_id] -= 1
        self._notifier.notify(ask.conversation_id)

    async def _answer(self, ask: Ask, replies: Sequence[Reply]) -> None:
        """Write what the bot said, or that it said nothing."""
        if replies:
            await in_desk(self._desk, write_replies, ask, replies, ask.again, self._clock())
        else:
            await in_desk(self._desk, write_fallback, ask, self._clock())

    async def _wait_longer(self, ask: Ask, request: asyncio.Task[list[Reply]]) -> None:
        """The worker knows the bot is slow; what it still says is delivered."""
        try:
            await asyncio.wait([request])
            if replies := _result(request):
                await in_desk(self._desk, write_replies, ask, replies, True, self._clock())
                self._notifier.notify(ask.conversation_id)
        finally:
            self._asked.discard(ask.message_id)

    async def _request(self, ask: Ask) -> list[Reply]:
        if self._closing:
            return []
        if not await read_desk(self._desk, may_ask, ask):
            return []
        today = self._today or self._clock().astimezone(CHINA).date()
        return await self._bot.ask(ask.conversation_id, ask.said, today.isoformat(), ask.message_id)

    def _start(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _leave(self, ask: Ask, done: asyncio.Task[None]) -> None:
        """Tidy up after an ask; one that broke stays owed, and the watch takes it up again."""
        if self._lines.get(ask.conversation_id) is done:
            del self._lines[ask.conversation_id]
        if not done.cancelled() and (error := done.exception()):
            self._asked.discard(ask.message_id)
            self._waiting[ask.conversation_id] -= 1
            log.error("an ask could not be recorded: %s", type(error).__name__)
        if self._waiting[ask.conversation_id] <= 0:
            del self._waiting[ask.conversation_id]


def _result(request: asyncio.Task[list[Reply]]) -> list[Reply]:
    """The replies, or none while the request runs, was cancelled or broke."""
    if not request.done() or request.cancelled():
        return []
    if error := request.exception():
        log.error("asking the bot broke: %s", type(error).__name__)
        return []
    return request.result()
