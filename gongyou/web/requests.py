"""Reads what a browser sends, and turns what cannot be used into BadInput."""

import unicodedata
from typing import Any

from aiohttp import web

from gongyou.web.errors import BadInput, WebError

TEXT_LIMIT = 2_000  # characters of one message
KEY_LIMIT = 64
KEPT_CONTROLS = "\n\t"


class CrossSite(WebError):
    """Another site's page tried to write here."""

    status = 403


async def read_json(request: web.Request) -> dict[str, Any]:
    """The JSON object of the body; only from our own pages. Raises BadInput, CrossSite."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise CrossSite("cross_site")
    if request.content_type != "application/json":
        raise BadInput("unsupported")
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        raise BadInput("json_bad") from None
    if not isinstance(body, dict):
        raise BadInput("json_bad")
    return body


def read_key(body: dict[str, Any]) -> str:
    """The browser's own number for this sending, the same when it is sent again."""
    key = body.get("key")
    if not isinstance(key, str) or not 1 <= len(key) <= KEY_LIMIT or not key.isprintable():
        raise BadInput("key_bad")
    return key


def read_text(body: dict[str, Any]) -> str:
    """A worker's words: cleaned, not empty, within the limit, never a command to the bot."""
    raw = body.get("text")
    if not isinstance(raw, str):
        raise BadInput("json_bad")
    text = strip_commands(clean(raw))
    if not text:
        raise BadInput("text_empty")
    if len(text) > TEXT_LIMIT:
        raise BadInput("text_too_long", limit=TEXT_LIMIT, length=len(text))
    return text


def read_int(value: object, default: int, lowest: int, highest: int) -> int:
    """A whole number out of a query or body, kept within bounds; `default` for anything else."""
    try:
        number = int(str(value))
    except ValueError:
        return default
    return max(lowest, min(highest, number))


def clean(text: str) -> str:
    """The text without control, surrogate and direction characters, and without outer spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if _is_kept(c)).strip()


def strip_commands(text: str) -> str:
    """Leading slashes (also full-width, also after spaces) go: they are commands to Rasa."""
    return text.lstrip("/／⁄∕⧸ \t\n\u3000\u00a0\u200d")


def _is_kept(character: str) -> bool:
    if character in KEPT_CONTROLS or character == "\u200d":  # joins emoji
        return True
    return unicodedata.category(character) not in ("Cc", "Cs", "Cf", "Co", "Cn")
