"""How many messages a second the desk's search looks through, and how long its page takes.

    PYTHONPATH=. .venv/bin/python -m bench.search_speed [--only sqlite|postgresql]
        [--directory /tmp/gongyou-desk-bench]

Measures what bench.desk_speed has filled there (100,000 tickets, 2,000,000 messages), and fills it
when nothing is there yet. The word that is looked for occurs nowhere, so that every page goes as
far as it may (`MOST_SCANNED` messages); the goal is GOAL_MS a page. The narrowed queue is measured
beside it, since both rest on the same index.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy.orm import Session

from bench.desk_fill import NOW
from bench.desk_speed import READERS, filled_desk
from gongyou.desk.people.accounts import Person
from gongyou.desk.review.search import Position, search_cases
from gongyou.desk.store import Desk
from gongyou.desk.tickets.narrowing import Narrowing
from gongyou.desk.tickets.reading import Tab, count_causes, fetch_tickets

PAGES, GOAL_MS = 10, 1000
OFFICERS = ("officer, nation", "officer, cities", "officer, enterprise")


def measure_search(name: str, desk: Desk, person: Person, reader: str) -> None:
    """Ten pages one after another, from the newest on."""
    position: Position | None = Position()
    taken, messages = [], 0
    for _ in range(PAGES):
        if position is None:
            break
        start = time.perf_counter()
        with desk.reading() as session:
            naming = (lambda key: key, lambda code: code)
            found = search_cases(session, person, ["没有这个词"], naming, position)
        taken.append(time.perf_counter() - start)
        messages, position = messages + found.messages, found.next
    a_second = messages / sum(taken)
    print(
        f"{name:10}  search, {reader:24} {median(taken) * 1000:8.0f} {max(taken) * 1000:8.0f} ms"
        f"  {a_second:8,.0f} messages/s, {messages / len(taken):,.0f} a page"
    )


def measure_queue(name: str, desk: Desk, person: Person, reader: str) -> None:
    """The lists and counts that are narrowed in every way there is."""
    wishes = {
        "unnarrowed": Narrowing(),
        "one cause": Narrowing(cause="crisis"),
        "one province": Narrowing(region="410000"),
        "three days": Narrowing(since=NOW - timedelta(days=3)),
        "longest first": Narrowing(order="longest"),
        "flagged": Narrowing(flagged=True),
    }
    tabs: tuple[Tab, ...] = ("todo", "all", "later")
    for tab in tabs:
        for wish, wanted in wishes.items():

            def both(session: Session, tab: Tab = tab, wanted: Narrowing = wanted) -> object:
                return (
                    fetch_tickets(session, person, tab, 0, wanted),
                    count_causes(session, person, tab, wanted),
                )

            _time(name, f"{tab}, {wish}, {reader}", desk, both)


def _time(name: str, what: str, desk: Desk, call: Callable[[Session], object]) -> None:
    taken = []
    for _ in range(PAGES):
        start = time.perf_counter()
        with desk.reading() as session:
            call(session)
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{name:10}  {what:48} {median(taken):8.1f} {quantiles(taken, n=20)[-1]:8.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--directory", type=Path, default=Path("/tmp/gongyou-desk-bench"))
    given = parser.parse_args()
    for name in [given.only] if given.only else ("sqlite", "postgresql"):
        with filled_desk(name, given.directory) as desk:
            for reader in OFFICERS:
                with desk.reading() as session:
                    person = session.get_one(Person, READERS[reader][0])
                measure_search(name, desk, person, reader)
                measure_queue(name, desk, person, reader)


if __name__ == "__main__":
    main()
