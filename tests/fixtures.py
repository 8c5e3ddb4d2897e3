"""What tests share: a fixed time, and a desk on a real database with its migrations run.

That is SQLite in a file. The desk's own tests run on PostgreSQL as well (tests/desk/conftest.py),
and with GONGYOU_TEST_DATABASE_URL all others run there too.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from cryptography.fernet import Fernet
from sqlalchemy.orm import Session

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import Role
from gongyou.desk.vault import Vault, attach_vault
from gongyou.settings import Settings
from gongyou.wiring import Desk
from tests.databases import VARIABLE, PostgresServer, SqliteFile, open_postgres

REPOSITORY = Path(__file__).resolve().parent.parent
PASSWORD = "correct horse battery"


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> SqliteFile:
    return SqliteFile(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with open_postgres() as server:
        yield server


@pytest.fixture
def database() -> str:
    """ "sqlite" or "postgresql"."""
    return "postgresql" if os.environ.get(VARIABLE) else "sqlite"


@pytest.fixture
def server(database: str, request: pytest.FixtureRequest) -> SqliteFile | PostgresServer:
    """What keeps the desk's database, with nothing in it."""
    name = "sqlite_file" if database == "sqlite" else "postgres_server"
    found: SqliteFile | PostgresServer = request.getfixturevalue(name)
    found.clear()
    return found


@pytest.fixture
def settings(server: SqliteFile | PostgresServer) -> Settings:
    """Settings of a run of its own: its own key, its own database."""
    return Settings(
        keys=(Fernet.generate_key().decode(),),
        rasa_token="r" * 32,
        action_token="a" * 32,
        database_url=server.url,
        rulebook_path=REPOSITORY / "rulebook",
        host="127.0.0.1",
        port=8000,
        secure_cookies=False,
        bot_timeout=8.0,
        rasa_url="http://127.0.0.1:5005",
        action_host="127.0.0.1",
        action_port=5055,
    )


@pytest.fixture
def desk(settings: Settings, server: SqliteFile | PostgresServer) -> Iterator[Desk]:
    server.prepare()
    attach_vault(server.engine, Vault(settings.keys))
    desk = Desk(server.engine)
    yield desk
    desk.close()


@pytest.fixture
def session(desk: Desk) -> Iterator[Session]:
    """One transaction, never committed: for tests that need no second reader."""
    with desk.transaction() as session:
        yield session
        session.rollback()


@pytest.fixture(scope="session")
def password_hash() -> str:
    """PASSWORD, hashed once for all tests: argon2 is slow on purpose."""
    return PasswordHasher().hash(PASSWORD)


@pytest.fixture
def lawyer(desk: Desk, password_hash: str) -> Person:
    return add_person(desk, password_hash, "li", "李律师", "lawyer")


@pytest.fixture
def other_lawyer(desk: Desk, lawyer: Person, password_hash: str) -> Person:
    """Whom a case is offered to after `lawyer`, all else being equal."""
    return add_person(desk, password_hash, "wang", "王律师", "lawyer")


@pytest.fixture
def officer(desk: Desk, password_hash: str) -> Person:
    return add_person(desk, password_hash, "zhao", "赵干部", "officer")


def add_person(
    desk: Desk, password_hash: str, login: str, name: str, role: Role, **columns: Any
) -> Person:
    with desk.transaction() as session:
        person = Person(login=login, name=name, role=role, password_hash=password_hash, **columns)
        session.add(person)
    return person
