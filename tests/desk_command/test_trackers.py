"""Rasa's own memory of a talk goes as well."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from gongyou.desk.keeping.errors import TrackerUnusable
from gongyou.desk.keeping.trackers import forget_talk
from gongyou.desk_command.errors import BadInput
from gongyou.desk_command.tracker_place import find_tracker
from tests.databases import PostgresServer
from tests.fixtures import REPOSITORY


@pytest.fixture
def tracker(tmp_path: Path) -> URL:
    """Rasa's file, with three events of "mine" and one of "other"."""
    path = tmp_path / "tracker.db"
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)")
        rows = [("mine", "token-of-mine"), *[("mine", "x")] * 2, ("other", "token-of-other")]
        file.executemany("INSERT INTO events (sender_id, data) VALUES (?, ?)", rows)
    return URL.create("sqlite", database=str(path))


def test_rasa_forgets_this_talk_and_no_other(tracker: URL) -> None:
    assert forget_talk(tracker, "mine") == 3
    content = Path(str(tracker.database)).read_bytes()
    assert b"token-of-mine" not in content
    assert b"token-of-other" in content


def test_a_tracker_file_that_is_not_there_remembers_nothing(tmp_path: Path) -> None:
    assert forget_talk(URL.create("sqlite", database=str(tmp_path / "none.db")), "mine") == 0
    assert not (tmp_path / "none.db").exists()


def test_a_tracker_store_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"not a database at all, whatever its name")
    with pytest.raises(TrackerUnusable):
        forget_talk(URL.create("sqlite", database=str(tmp_path / "bad.db")), "mine")


def test_a_talk_in_postgresql_is_forgotten_too(postgres_server: PostgresServer) -> None:
    url = make_url(postgres_server.create())
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE events (id serial, sender_id text)"))
        connection.execute(text("INSERT INTO events (sender_id) VALUES ('mine'), ('other')"))
    assert forget_talk(url, "mine") == 1
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT sender_id FROM events")) == "other"
    engine.dispose()


def test_the_bots_own_file_tells_where_it_remembers() -> None:
    endpoints = REPOSITORY / "bot" / "endpoints.yml"
    assert find_tracker(endpoints, {"RASA_TRACKER_DB": "/srv/t.db"}) == make_url(
        "sqlite:////srv/t.db"
    )


def test_a_tracker_store_in_postgresql(tmp_path: Path) -> None:
    path = tmp_path / "endpoints.yml"
    path.write_text(
        "tracker_store: {type: bot.tracker_store.EncryptedTrackerStore, dialect: postgresql,"
        " url: db.example.org, port: 5433, db: rasa, username: rasa, password: '${SECRET}'}"
    )
    url = find_tracker(path, {"SECRET": "s"})
    assert url == make_url("postgresql+psycopg://rasa:s@db.example.org:5433/rasa")


@pytest.mark.parametrize(
    "store", ["{type: mongod}", "{type: redis}", "{type: sql, dialect: oracle}"]
)
def test_a_store_that_cannot_be_erased_from_is_refused(tmp_path: Path, store: str) -> None:
    path = tmp_path / "endpoints.yml"
    path.write_text(f"tracker_store: {store}")
    with pytest.raises(BadInput, match="use sql"):
        find_tracker(path, {})


def test_without_a_tracker_store_there_is_nothing_to_forget(tmp_path: Path) -> None:
    path = tmp_path / "endpoints.yml"
    path.write_text("action_endpoint: {url: http://127.0.0.1}")
    assert find_tracker(path, {}) is None
