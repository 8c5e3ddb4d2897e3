"""Wakes the open pages of a conversation when something new was written for it."""

import asyncio
from collections import defaultdict

MOST_LISTENING = 10  # long-polls of one conversation


def person_topic(person_id: int) -> str:
    """What the pages of somebody at the desk listen to besides: it is notified at sign-out."""
    return f"person {person_id}"


class Notifier:
    """In-process: one gateway wakes its own waiting requests. A topic is a conversation's id."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[Listening]] = defaultdict(set)
        self.is_closed = False

    def notify(self, topic: str) -> None:
        """Wake whoever waits on this topic."""
        for listening in self._waiting.get(topic, ()):
            listening.wake()

    def listen(self, *topics: str, is_stream: bool = False) -> "Listening":
        """Start listening before reading the database, so nothing slips between."""
        return Listening(self, topics, is_stream)

    def is_full(self, topic: str) -> bool:
        """Whether so many long-polls wait on this topic that no more may; streams have seats."""
        polls = [one for one in self._waiting.get(topic, ()) if not one.is_stream]
        return len(polls) >= MOST_LISTENING

    def close(self) -> None:
        """Wake everybody, now and from now on: the gateway is going down."""
        self.is_closed = True
        for topic in list(self._waiting):
            self.notify(topic)

    def _add(self, topics: tuple[str, ...], listening: "Listening") -> None:
        for topic in topics:
            self._waiting[topic].add(listening)
        if self.is_closed:
            listening.wake()

    def _remove(self, topics: tuple[str, ...], listening: "Listening") -> None:
        for topic in topics:
            self._waiting[topic].discard(listening)
            if not self._waiting[topic]:
                del self._waiting[topic]


class Listening:
    """One waiting request; use as a context manager."""

    def __init__(self, notifier: Notifier, topics: tuple[str, ...], is_stream: bool) -> None:
        self._notifier, self._topics = notifier, topics
        self._event = asyncio.Event()
        self.is_stream = is_stream

    def __enter__(self) -> "Listening":
        self._notifier._add(self._topics, self)
        return self

    def __exit__(self, *_: object) -> None:
        self._notifier._remove(self._topics, self)

    def wake(self) -> None:
        self._event.set()

    def clear(self) -> None:
        """What woke it is being looked at; what comes from now on wakes it again."""
        if not self._notifier.is_closed:
            self._event.clear()

    async def wait(self, seconds: float) -> bool:
        """Return when notified, or after `seconds`; whether it was notified."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return False
        return True
