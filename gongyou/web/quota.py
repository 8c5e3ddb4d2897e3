"""So many of something from one client (or chat) in a span of time, and no more."""

from collections import OrderedDict
from datetime import datetime, timedelta
from math import ceil

from gongyou.web.errors import TooMany
from gongyou.web.throttle import REMEMBERED, group


class Quota:
    """Counts in memory; a restart forgets. The span begins with the first one taken."""

    def __init__(self, most: int, span: timedelta, sentence: str) -> None:
        """`sentence`: what is said, by its name in gongyou/web/texts, when there is none left."""
        self._most, self._span, self._sentence = most, span, sentence
        self._taken: OrderedDict[str, tuple[int, datetime]] = OrderedDict()

    def take(self, address: str, now: datetime) -> None:
        """Take one. Raises TooMany."""
        name = group(address)
        count, since = self._taken.get(name, (0, now))
        if not since <= now < since + self._span:
            count, since = 0, now
        if count >= self._most:
            raise TooMany(self._sentence, seconds=ceil((since + self._span - now).total_seconds()))
        self._taken[name] = (count + 1, since)
        self._taken.move_to_end(name)
        while len(self._taken) > REMEMBERED:
            self._taken.popitem(last=False)
