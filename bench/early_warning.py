"""How long early warning takes over 100,000 tickets and 2,000,000 messages.

    PYTHONPATH=. .venv/bin/python -m bench.early_warning [--only sqlite|postgresql]
        [--tickets 100000] [--messages 2000000] [--directory /tmp/gongyou-early-warning]

Fills the directory as bench.desk_speed does (some minutes, once), publishes every closed week as
the clerk would, and tells what one week took. Then, as bench.web_pages: loads of the page and of
the reports' list through the whole gateway, and the first making of a report. The goal is GOAL_MS
for a page, at the 95th percentile.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from pathlib import Path
from statistics import median, quantiles

from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select

from bench.desk_fill import ENTERPRISE, NOW, OFFICER_0, OFFICERS, ROOT, read_key
from bench.desk_speed import filled_desk
from bench.web_pages import Visitors, _settings
from gongyou.desk.statistics.alerts import put_alerts
from gongyou.desk.statistics.reading import fetch_weeks
from gongyou.desk.statistics.snapshots import fetch_unpublished, publish_week
from gongyou.desk.statistics.table import WeeklyCount
from gongyou.desk.statistics.weeks import number_of
from gongyou.desk.store import Desk
from gongyou.rulebook import Rulebook, read_rulebook
from gongyou.settings import Settings
from gongyou.web.app import create_app
from gongyou.weekly import Naming, get_report, read_domain

LOADS, WARM, GOAL_MS = 60, 5, 200
DRAW = random.Random(20261122)
ENTERPRISE_0 = OFFICER_0 + OFFICERS - ENTERPRISE
READERS = {
    "officer, nation": range(OFFICER_0, OFFICER_0 + 10),
    "officer, cities": range(OFFICER_0 + 10, ENTERPRISE_0),
    "officer, enterprise": range(ENTERPRISE_0, OFFICER_0 + OFFICERS),
}


def publish_all(name: str, desk: Desk, rulebook: Rulebook) -> None:
    """Every closed week that is not published yet, each timed."""
    domain, taken = read_domain(rulebook), []
    with desk.reading() as session:
        mondays = fetch_unpublished(session, NOW)
    for monday in mondays:
        start = time.perf_counter()
        with desk.transaction() as session:
            publish_week(session, monday, domain, NOW)
            put_alerts(session, monday, NOW)
        taken.append((time.perf_counter() - start) * 1000)
    with desk.reading() as session:
        classes = session.scalar(select(func.count()).select_from(WeeklyCount))
    if taken:
        print(f"{name:10}  one week published: {median(taken):.0f} ms, most {max(taken):.0f} ms")
    print(f"{name:10}  {len(mondays)} weeks new, {classes} classes in all", flush=True)


def make_report(name: str, desk: Desk, rulebook: Rulebook) -> None:
    """The nation's report of the newest week, as the first who asks for it has it made."""
    start = time.perf_counter()
    with desk.transaction() as session:
        (monday,) = fetch_weeks(session, 1)
        get_report(session, Naming(rulebook), monday, "000000", NOW)
        session.rollback()
    print(f"{name:10}  one report made: {(time.perf_counter() - start) * 1000:.0f} ms", flush=True)


async def measure(name: str, desk: Desk, settings: Settings) -> None:
    with desk.reading() as session:
        weeks = [number_of(monday) for monday in fetch_weeks(session, 12)]
    visitors = Visitors(desk)
    async with TestClient(TestServer(create_app(settings, desk, lambda: NOW))) as client:
        for reader, numbers in READERS.items():
            for page in ("/desk/early-warning", "/desk/reports"):
                taken = []
                for _ in range(WARM + LOADS):
                    cookie = visitors.cookie(DRAW.choice(numbers))
                    path = f"{page}?week={DRAW.choice(weeks)}"
                    start = time.perf_counter()
                    async with client.get(path, headers={"Cookie": cookie}) as answer:
                        await answer.read()
                    taken.append((time.perf_counter() - start) * 1000)
                    assert answer.status == 200, path
                p95 = quantiles(taken[WARM:], n=20)[-1]
                verdict = "ok" if p95 <= GOAL_MS else f"over {GOAL_MS} ms"
                figures = f"{median(taken[WARM:]):8.1f} {p95:8.1f} ms  {verdict}"
                print(f"{name:10}  {page + ', ' + reader:44} {figures}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=2_000_000)
    parser.add_argument("--directory", type=Path, default=Path("/tmp/gongyou-early-warning"))
    given = parser.parse_args()
    rulebook = read_rulebook(ROOT / "rulebook")
    settings = _settings(read_key(given.directory))
    for name in [given.only] if given.only else ("sqlite", "postgresql"):
        with filled_desk(name, given.directory, given.tickets, given.messages) as desk:
            publish_all(name, desk, rulebook)
            make_report(name, desk, rulebook)
            asyncio.run(measure(name, desk, settings))


if __name__ == "__main__":
    main()
