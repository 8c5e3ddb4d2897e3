"""Wakes the long-polls of a conversation when something new was written for it."""

import asyncio
from collections import defaultdict

MOST_LISTENING = 10  # open pages of one conversation


class Notifier:
    """In-process: one gateway wakes its own waiting requests."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._closed = False

    def notify(self, conversation_id: str) -> None:
        """Wake whoever waits on this conversation."""
        for event in self._waiting.get(conversation_id, ()):
            event.set()

    def listen(self, conversation_id: str) -> "Listening":
        """Start listening before reading the database, so nothing slips between."""
        return Listening(self, conversation_id)

    def is_full(self, conversation_id: str) -> bool:
        """Whether so many requests wait on this conversation that no more may."""
        return len(self._waiting.get(conversation_id, ())) >= MOST_LISTENING

    def close(self) -> None:
        """Wake everybody, now and from now on: the gateway is going down."""
        self._closed = True
        for conversation_id in list(self._waiting):
            self.notify(conversation_id)

    def _add(self, conversation_id: str, event: asyncio.Event) -> None:
        self._waiting[conversation_id].add(event)
        if self._closed:
            event.set()

    def _remove(self, conversation_id: str, event: asyncio.Event) -> None:
        self._waiting[conversation_id].discard(event)
        if not self._waiting[conversation_id]:
            del self._waiting[conversation_id]


class Listening:
    """One waiting request; use as a context manager."""

    def __init__(self, notifier: Notifier, conversation_id: str) -> None:
        self._notifier = notifier
        self._conversation_id = conversation_id
        self._event = asyncio.Event()

    def __enter__(self) -> "Listening":
        self._notifier._add(self._conversation_id, self._event)
        return self

    def __exit__(self, *_: object) -> None:
        self._notifier._remove(self._conversation_id, self._event)

    async def wait(self, seconds: float) -> None:
        """Return when notified, or after `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
