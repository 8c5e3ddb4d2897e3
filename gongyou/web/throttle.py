"""Slows down guessing: receipts and passwords, for each client address.

When everybody together guesses too much, each address has one free try instead of five. Nobody
waits for another's guesses, so a guesser cannot lock the others out.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil

from gongyou.web.errors import TooMany

FREE = 5  # wrong tries of one address before it is slowed down
FREE_ALARMED = 1
ALARM = 50  # wrong tries of everybody together
LONGEST = 30  # seconds; the delay doubles from 1 up to this
FORGET = timedelta(minutes=15)  # after so long without a wrong try all is forgotten
REMEMBERED = 10_000  # addresses kept at most
EVERYBODY = "*"


class Throttle:
    """Counts wrong tries in memory; a restart forgets them."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, tuple[int, datetime]] = OrderedDict()

    def start(self, address: str, now: datetime) -> None:
        """Count a try as wrong before it is made: tries at the same time count as well.

        Raises TooMany while this address has to wait; that counts as no try.
        """
        is_alarmed = self._count(EVERYBODY, now) >= ALARM
        wait = self._wait(group(address), FREE_ALARMED if is_alarmed else FREE, now)
        if wait > 0:
            raise TooMany("slow_down", seconds=ceil(wait))
        for name in (group(address), EVERYBODY):
            self._wrong[name] = (self._count(name, now) + 1, now)
            self._wrong.move_to_end(name)
        while len(self._wrong) > REMEMBERED:
            self._wrong.popitem(last=False)

    def succeed(self, address: str) -> None:
        """The try was right after all."""
        for name in (group(address), EVERYBODY):
            count, last = self._wrong.get(name, (0, None))
            if last is not None:
                self._wrong[name] = (max(0, count - 1), last)

    def _count(self, name: str, now: datetime) -> int:
        count, last = self._wrong.get(name, (0, now))
        return 0 if now - last > FORGET else count

    def _wait(self, name: str, free: int, now: datetime) -> float:
        count = self._count(name, now)
        if count < free:
            return 0.0
        delay = float(min(LONGEST, 1 << min(count - free, 10)))
        passed = (now - self._wrong[name][1]).total_seconds()
        return min(delay, delay - passed)  # also when the clock was put back


def group(address: str) -> str:
    """One client: an IPv4 address, or the /64 an IPv6 address lies in."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    if isinstance(parsed, IPv6Address):
        return parsed.exploded[:19]
    return str(parsed)
