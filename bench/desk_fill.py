"""A desk as it stands after years: tickets, chats, people, in bulk and with a fixed seed.

Texts are encrypted once and repeated; everything else is as the desk itself would write it.
Sign in as lawyer1…, officer1… with `PASSWORD`, under the key that lies in the directory.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Engine, Table

from gongyou.casework.case_facts import read_case_facts
from gongyou.casework.conclusion import conclude
from gongyou.desk.people.employer_keys import employer_key
from gongyou.desk.tables import metadata
from gongyou.desk.tickets.table import CAUSES
from gongyou.desk.vault import Vault
from gongyou.rulebook import read_rulebook

type Row = dict[str, Any]

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "correct horse battery"  # noqa: S105 - of people who are made up
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, ten in the morning in China
LAWYERS, OFFICERS, ENTERPRISE, EMPLOYERS = 300, 50, 10, 2_000
OFFICER_0 = LAWYERS + 1  # the first officer's number
TOPICS = ("wage_shutdown", "wage_arrears", "overtime", "dismissal", "work_injury", "no_contract")
CITIES = tuple(
    f"{p}{c:02d}00" for p in (11, 13, 21, 31, 32, 33, 37, 41, 44, 51) for c in range(1, 13)
)
SPREAD = {"closed": 920, "withdrawn": 30, "answered": 22, "accepted": 14, "waiting": 9,
          "opened": 3, "offered": 2}  # fmt: skip
FACTS = {
    "region": "410800",
    "stop_from": "2026-09-01",
    "monthly_wage": "4000",
    "worked": "none",
    "pay_cycle_start_day": "1",
}
LONG_CHAT = 500  # messages of the first ticket's chat; every other has as many as are left


class Filler:
    """Draws the rows of one desk of so many tickets and messages."""

    def __init__(self, vault: Vault, tickets: int, messages: int) -> None:
        self.draw = random.Random(20261122)
        self.tickets, self.messages = tickets, messages
        self.vault = vault
        self.text = vault.encrypt("厂里停工三个月，只发了一个月的钱，我每月 4000 元，怎么要回来？")
        self.facts = vault.encrypt(json.dumps(FACTS))
        self.sources = vault.encrypt(json.dumps(dict.fromkeys(FACTS, 1)))
        self.conclusion = vault.encrypt(json.dumps(_conclude()))
        self.payload = vault.encrypt(json.dumps({"buttons": []}))
        names = [f"宏{number}达有限公司" for number in range(EMPLOYERS)]
        self.employers = [(vault.encrypt(name), employer_key(vault, name)) for name in names]

    def fill(self, engine: Engine) -> None:
        """Insert everything into an empty, migrated database."""
        write = _write_sqlite if engine.dialect.name == "sqlite" else _copy_postgresql
        rows = list(self.rows_of_tickets())
        write(engine, "people", self.people())
        write(engine, "lawyer_profiles", self.profiles())
        write(engine, "conversations", (self.chat(row) for row in rows))
        write(engine, "tickets", rows)
        write(engine, "offers", self.offers(rows))
        write(engine, "sheet_versions", (self.sheet(row) for row in rows))
        write(engine, "messages", self.chatter(rows))
        _finish(engine)

    def people(self) -> Iterator[Row]:
        hashed = PasswordHasher().hash(PASSWORD)
        for number in range(1, LAWYERS + OFFICERS + 1):
            officer = number - LAWYERS
            enterprise = officer > OFFICERS - ENTERPRISE
            everywhere = enterprise or 0 < officer <= 10
            yield {
                "id": number,
                "login": f"officer{officer}" if officer > 0 else f"lawyer{number}",
                "name": "赵干部" if officer > 0 else "李律师",
                "role": "officer" if officer > 0 else "lawyer",
                "password_hash": hashed,
                "active": True,
                "regions": ["000000"] if everywhere else self.draw.sample(CITIES, 3),
                "employer": self.vault.encrypt(f"宏{officer}达有限公司") if enterprise else None,
                "on_duty": officer > 0,
                "duties": ["care"] if officer > 0 and officer % 20 == 0 else [],
                "created_at": NOW - timedelta(days=900),
            }

    def profiles(self) -> Iterator[Row]:
        for number in range(1, LAWYERS + 1):
            yield {
                "person_id": number,
                "specialities": self.draw.sample(TOPICS, self.draw.randrange(4)),
                "hours": {str(day): ["19:00", "22:00"] for day in range(5)} if number % 3 else {},
                "load_limit": 40,
            }

    def rows_of_tickets(self) -> Iterator[Row]:
        """Oldest first; what is unfinished is spread among all, which is worse than in life."""
        kinds, weights = list(SPREAD), list(SPREAD.values())
        for number in range(1, self.tickets + 1):
            yield self._ticket(number, self.draw.choices(kinds, weights)[0])

    def _ticket(self, number: int, status: str) -> Row:
        aid = status == "offered" or self.draw.random() < 0.7
        created = NOW - timedelta(minutes=10 * (self.tickets - number))
        fallen = aid and status == "opened"
        held = status not in ("opened", "offered")
        lawyer, officer = self.draw.randrange(LAWYERS), self.draw.randrange(OFFICERS)
        employer, key = self.draw.choice(self.employers)
        known = self.draw.random() < 0.8
        owed = status in ("opened", "offered", "accepted")
        due = NOW + timedelta(minutes=self.draw.randrange(5, 4_000)) if owed else None
        return {
            "id": number,
            "conversation_id": f"{number:064x}",
            "kind": "legal_aid" if aid else "handoff",
            "cause": None if aid else CAUSES[number % len(CAUSES)],
            "topic": self.draw.choice(TOPICS),
            "is_care": not aid and CAUSES[number % len(CAUSES)] == "crisis",
            "region": self.draw.choice(CITIES) if self.draw.random() < 0.9 else "000000",
            "facts": self.facts, "sources": self.sources, "conclusion": self.conclusion,
            "summary": self.text, "words": self.text, "contact": self.text, "employer": employer,
            "employer_key": key if known else None,
            "employer_agreed": self.draw.random() < 0.1,
            "consent_at": created,
            "receipt_hash": f"{number:064x}", "idempotency_key": f"{number:064x}",
            "status": status,
            "priority": self.draw.choices((0, 1, 2, 3), (1, 9, 30, 60))[0],
            "reasons": ["deadline"],
            "person_id": (1 + lawyer if aid else OFFICER_0 + officer) if held else None,
            "created_at": created,
            "accepted_at": created if held else None,
            "closed_at": created + timedelta(days=3) if status == "closed" else None,
            "asked_at": max(created, NOW - timedelta(days=2)) if owed else created,
            "due_at": due,
            "warned_at": NOW if due is not None and due < NOW + timedelta(hours=6) else None,
            "fell_at": created if fallen else None,
            "deadline_on": date(2027, 3, 1),
            "outcome": "advised" if status == "closed" else None,
        }  # fmt: skip

    def chat(self, ticket: Row) -> Row:
        held = ticket["status"] in ("accepted", "answered", "waiting")
        mode = "person" if held else "bot"
        return {
            "id": ticket["conversation_id"],
            "created_at": ticket["created_at"],
            "mode": mode,
            "origin": "web",
        }

    def sheet(self, ticket: Row) -> Row:
        kept = {name: ticket[name] for name in ("facts", "sources", "conclusion", "created_at")}
        return {
            "id": ticket["id"],
            "ticket_id": ticket["id"],
            "number": 1,
            "author": "worker",
        } | kept

    def offers(self, tickets: Sequence[Row]) -> Iterator[Row]:
        aid = [ticket for ticket in tickets if ticket["kind"] == "legal_aid"]
        for number, ticket in enumerate(aid, start=1):
            pending = ticket["status"] == "offered"
            lawyer = ticket["person_id"] or 1 + self.draw.randrange(LAWYERS)
            answer = "pending" if pending else "accepted" if ticket["person_id"] else "expired"
            at = NOW if pending else ticket["created_at"]
            yield {
                "id": number, "ticket_id": ticket["id"], "person_id": lawyer, "offered_at": at,
                "expires_at": at + timedelta(hours=30), "answer": answer, "reasons": ["all_topics"],
                "settled_at": None if pending else at, "is_past": False,
            }  # fmt: skip

    def chatter(self, tickets: Sequence[Row]) -> Iterator[Row]:
        """Chats of equal length, interleaved by a hundred as they are in life; one of 500."""
        each = max(1, (self.messages - LONG_CHAT) // len(tickets))
        numbers = iter(range(1, self.messages * 2))
        for start in range(0, len(tickets), 100):
            for _ in range(each):
                for ticket in tickets[start : start + 100]:
                    yield self._message(next(numbers), ticket)
        for _ in range(LONG_CHAT - each):
            yield self._message(next(numbers), tickets[0])

    def _message(self, number: int, ticket: Row) -> Row:
        worker = number % 2 == 0
        return {
            "id": number, "conversation_id": ticket["conversation_id"],
            "sender": "worker" if worker else "bot", "text": self.text,
            "payload": None if worker else self.payload, "state": "answered" if worker else "none",
            "attempts": 0, "created_at": ticket["created_at"], "staff_only": False,
            "client_key": f"{number:032x}" if worker else None,
        }  # fmt: skip


def _conclude() -> Any:
    """What the rulebook says of FACTS."""
    rulebook = read_rulebook(ROOT / "rulebook")
    facts = read_case_facts(rulebook, FACTS)
    return conclude(rulebook, "wage_shutdown", facts, NOW.date())


def _write_sqlite(engine: Engine, table: str, rows: Iterable[Row]) -> None:
    names = [column.name for column in _table(table).columns]
    marks = ", ".join("?" * len(names))
    values = ([_for_sqlite(row.get(name)) for name in names] for row in rows)
    with engine.begin() as connection:
        driver: Any = connection.connection.dbapi_connection
        listed = ", ".join(f'"{name}"' for name in names)
        driver.cursor().executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", values)  # noqa: S608


def _for_sqlite(value: object) -> object:
    match value:
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S.%f")
        case date():
            return value.isoformat()
        case list() | dict():
            return json.dumps(value)
    return value


def _copy_postgresql(engine: Engine, table: str, rows: Iterable[Row]) -> None:
    names = [column.name for column in _table(table).columns]
    listed = ", ".join(f'"{name}"' for name in names)
    with engine.begin() as connection:
        driver: Any = connection.connection.dbapi_connection
        with driver.cursor().copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
            for row in rows:
                values = (row.get(name) for name in names)
                copy.write_row([json.dumps(v) if isinstance(v, list | dict) else v for v in values])


def _finish(engine: Engine) -> None:
    """What PostgreSQL does by itself in time: number on, and know its tables."""
    if engine.dialect.name == "sqlite":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("people", "tickets", "offers", "sheet_versions", "messages"):
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608
            )
        connection.exec_driver_sql("VACUUM ANALYZE")


def _table(name: str) -> Table:
    return metadata.tables[name]


def read_key(directory: Path) -> str:
    """The key of the filled desks in this directory; made when there is none."""
    from cryptography.fernet import Fernet

    kept = directory / "key"
    if not kept.exists():
        directory.mkdir(parents=True, exist_ok=True)
        kept.write_text(Fernet.generate_key().decode())
    return kept.read_text()
