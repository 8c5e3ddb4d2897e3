"""What can go wrong at the desk.

    DeskError
    ├── Refused           a step that is not done; why stands in refusals.yaml
    │   ├── WrongState        a ticket is not in the state the step needs
    │   ├── NotAllowed        this person may not do this
    │   │   └── ConflictNotAsked  the lawyer has not said that they are free to act
    │   ├── NotFound          no such row
    │   │   └── Erased            a conversation whose words the worker had deleted
    │   ├── StaleSheet        the facts sheet was corrected by somebody else meanwhile
    │   ├── TooManyFiles      a ticket has as many attachments as it may
    │   ├── TooManyTags       a case has as many tags as it may
    │   ├── TooManyCanned     the desk has as many ready answers as it may
    │   ├── StaleCanned       a ready answer was changed by somebody else meanwhile
    │   ├── UnknownOutcome    a case is closed with one of the outcomes of moves.yaml
    │   ├── RatingFixed       a rating that may not be changed any more
    │   ├── AlreadySettled    somebody has decided on this correction, or taught the message before
    │   ├── Contradicts       the same sentence stands for another topic already
    │   ├── LinkRefused       a link of the union's that cannot be shown to workers
    │   ├── ConsentMissing    a legal-aid ticket without the worker's consent
    │   └── PersonRefused     a step with an account
    │       └── LoginTaken        another person has this login
    ├── KeyMissing        stored text whose key is no longer in GONGYOU_KEY
    └── DeskUnavailable   the database is locked, full or gone; nothing was stored, try again

`str(error)` is Chinese for the staff page where staff cause it, English where an operator does.
No message carries a worker's words, names or numbers.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

REFUSALS = Path(__file__).with_name("refusals.yaml")


class DeskError(Exception):
    """Anything the desk refuses or cannot do."""


class Refused(DeskError):
    """A step that is not done; `name` is its key in refusals.yaml."""

    def __init__(self, name: str, **values: object) -> None:
        self.name = name
        super().__init__(_read()[name].format(**values))


class WrongState(Refused):
    """A step was asked of a ticket in a state that does not allow it.

    `found` is the state now, `needed` the states the step starts from, all as people call them.
    """

    def __init__(self, step: str, found: str, needed: Sequence[str]) -> None:
        self.found, self.needed = found, tuple(needed)
        either = _read()["wrong_state_or"].join(needed)
        super().__init__("wrong_state", step=step, found=found, needed=either)


class NotAllowed(Refused):
    """The person's role, or another holder, forbids the step."""


class ConflictNotAsked(NotAllowed):
    """A lawyer says first that nothing binds them to the employer."""


class StaleSheet(Refused):
    """The facts sheet has a newer version than the one that was corrected."""


class TooManyFiles(Refused):
    """No room for another attachment."""


class TooManyTags(Refused):
    """No room for another tag."""


class TooManyCanned(Refused):
    """No room for another ready answer."""


class StaleCanned(Refused):
    """The ready answer has a newer wording than the one that was changed."""


class UnknownOutcome(Refused):
    """Not one of the outcomes a case may have."""


class NotFound(Refused):
    """No row with this number."""


class Erased(NotFound):
    """A conversation whose words are gone at the worker's wish; nothing is written there again."""


class RatingFixed(Refused):
    """The minutes in which a rating may be changed are over."""


class AlreadySettled(Refused):
    """A correction was decided on meanwhile, or the message has one already."""


class Contradicts(Refused):
    """The same sentence already stands for `topic`: in `correction`, or among our own (None)."""

    def __init__(self, topic: str, correction: int | None = None) -> None:
        self.topic, self.correction = topic, correction
        super().__init__("correction_contradicts")


class LinkRefused(Refused):
    """A link as it was typed; `field` is the part of it that is wrong."""

    def __init__(self, name: str, field: str, **values: object) -> None:
        self.field = field
        super().__init__(name, **values)


class ConsentMissing(Refused):
    """A legal-aid ticket needs the worker's consent before anything is stored."""


class PersonRefused(Refused):
    """A step with an account that is not done."""


class LoginTaken(PersonRefused):
    """A login belongs to one person only."""


class KeyMissing(DeskError):
    """Stored text cannot be read with any key in GONGYOU_KEY."""

    def __init__(self) -> None:
        super().__init__(
            "Stored text was encrypted under a key that is not in GONGYOU_KEY: "
            "put the old key back at the end of the comma-separated list."
        )


class DeskUnavailable(DeskError):
    """The database could not be used; the transaction was rolled back and may be tried again."""


@cache
def _read() -> Mapping[str, str]:
    texts: Mapping[str, str] = yaml.safe_load(REFUSALS.read_text(encoding="utf-8"))
    return texts
