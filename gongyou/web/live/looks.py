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
        """Whether the trail is to be told."""
        last = self._told.get((person_id, ticket_id))
        return last is None or now - last >= AGAIN

    def note(self, person_id: int, ticket_id: int, now: datetime) -> None:
        """The trail has been told that they read it; not of a look that was refused or failed."""
        self._told[person_id, ticket_id] = now
        self._told.move_to_end((person_id, ticket_id))
        while len(self._told) > REMEMBERED:
            self._told.popitem(last=False)
