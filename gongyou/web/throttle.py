"""Slows down guessing: receipts and passwords, per client address and for all together."""

from collections import OrderedDict
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil

from gongyou.web.errors import TooMany

FREE = 5  # wrong tries of one address before it is slowed down
FREE_GLOBAL = 50  # wrong tries of everybody together
LONGEST = 30  # seconds; the delay doubles from 1 up to this
FORGET = timedelta(minutes=15)  # after so long without a wrong try all is forgotten
REMEMBERED = 10_000  # addresses kept at most
EVERYBODY = "*"


class Throttle:
    """Counts wrong tries in memory; a restart forgets them."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, tuple[int, datetime]] = OrderedDict()

    def check(self, address: str | None, now: datetime) -> None:
        """Raise TooMany while this address, or everybody, has to wait."""
        wait = max(self._wait(_group(address), FREE, now), self._wait(EVERYBODY, FREE_GLOBAL, now))
        if wait > 0:
            raise TooMany("slow_down", seconds=ceil(wait))

    def wrong(self, address: str | None, now: datetime) -> None:
        """Count one wrong try."""
        for name in (_group(address), EVERYBODY):
            self._wrong[name] = (self._count(name, now) + 1, now)
            self._wrong.move_to_end(name)
        while len(self._wrong) > REMEMBERED:
            self._wrong.popitem(last=False)

    def _count(self, name: str, now: datetime) -> int:
        count, last = self._wrong.get(name, (0, now))
        return 0 if now - last > FORGET else count

    def _wait(self, name: str, free: int, now: datetime) -> float:
        count = self._count(name, now)
        if count < free:
            return 0.0
        delay = float(min(LONGEST, 1 << min(count - free, 10)))
        return delay - (now - self._wrong[name][1]).total_seconds()


def _group(address: str | None) -> str:
    """One client: an IPv4 address, or the /64 an IPv6 address lies in."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return address or "unknown"
    if isinstance(parsed, IPv6Address):
        return parsed.exploded[:19]
    return str(parsed)
