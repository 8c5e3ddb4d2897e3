"""What tests share: a fixed time, and a desk on a real database with its migrations run.

The desk's tests run on SQLite in a file; GONGYOU_TEST_DATABASE_URL names an empty PostgreSQL
database to run them there instead.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlalchemy.orm import Session

from gongyou.desk.people import Person, Role
from gongyou.settings import Settings
from gongyou.wiring import Desk, build_desk, upgrade_database

REPOSITORY = Path(__file__).resolve().parent.parent
PASSWORD = "correct horse battery"


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a run of its own: its own key, its own database file."""
    given = os.environ.get("GONGYOU_TEST_DATABASE_URL")
    return Settings(
        keys=(Fernet.generate_key().decode(),),
        rasa_token="r" * 32,
        action_token="a" * 32,
        database_url=given or f"sqlite:///{tmp_path / 'desk.db'}",
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
def desk(settings: Settings) -> Iterator[Desk]:
    upgrade_database(settings)
    desk = build_desk(settings)
    yield desk
    if desk.engine.dialect.name == "postgresql":
        with desk.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
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
def other_lawyer(desk: Desk, password_hash: str) -> Person:
    return add_person(desk, password_hash, "wang", "王律师", "lawyer")


@pytest.fixture
def officer(desk: Desk, password_hash: str) -> Person:
    return add_person(desk, password_hash, "zhao", "赵干部", "officer")


def add_person(desk: Desk, password_hash: str, login: str, name: str, role: Role) -> Person:
    with desk.transaction() as session:
        person = Person(login=login, name=name, role=role, password_hash=password_hash)
        session.add(person)
    return person
