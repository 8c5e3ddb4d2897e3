"""What the fields of an account may hold, for every form, list and command that reads them."""

import re
from typing import Final

NAME_LONGEST: Final = 30  # characters, as all of these
EMAIL_LONGEST: Final = 254
EMPLOYER_LONGEST: Final = 100

_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_EMAIL: Final = re.compile(r"[^\s@<>,;:]{1,64}@[^\s@<>,;:]+\.[^\s@<>,;:.]{2,}")


def is_login(text: str) -> bool:
    """2 to 32 of a-z, 0-9, dot, dash, underscore; a letter or digit first."""
    return _LOGIN.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """One bare address, like li@example.org."""
    return len(text) <= EMAIL_LONGEST and _EMAIL.fullmatch(text) is not None
