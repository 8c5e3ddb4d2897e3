"""Who is typing: in memory, for some seconds, never what."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongyou.desk.chat.marks import Side

EVERY = timedelta(seconds=2)  # the other side hears of it no more often
FRESH = timedelta(seconds=6)  # and sees it so long, unless it is said again
REMEMBERED = 10_000  # chats


@dataclass(frozen=True, slots=True)
class Typing:
    """`who` as the other side calls them."""

    who: str
    at: datetime


class Typists:
    """The newest sign of typing of each side of each chat."""

    def __init__(self) -> None:
        self._signs: OrderedDict[tuple[str, Side], Typing] = OrderedDict()

    def note(self, chat: str, side: Side, who: str, now: datetime) -> bool:
        """Somebody types; whether the other side is to be told."""
        last = self._signs.get((chat, side))
        if last is not None and last.who == who and now - last.at < EVERY:
            return False
        self._signs[chat, side] = Typing(who, now)
        self._signs.move_to_end((chat, side))
        while len(self._signs) > REMEMBERED:
            self._signs.popitem(last=False)
        return True

    def stop(self, chat: str, side: Side) -> None:
        """What was typed has been sent."""
        self._signs.pop((chat, side), None)

    def show(self, chat: str, side: Side, now: datetime) -> dict[str, str] | None:
        """Who types on this side just now, for the other side's page."""
        sign = self._signs.get((chat, side))
        if sign is None or now - sign.at >= FRESH:
            return None
        return {"who": sign.who, "at": sign.at.isoformat()}
