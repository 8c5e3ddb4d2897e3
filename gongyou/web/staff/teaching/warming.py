"""What the first look needs seconds for, read before a transaction begins rather than within it."""

import asyncio

from gongyou.web.staff.teaching.marks import holds_personal
from gongyou.web.staff.teaching.own_sentences import read_own_sentences


async def warm_up() -> None:
    """The tagger and our own sentences are in memory after this; later calls cost nothing."""
    await asyncio.to_thread(_read)


def _read() -> None:
    read_own_sentences()
    holds_personal("职工")
