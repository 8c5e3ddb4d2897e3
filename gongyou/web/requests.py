"""Reads what a browser sends, and turns what cannot be used into BadInput."""

import asyncio
import json
import re
import unicodedata
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from gongyou.web.errors import BadInput, WebError

TEXT_LIMIT = 2_000  # characters of one message
KEY = re.compile(r"[\w-]{1,64}", re.ASCII)  # no colon: keys of our own messages have one
BODY_SECONDS = 20.0  # for a slow phone; a body that takes longer only holds the connection
MOST_FIELDS = 100
FORM_TYPE = "application/x-www-form-urlencoded"
COMMANDS = re.compile(r"^[\s\u200d/／⁄∕⧸]+")
KEPT_CONTROLS = "\n\t"


class CrossSite(WebError):
    """Another site's page tried to write here."""

    status = 403


class TooSlow(WebError):
    """The body did not arrive in time."""

    status = 408


async def read_json(request: web.Request) -> dict[str, Any]:
    """The JSON object of the body; only from our own pages. Raises BadInput, CrossSite."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise CrossSite("cross_site")
    if request.content_type != "application/json":
        raise BadInput("unsupported")
    try:
        body = json.loads(await _read_body(request))
    except (ValueError, RecursionError):
        raise BadInput("json_bad") from None
    if not isinstance(body, dict):
        raise BadInput("json_bad")
    return body


async def read_fields(request: web.Request) -> dict[str, str]:
    """The fields of a posted form; bytes that are no text become U+FFFD. Raises BadInput."""
    if request.content_type != FORM_TYPE:
        raise BadInput("unsupported")
    body = (await _read_body(request)).decode("utf-8", "replace")
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise BadInput("unsupported") from None


async def _read_body(request: web.Request) -> bytes:
    """The body, at most `client_max_size` of it. Raises BadInput, TooSlow."""
    if "Content-Encoding" in request.headers:
        raise BadInput("unsupported")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.read()
    except TimeoutError:
        raise TooSlow("too_slow") from None
    except web.RequestPayloadError:
        raise BadInput("unsupported") from None


def read_key(body: dict[str, Any]) -> str:
    """The browser's own number for this sending, the same when it is sent again."""
    key = body.get("key")
    if not isinstance(key, str) or not KEY.fullmatch(key):
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
    """Leading slashes (also full-width, also after any space) go: they are commands to Rasa."""
    return COMMANDS.sub("", text)


def _is_kept(character: str) -> bool:
    if character in KEPT_CONTROLS or character == "\u200d":  # joins emoji
        return True
    return unicodedata.category(character) not in ("Cc", "Cs", "Cf", "Co", "Cn")
