"""What kind of browser signs in, coarsely: enough to know one's own phone again."""

from collections.abc import Sequence

from gongyou.web.texts import read_texts


def describe_agent(header: str) -> str:
    """「Chrome · Android」 for a User-Agent; 「浏览器」 for one that says nothing known."""
    words = read_texts()["agents"]
    browser = _first(words["browsers"], header) or str(words["unknown"])
    system = _first(words["systems"], header)
    return f"{browser} · {system}" if system else browser


def _first(pairs: Sequence[Sequence[str]], header: str) -> str:
    """The name of the first sign that stands in the header."""
    return next((name for sign, name in pairs if sign in header), "")
