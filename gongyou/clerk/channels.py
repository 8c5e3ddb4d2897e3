"""What every way of sending has in common: a letter, and the three things that become of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

type BeforeEnd = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Letter:
    """One notice in words. `to` is an e-mail address; `robot` a place in GONGYOU_ROBOTS.

    `key` is the same for every attempt at the same notice, and no other notice's.
    """

    subject: str
    text: str
    key: str
    to: str = ""
    robot: int = 0


class NotSent(Exception):
    """Surely not delivered. `reason` is a short code; without `again` another try is no use."""

    def __init__(self, reason: str, *, again: bool = True) -> None:
        super().__init__(reason)
        self.reason, self.again = reason, again


class InDoubt(Exception):
    """Perhaps delivered: the end was sent, and no answer understood. `reason` is a short code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Way(Protocol):
    """A mail server, or the robots."""

    repeatable: bool  # whether the receiver can tell a repeat, so that a doubt may be sent again
    receivers: int  # how many deliveries one notice makes

    def send(self, letter: Letter, before_end: BeforeEnd) -> None:
        """Deliver, calling `before_end` right before the bytes that make the message count.

        What `before_end` raises passes through, and nothing is delivered then.
        Raises NotSent, InDoubt.
        """


class NotConfigured:
    """No address of a server was given in the settings: what is put is marked, not kept back."""

    repeatable = False
    receivers = 1

    def send(self, letter: Letter, before_end: BeforeEnd) -> None:
        raise NotSent("not configured", again=False)
