"""The clerk's work on what officers teach: runs that are asked for, and the bot's model."""

from collections.abc import Callable
from datetime import datetime, timedelta

from gongyou.run.teaching import Teacher

LOOK_EVERY = timedelta(seconds=30)


class Teaching:
    """One round does a run, if one is asked for; now and then it has the model forget
    what was erased, and the bot serve what is served, as after a restart of the bot alone."""

    def __init__(self, teacher: Teacher, clock: Callable[[], datetime]) -> None:
        self._teacher, self._clock = teacher, clock
        self._looked_at: datetime | None = None

    def run_once(self) -> bool:
        """True when a run was done."""
        if self._teacher.run_once():
            return True
        if self._is_time_to_look():
            self._teacher.forget_erased()
            self._teacher.see_to_bot()
        return False

    def _is_time_to_look(self) -> bool:
        now = self._clock()
        if self._looked_at is not None and timedelta() <= now - self._looked_at < LOOK_EVERY:
            return False
        self._looked_at = now
        return True
