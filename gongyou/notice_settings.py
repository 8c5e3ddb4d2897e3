"""The settings of notices: how they go out, and where they say the desk is.

Each reader gives None (or nothing) for a variable left out, and a ValueError with the cure.
"""

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mail is handed in, and from which address it comes."""

    host: str
    port: int
    security: Literal["starttls", "ssl", "insecure"]
    sender: str
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)


def read_public_url(text: str) -> str | None:
    if not text:
        return None
    if not re.fullmatch(r"https?://[\w.-]+(:\d{1,5})?(/[\w./-]*)?", text, re.A):
        raise ValueError("must be an address like https://gongyou.example.org, or left out")
    return text.rstrip("/")


def read_mail_server(text: str) -> MailServer | None:
    """Never quotes the text, which holds a password; nor do urlsplit's errors leave here."""
    if not text:
        return None
    try:
        parts = urlsplit(text)
        port, asked = parts.port, parse_qs(parts.query)
        (sender,) = asked.pop("from")
        known = parts.scheme in ("smtp", "smtps") and parts.hostname and is_address(sender)
    except (ValueError, KeyError):
        known = None
    if not known:
        raise ValueError("must be like smtp://USER:PASSWORD@HOST:587?from=desk@example.org")
    ssl, plain = parts.scheme == "smtps", asked.pop("tls", None) == ["no"]
    if asked or (plain and (ssl or not _may_be_plain(parts))):
        raise ValueError('takes only "from", and "tls=no" for this machine or without a password')
    return MailServer(
        host=parts.hostname or "",
        port=port or (465 if ssl else 25 if plain else 587),
        security="ssl" if ssl else "insecure" if plain else "starttls",
        sender=sender,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


def is_address(text: str) -> bool:
    """Whether this is one bare e-mail address: no name, no list, nothing after a line break."""
    return re.fullmatch(r"[^\s@<>,;:]+@[^\s@<>,;:]+", text) is not None


def _may_be_plain(parts: SplitResult) -> bool:
    return not parts.password or parts.hostname in ("127.0.0.1", "::1", "localhost")


def read_robots(text: str) -> tuple[str, ...]:
    """Never quotes the text, whose keys let anybody write into the group."""
    robots = tuple(part for part in re.split(r"[\s,]+", text) if part)
    if not all(re.fullmatch(r"wecombot://[\w-]+|dingtalk://(\w+@)?\w+", r, re.A) for r in robots):
        raise ValueError(
            "must list wecombot://KEY, dingtalk://TOKEN or dingtalk://SECRET@TOKEN, "
            "with nothing else in each"
        )
    return robots
