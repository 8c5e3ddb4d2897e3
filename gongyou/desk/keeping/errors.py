"""What keeping refuses; `str(error)` is one English line for the operator, with the cure.

DeskError
└── KeepingError
    ├── FileTaken        the file or folder to be written is there already
    ├── BackupUnusable   not a backup, a damaged one, or one of a newer version
    ├── NotEmpty         a restore into a database that has something in it
    ├── NoSuchCase       no ticket or person of that number, code or login
    ├── CaseUnreadable   a withdrawn or erased case is handed to nobody
    ├── StillHolds       somebody who leaves still has unfinished cases
    └── TrackerUnusable  Rasa's own database cannot be found or reached
"""

from collections.abc import Sequence

from gongyou.desk.errors import DeskError


class KeepingError(DeskError):
    """Anything keeping refuses or cannot do."""


class FileTaken(KeepingError):
    """Nothing is ever written over."""


class BackupUnusable(KeepingError):
    """This backup cannot be restored here; nothing was restored."""


class NotEmpty(KeepingError):
    """Restoring is not merging."""


class NoSuchCase(KeepingError):
    """Nothing of that number, code or login."""


class CaseUnreadable(KeepingError):
    """The worker took it back."""


class TrackerUnusable(KeepingError):
    """Nothing was erased, so that it can be tried again."""


class StillHolds(KeepingError):
    """Their cases must be given to somebody first. `tickets` are the numbers."""

    def __init__(self, login: str, tickets: Sequence[int]) -> None:
        self.tickets = tuple(tickets)
        numbers = ", ".join(map(str, tickets))
        super().__init__(f"{login} still has unfinished cases: {numbers}; transfer them first")
