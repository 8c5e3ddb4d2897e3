"""How long until a message is on the other side's open page, with 500 pages open.

    PYTHONPATH=. .venv/bin/python -m bench.live [--pages 500] [--messages 200]

One gateway in a process of its own, on SQLite in a file with a commit that reaches the disk, as in
a run. Half the pages are workers', half the officers who hold their tickets; each is an open event
stream. Messages go in one after another, to a conversation drawn anew, by turns from each side.
Two figures of each: from the moment the gateway has stored the message and is about to answer the
POST (accepted) to the event's being written to the other side's stream, both told by the gateway's
clock; and as the client sees it, from sending the POST to reading the event. The goal is GOAL_MS.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import random
import socket
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from aiohttp import ClientSession, ClientTimeout, TCPConnector, web
from cryptography.fernet import Fernet

from bench.web_pages import _settings
from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.sign_ins import open_sign_in
from gongyou.desk.tickets.handoffs import open_handoff
from gongyou.desk.tickets.life import accept_ticket
from gongyou.settings import Settings
from gongyou.web import csrf
from gongyou.web.app import create_app
from gongyou.web.cookies import CHAT, SIGN_IN
from gongyou.web.live.stream import EventStream
from gongyou.web.notifier import Notifier
from gongyou.wiring import Desk, build_desk, upgrade_database

GOAL_MS = 300
DRAW = random.Random(20261122)
NEVER = 60.0  # seconds after which a message is lost

type Pair = tuple[str, str, int]  # the worker's cookie, the officer's, the ticket


def fill(desk: Desk, pairs: int) -> list[Pair]:
    """So many conversations, each with a ticket that an officer of its own holds."""
    now, made = datetime.now(UTC), []
    with desk.transaction() as session:
        for number in range(pairs):
            officer = Person(
                login=f"o{number}", name=f"干部{number}", role="officer", password_hash="x"
            )
            session.add(officer)
            session.flush()
            chat, cookie = open_conversation(session, now)
            opened = open_handoff(
                session,
                chat.id,
                topic="human_handoff",
                region="000000",
                facts={},
                summary="",
                consent=True,
                now=now,
            )
            accept_ticket(session, opened.ticket.id, officer, now)
            made.append((cookie, open_sign_in(session, officer, now), opened.ticket.id))
    return made


def serve(settings: Settings, figures: Any) -> None:
    """The gateway; what it measures goes into the queue: milliseconds, accepted to written."""
    accepted: dict[str, float] = {}
    notify, send = Notifier.notify, EventStream.send

    def notify_timed(self: Notifier, topic: str) -> None:
        accepted["at"] = time.perf_counter()
        notify(self, topic)

    async def send_timed(
        self: EventStream, event: str, data: Any, number: int | None = None
    ) -> None:
        await send(self, event, data, number)
        is_other = data.get("sender") == ("worker" if "html" in data else "officer")
        if event == "message" and is_other:
            figures.put((time.perf_counter() - accepted["at"]) * 1000)

    Notifier.notify, EventStream.send = notify_timed, send_timed  # type: ignore[method-assign]
    with closing(build_desk(settings)) as desk:
        web.run_app(
            create_app(settings, desk),
            host=settings.host,
            port=settings.port,
            access_log=None,
            print=None,
            shutdown_timeout=1,
        )


class Pages:
    """The browsers' side: open streams, and the posts."""

    def __init__(self, session: ClientSession, pairs: list[Pair]) -> None:
        self.session, self.pairs = session, pairs
        self.heard: dict[str, asyncio.Future[float]] = {}
        self.open = 0

    async def listen(self, side: str, path: str, cookie: str) -> None:
        async with self.session.get(path, headers={"Cookie": cookie}) as response:
            assert response.status == 200, response.status
            is_open = False
            async for line in response.content:
                if not is_open and line.startswith(b"event: state"):
                    is_open, self.open = True, self.open + 1
                for text in [key for key in self.heard if f"{side} {key}".encode() in line]:
                    if not self.heard[text].done():
                        self.heard[text].set_result(time.perf_counter())

    async def send(self, number: int) -> float:
        """One message, to its event at the other side (the sender's own page hears it as well); in
        milliseconds."""
        worker, officer, ticket = DRAW.choice(self.pairs)
        text = f"bench {number} end"
        self.heard[text] = asyncio.get_running_loop().create_future()
        start = time.perf_counter()
        if number % 2:
            body = {"text": f"officer {text}", "key": f"k{number}"}
            path, cookie = "/api/messages", f"{CHAT}={worker}"
        else:
            said, token = f"worker {text}", csrf.token_for(officer)
            body = {"text": said, "key": f"k{number}", "form_token": token}
            path, cookie = f"/desk/tickets/{ticket}/live/say", f"{SIGN_IN}={officer}"
        async with self.session.post(path, json=body, headers={"Cookie": cookie}) as response:
            assert response.status == 202, (response.status, await response.text())
        async with asyncio.timeout(NEVER):
            heard = await self.heard[text]
        del self.heard[text]
        return (heard - start) * 1000


async def measure(url: str, pairs: list[Pair], messages: int) -> list[float]:
    connector = TCPConnector(limit=0)
    timeout = ClientTimeout(total=None)
    async with ClientSession(url, connector=connector, timeout=timeout) as session:
        await until_up(session)
        pages = Pages(session, pairs)
        streams = []
        for worker, officer, ticket in pairs:
            events = f"/desk/tickets/{ticket}/live/events?after=0"
            streams.append(pages.listen("worker", "/api/live?after=0", f"{CHAT}={worker}"))
            streams.append(pages.listen("officer", events, f"{SIGN_IN}={officer}"))
        tasks = [asyncio.create_task(one) for one in streams]
        while pages.open < len(tasks):
            broken = next((task for task in tasks if task.done()), None)
            if broken is not None:
                broken.result()
            await asyncio.sleep(0.05)
        print(f"{pages.open} pages open", flush=True)
        taken = [await pages.send(number) for number in range(messages)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return taken


async def until_up(session: ClientSession) -> None:
    for _ in range(200):
        try:
            async with session.get("/healthz") as response:
                if response.status == 200:
                    return
        except OSError:
            pass
        await asyncio.sleep(0.1)
    raise SystemExit("the gateway did not start")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def tell(name: str, taken: list[float]) -> None:
    cuts = quantiles(taken, n=100, method="inclusive")
    p50, p95, p99 = cuts[49], cuts[94], cuts[98]
    verdict = "within" if p99 <= GOAL_MS else "OVER"
    print(
        f"{name:36} p50 {p50:7.1f}  p95 {p95:7.1f}  p99 {p99:7.1f}  max {max(taken):7.1f} ms"
        f"  {verdict} {GOAL_MS} ms  ({len(taken)} messages)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--json", type=Path, help="keep the figures here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(
            _settings(Fernet.generate_key().decode()),
            database_url=f"sqlite:///{folder}/desk.db",
            port=free_port(),
            today=None,
        )
        upgrade_database(settings)
        with closing(build_desk(settings)) as desk:
            pairs = fill(desk, given.pages // 2)
        context = multiprocessing.get_context("spawn")
        figures = context.Queue()
        gateway = context.Process(target=serve, args=(settings, figures), daemon=True)
        gateway.start()
        try:
            url = f"http://127.0.0.1:{settings.port}"
            seen = asyncio.run(measure(url, pairs, given.messages))
            written = [figures.get(timeout=5) for _ in range(given.messages)]
        finally:
            gateway.terminate()
            gateway.join()
    tell("accepted to event written", written)
    tell("POST sent to event read, client", seen)
    if given.json:
        given.json.write_text(json.dumps({"written": written, "seen": seen}))


if __name__ == "__main__":
    main()
