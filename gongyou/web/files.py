"""A photo or PDF that comes in with a form, and one that goes out.

A form with a file is read as it comes, part by part: its token first, so that a stranger's file
is never read, and the file only up to its limit, whatever its length is said to be.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import BodyPartReader, web

from gongyou.casework.uploads import LIMITS, Unacceptable, clean_upload, read_refusal
from gongyou.desk.files.attachments import Attachment, NewFile
from gongyou.web import csrf
from gongyou.web.client import address_of
from gongyou.web.errors import BadInput, TooMany
from gongyou.web.requests import KEY, TooSlow, clean
from gongyou.web.texts import read_texts
from gongyou.web.throttle import group

FIELDS_LIMIT = 16 * 1024  # bytes of all the form's fields together
MOST_PARTS = 20
UPLOAD_SECONDS = 120.0  # 10 MB at 90 KB/s; whoever is slower is asked for a smaller picture
NAME_LONGEST = 80  # characters
CHUNK = 64 * 1024
MOST_AT_ONCE = 16  # files being read, or waiting to be cleaned, of 10 MB each
MOST_OF_ONE = 8  # of those from one address, so that a slow sender leaves room for others
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
SANDBOX = "default-src 'none'; sandbox"

# A cell may take 1 GB and a core: two at once, in threads that the desk's calls never wait for.
_ROOM = asyncio.Semaphore(MOST_AT_ONCE)
_TAKEN: Counter[str] = Counter()
_CLEANERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="cleaner")


@dataclass(frozen=True)
class Upload:
    """A form's fields and its one file, not yet looked into; `name` as the browser sent it."""

    fields: Mapping[str, str]
    name: str
    content: bytes


class BadFile(BadInput):
    """A file that is not taken; `text` is what the person reads."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__("file_refused", refusal=read_refusal(reason))
        self.status = status


async def receive_file(request: web.Request, cookie: str) -> NewFile:
    """The file of a posted form, made anew. Raises as `read_upload` and `clean_file`."""
    with place_of(address_of(request)):
        return await clean_file(await read_upload(request, cookie))


@contextmanager
def place_of(address: str) -> Iterator[None]:
    """One of the places of a client address. Raises TooMany."""
    client = group(address)
    if _TAKEN[client] >= MOST_OF_ONE:
        raise TooMany("files_busy", seconds=10)
    _TAKEN[client] += 1
    try:
        yield
    finally:
        _TAKEN[client] -= 1
        if not _TAKEN[client]:
            del _TAKEN[client]


async def read_upload(request: web.Request, cookie: str) -> Upload:
    """A form of type multipart/form-data, `form_token` first; the file's field is `file`.

    Raises BadInput (token, shape), BadFile (413 over the limit, 400 empty), TooSlow, TooMany.
    """
    if request.content_type != "multipart/form-data" or "Content-Encoding" in request.headers:
        raise BadInput("unsupported")
    if (request.content_length or 0) > LIMITS.bytes + 2 * FIELDS_LIMIT:
        raise BadFile("too_large", 413)
    try:
        async with _room(), asyncio.timeout(UPLOAD_SECONDS):
            return await _read_parts(request, cookie)
    except TimeoutError:
        raise TooSlow("file_slow") from None
    except (ValueError, RuntimeError, web.RequestPayloadError):  # not as multipart is written
        raise BadInput("unsupported") from None


async def clean_file(upload: Upload) -> NewFile:
    """The file made anew, under a name that fits it. Raises BadFile, TooMany.

    Its key comes of the form's key and of what it holds: the same form sent twice is kept once,
    and another file in a form that was gone back to is a file of its own.
    """
    key = upload.fields.get("key", "")
    if not KEY.fullmatch(key):
        raise BadInput("key_bad")
    loop = asyncio.get_running_loop()
    try:
        async with _room():
            cleaned = await loop.run_in_executor(_CLEANERS, clean_upload, upload.content)
    except Unacceptable as problem:
        raise BadFile(problem.reason, 413 if problem.reason == "too_large" else 400) from None
    return NewFile(
        name=_named(upload.name, cleaned.media),
        media=cleaned.media,
        content=cleaned.content,
        client_key=hashlib.sha256(key.encode() + upload.content).hexdigest(),
    )


def send_file(attachment: Attachment, content: bytes) -> web.Response:
    """The file to look at (a picture) or to keep (a PDF); it can run nothing in a browser."""
    manner = "inline" if attachment.media.startswith("image/") else "attachment"
    return send_bytes(attachment.name, attachment.media, content, manner)


def send_bytes(name: str, media: str, content: bytes, manner: str = "attachment") -> web.Response:
    """Bytes under a name in any script; nobody keeps a copy on the way."""
    headers = {
        "Content-Type": media,
        "Content-Disposition": f"{manner}; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": SANDBOX,
    }
    return web.Response(body=content, headers=headers)


def show_size(size: int) -> str:
    """340 KB; 2.1 MB. `size` is in bytes."""
    kilobytes = max(1, round(size / 1024))
    return f"{kilobytes} KB" if kilobytes < 1024 else f"{kilobytes / 1024:.1f} MB"


def _room() -> asyncio.Semaphore:
    """Room for one more file, which nobody waits for. Raises TooMany."""
    if _ROOM.locked():
        raise TooMany("files_busy", seconds=10)
    return _ROOM


async def _read_parts(request: web.Request, cookie: str) -> Upload:
    fields: dict[str, str] = {}
    name, content, room = "", None, FIELDS_LIMIT
    reader = await request.multipart()
    for _ in range(MOST_PARTS):
        part = await reader.next()
        if part is None:
            break
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise BadInput("unsupported")
        if part.name == "file" and content is None:
            csrf.check_token(request, fields, cookie)
            name, content = part.filename or "", await _read_part(part, LIMITS.bytes)
        else:
            raw = await _read_part(part, room)
            fields[part.name], room = raw.decode("utf-8", "replace"), room - len(raw)
    csrf.check_token(request, fields, cookie)
    if not content:
        raise BadFile("empty") if name else BadInput("file_missing")
    return Upload(fields, name, content)


async def _read_part(part: BodyPartReader, limit: int) -> bytes:
    """The part's bytes. Raises BadFile as soon as there is one too many."""
    read = bytearray()
    while chunk := await part.read_chunk(CHUNK):
        read += chunk
        if len(read) > limit:
            raise BadFile("too_large", 413)
    return bytes(read)


def _named(name: str, media: str) -> str:
    """The name without folders and without what it claimed to be: 工资条.jpg."""
    stem = clean(name).replace("\\", "/").rsplit("/", 1)[-1].replace("\n", " ")
    stem = stem.rsplit(".", 1)[0].strip(". ")[:NAME_LONGEST]
    return (stem or str(read_texts()["file_names"][media])) + SUFFIXES[media]
