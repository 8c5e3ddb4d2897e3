"""What is typed about a person, checked. A ValueError says what is wrong, and the cure."""

from gongyou.desk.people.employer_names import normalise
from gongyou.desk.people.limits import EMPLOYER_LONGEST, NAME_LONGEST, is_email, is_login


def read_login(text: str) -> str:
    """In small letters: an address or a number out of a table is one too."""
    login = text.lower()
    if not is_login(login):
        raise ValueError(f"{text!r} is no login: write 2 to 32 of a-z, 0-9, dot, dash, underscore")
    return login


def read_name(text: str) -> str:
    """One line of at most NAME_LONGEST characters."""
    if not text or len(text) > NAME_LONGEST or not text.isprintable():
        raise ValueError(f"{text[:40]!r} is no name: write 1 to {NAME_LONGEST} characters")
    return text


def read_email(text: str) -> str | None:
    """None for an empty text."""
    if text and not is_email(text):
        raise ValueError(f"{text[:80]!r} is no e-mail address: write name@example.org, or nothing")
    return text or None


def read_employer(text: str) -> str:
    """A name that tells one enterprise from another."""
    if len(text) > EMPLOYER_LONGEST or not normalise(text):
        cure = f"write its name, up to {EMPLOYER_LONGEST} characters"
        raise ValueError(f"{text[:40]!r} names no enterprise: {cure}")
    return text
