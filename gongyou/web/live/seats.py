"""So many streams for one chat or person. The newest takes the oldest one's seat.

A phone that changes networks leaves dead streams behind; it must not be shut out by them.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

MOST_STREAMS = 10


class Seats:
    """Counts the open streams of each name."""

    def __init__(self, most: int = MOST_STREAMS) -> None:
        self._most = most
        self._taken: dict[str, list[Seat]] = defaultdict(list)

    def take(self, names: Sequence[str], wake: Callable[[], None]) -> "Seat":
        """Use as a context manager; `wake` is called when the seat is lost to a newer stream."""
        return Seat(self, names, wake)

    def count(self, name: str) -> int:
        return len(self._taken.get(name, ()))

    def _sit(self, seat: "Seat") -> None:
        for name in seat.names:
            if self.count(name) >= self._most:
                self._taken[name][0].lose()
            self._taken[name].append(seat)

    def _rise(self, seat: "Seat") -> None:
        for name in seat.names:
            if seat in self._taken.get(name, ()):
                self._taken[name].remove(seat)
            if not self._taken[name]:
                del self._taken[name]


class Seat:
    """One stream's seat under each of its names."""

    def __init__(self, seats: Seats, names: Sequence[str], wake: Callable[[], None]) -> None:
        self._seats, self._wake = seats, wake
        self.names = tuple(names)
        self.is_lost = False

    def lose(self) -> None:
        self.is_lost = True
        self._seats._rise(self)
        self._wake()

    def __enter__(self) -> "Seat":
        self._seats._sit(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._seats._rise(self)
