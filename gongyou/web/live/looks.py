"""The trail tells once in a while that somebody reads a case live, not at every reconnection."""

from collections import OrderedDict
from datetime import datetime, timedelta

AGAIN = timedelta(minutes=10)
REMEMBERED = 10_000


class Looks:
    """Who was last recorded as reading which ticket; in memory, so a restart tells it again."""

    def __init__(self) -> None:
        self._told: OrderedDict[tuple[int, int], datetime] = OrderedDict()

    def is_due(self, person_id: int, ticket_id: int, now: datetime) -> bool:
        """Whether the trail is to be told; it counts as told."""
        last = self._told.get((person_id, ticket_id))
        if last is not None and now - last < AGAIN:
            return False
        self._told[person_id, ticket_id] = now
        self._told.move_to_end((person_id, ticket_id))
        while len(self._told) > REMEMBERED:
            self._told.popitem(last=False)
        return True
