"""How long the desk's pages take over 100,000 tickets and 2,000,000 messages.

    PYTHONPATH=. .venv/bin/python -m bench.web_pages [--only sqlite|postgresql]
        [--directory /tmp/gongyou-desk-bench]

Measures what bench.desk_speed has filled there, and fills it when nothing is there yet. A load is
one GET through the whole gateway in this process: sign-in, permission, queries, audit entry with
its commit, template. Each figure is the median and the 95th percentile of LOADS loads by people
and of cases drawn anew. The goal is GOAL_MS each.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from bench.desk_fill import ENTERPRISE, LAWYERS, NOW, OFFICER_0, OFFICERS, read_key
from bench.desk_speed import filled_desk
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.sign_ins import open_sign_in
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.store import Desk
from gongyou.desk.tickets.table import Ticket
from gongyou.settings import Settings
from gongyou.web.app import create_app
from gongyou.web.cookies import SIGN_IN

LOADS, WARM, GOAL_MS = 60, 5, 100
DRAW = random.Random(20261122)
ROOT = Path(__file__).resolve().parents[1]
ENTERPRISE_0 = OFFICER_0 + OFFICERS - ENTERPRISE
READERS = {
    "lawyer": range(1, LAWYERS + 1),
    "officer, nation": range(OFFICER_0, OFFICER_0 + 10),
    "officer, cities": range(OFFICER_0 + 10, ENTERPRISE_0),
    "officer, enterprise": range(ENTERPRISE_0, OFFICER_0 + OFFICERS),
}
TABS = {"lawyer": ("todo", "mine", "done"), "officer": ("todo", "mine", "all", "done")}

type Load = tuple[int, str]  # who, and which address


class Loads:
    """Draws who opens what, from what is in the database."""

    def __init__(self, session: Session) -> None:
        aid, call = Ticket.kind == "legal_aid", Ticket.kind == "handoff"
        at_work = Ticket.status.in_(("accepted", "answered", "waiting"))
        self.held = self._of_holders(session, aid & at_work)
        self.done = self._of_holders(session, aid & (Ticket.status == "closed"))
        nation = Ticket.person_id.in_(READERS["officer, nation"])
        self.calls = self._of_holders(session, call & at_work & nation)
        self.long = self._of_holders(session, (Ticket.id == 1) & aid)
        pending = select(Offer.person_id, Offer.ticket_id).where(Offer.answer == "pending")
        self.offered = [(who, number) for who, number in session.execute(pending.limit(500))]
        opened = select(Ticket.id).where(aid & (Ticket.status == "opened")).limit(500)
        self.waiting = [(OFFICER_0, number) for number in session.scalars(opened)]

    def _of_holders(self, session: Session, which: ColumnElement[bool]) -> list[tuple[int, int]]:
        held = select(Ticket.person_id, Ticket.id).where(which, Ticket.person_id.is_not(None))
        return [(who, number) for who, number in session.execute(held.limit(2_000)) if who]

    def pages(self) -> Iterator[tuple[str, Callable[[], Load]]]:
        """Each page's name, and what draws one load of it."""
        for reader, numbers in READERS.items():
            for tab in TABS[reader.partition(",")[0]]:
                yield f"queue {tab}, {reader}", _draw_queue(numbers, f"/desk?tab={tab}")
        nation = READERS["officer, nation"]
        yield "queue all, page 40, officer, nation", _draw_queue(nation, "/desk?tab=all&page=40")
        cases: Mapping[str, Sequence[tuple[int, int]]] = {
            "case offered, lawyer": self.offered,
            "case in hand, lawyer": self.held,
            "case closed, lawyer": self.done,
            "case with a chat of 500": self.long,
            "call in hand, officer": self.calls,
        }
        for name, drawn in cases.items():
            if drawn:
                yield name, _draw_case(drawn)
        if self.waiting:
            yield "routing, officer", _draw_case(self.waiting, "/routing")
        if self.held:
            yield "facts sheet, lawyer", _draw_case(self.held, "/facts")


def _draw_queue(readers: Sequence[int], path: str) -> Callable[[], Load]:
    return lambda: (DRAW.choice(readers), path)


def _draw_case(cases: Sequence[tuple[int, int]], rest: str = "") -> Callable[[], Load]:
    def draw() -> Load:
        who, number = DRAW.choice(cases)
        return who, f"/desk/tickets/{number}{rest}"

    return draw


class Visitors:
    """Signs people in, each once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._cookies: dict[int, str] = {}

    def cookie(self, who: int) -> str:
        if who not in self._cookies:
            with self._desk.transaction() as session:
                person = session.get_one(Person, who)
                self._cookies[who] = open_sign_in(session, person, NOW)
        return f"{SIGN_IN}={self._cookies[who]}"


async def measure(name: str, desk: Desk, settings: Settings) -> None:
    """Print a line a page, then those over the goal."""
    with desk.reading() as session:
        loads = Loads(session)
    visitors, slow = Visitors(desk), []
    app = create_app(settings, desk, lambda: NOW)
    async with TestClient(TestServer(app)) as client:
        print(f"{name:10}  {'page':40} {'median':>8} {'p95':>8} {'size':>8}")
        for page, draw in loads.pages():
            taken, size = [], 0
            for who, path in [draw() for _ in range(WARM + LOADS)]:
                headers = {"Cookie": visitors.cookie(who)}
                start = time.perf_counter()
                async with client.get(path, headers=headers, allow_redirects=False) as answer:
                    body = await answer.read()
                taken.append((time.perf_counter() - start) * 1000)
                size = max(size, len(body))
                assert answer.status == 200, (page, path, answer.status)
            p95 = quantiles(taken[WARM:], n=20)[-1]
            if p95 > GOAL_MS:
                slow.append(page)
            figures = f"{median(taken[WARM:]):8.1f} {p95:8.1f} ms {size / 1024:6.0f} KB"
            print(f"{name:10}  {page:40} {figures}", flush=True)
    print(f"{name}: over {GOAL_MS} ms at p95: {', '.join(slow) or 'none'}")


def _settings(key: str) -> Settings:
    return Settings(
        keys=(key,),
        rasa_token="",
        action_token="",
        database_url="",
        rulebook_path=ROOT / "rulebook",
        host="127.0.0.1",
        port=0,
        secure_cookies=False,
        bot_timeout=8.0,
        rasa_url="http://127.0.0.1:9",
        action_host="127.0.0.1",
        action_port=0,
        today=date(2026, 11, 23),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--directory", type=Path, default=Path("/tmp/gongyou-desk-bench"))
    given = parser.parse_args()
    settings = _settings(read_key(given.directory))
    for name in [given.only] if given.only else ("sqlite", "postgresql"):
        with filled_desk(name, given.directory) as desk:
            asyncio.run(measure(name, desk, settings))


if __name__ == "__main__":
    main()
