"""Runs the desk's blocking calls in threads, each call one transaction."""

import asyncio
from collections.abc import Callable
from typing import Any, Concatenate

from gongyou.wiring import Desk


async def in_desk[**P, T](
    desk: Desk, work: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """`work(session, ...)` in one writing transaction. It returns plain values, never rows."""

    def run() -> T:
        with desk.transaction() as session:
            return work(session, *args, **kwargs)

    return await _to_its_end(run)


async def read_desk[**P, T](
    desk: Desk, work: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """`work(session, ...)` with a session that only reads, so no writer waits for it."""

    def run() -> T:
        with desk.reading() as session:
            return work(session, *args, **kwargs)

    return await _to_its_end(run)


async def _to_its_end[T](run: Callable[[], T]) -> T:
    """Run in a thread; who is cancelled meanwhile still waits, so no transaction outlives us."""
    working = asyncio.ensure_future(asyncio.to_thread(run))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait([working])
        raise
