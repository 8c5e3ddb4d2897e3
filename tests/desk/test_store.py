"""Transactions keep all or nothing; a database that cannot be used says so and stores nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import make_url, select, text
from sqlalchemy.exc import StatementError

from gongyou.desk.chat.conversations import Conversation, open_conversation
from gongyou.desk.chat.messages import fetch_messages, write_message
from gongyou.desk.errors import DeskUnavailable
from gongyou.desk.tables import metadata
from gongyou.wiring import build_desk, upgrade_database

VERSIONS = Path(__file__).parents[2] / "gongyou/desk/migrations/versions"


@pytest.fixture
def sqlite(desk):
    if desk.engine.dialect.name != "sqlite":
        pytest.skip("about SQLite")
    return desk


def test_a_transaction_is_kept_at_its_end(desk, now):
    with desk.transaction() as session:
        chat = open_conversation(session, now)[0]
    with desk.reading() as session:
        assert session.get(Conversation, chat.id) is not None


def test_an_error_keeps_nothing(desk, now):
    with pytest.raises(ZeroDivisionError), desk.transaction() as session:
        open_conversation(session, now)
        raise ZeroDivisionError
    with desk.reading() as session:
        assert session.scalars(select(Conversation)).all() == []


def test_a_reading_session_keeps_nothing(desk, now):
    with desk.reading() as session:
        open_conversation(session, now)
    with desk.reading() as session:
        assert session.scalars(select(Conversation)).all() == []


def test_rows_stay_readable_after_the_transaction(desk, now):
    with desk.transaction() as session:
        chat = open_conversation(session, now)[0]
    assert chat.mode == "bot"


def test_readers_do_not_wait_for_a_writer(desk, now):
    with desk.transaction() as session:
        open_conversation(session, now)
        with desk.reading() as reader:
            assert reader.scalars(select(Conversation)).all() == []


@pytest.fixture
def impatient(desk, monkeypatch):
    """A desk that waits for a lock a millisecond."""
    monkeypatch.setattr("gongyou.desk.engine.BUSY_TIMEOUT_MS", 1)
    desk.engine.dispose()
    return desk


def test_a_locked_database_is_unavailable_and_nothing_is_stored(impatient, now):
    with impatient.transaction() as session:
        chat = open_conversation(session, now)[0].id
    with impatient.transaction() as session:
        write_message(session, chat, sender="worker", text="第一句", now=now)
        with pytest.raises(DeskUnavailable, match="lock"), impatient.transaction() as second:
            write_message(second, chat, sender="worker", text="第二句", now=now)
    with impatient.reading() as session:
        assert [message.text for message in fetch_messages(session, chat)] == ["第一句"]


def test_a_full_disk_is_unavailable_and_what_was_stored_stays(sqlite, now):
    with sqlite.transaction() as session:
        chat = open_conversation(session, now)[0].id
        write_message(session, chat, sender="worker", text="第一句", now=now)
    with pytest.raises(DeskUnavailable, match="full"), sqlite.transaction() as session:
        session.execute(text("PRAGMA max_page_count = 1"))  # SQLite takes the present size
        write_message(session, chat, sender="worker", text="长" * 2_000_000, now=now)
    with sqlite.reading() as session:
        assert [message.text for message in fetch_messages(session, chat)] == ["第一句"]


def test_an_error_of_the_database_does_not_repeat_what_was_to_be_stored(sqlite):
    with pytest.raises(StatementError) as error, sqlite.transaction() as session:
        session.execute(
            text("INSERT INTO conversations (id, mode) VALUES (:id, :mode)"),
            {"id": "secret-words", "mode": "bot"},
        )
    assert "secret-words" not in str(error.value)


def test_sqlite_waits_logs_ahead_syncs_and_checks_references(sqlite):
    with sqlite.reading() as session:
        pragmas = ("busy_timeout", "journal_mode", "synchronous", "foreign_keys")
        found = [session.scalar(text(f"PRAGMA {name}")) for name in pragmas]
    assert found == [5000, "wal", 2, 1]


def test_the_database_file_is_its_owner_s_only(sqlite, settings):
    path = Path(make_url(settings.database_url).database)
    assert path.stat().st_mode & 0o077 == 0


def test_the_migrations_make_the_tables_the_code_expects(desk):
    with desk.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_upgrading_again_changes_nothing(settings, desk, opened):
    upgrade_database(settings)
    with desk.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM tickets")) == 1


def test_two_processes_may_upgrade_at_once(settings, blank_url):
    fresh = replace(settings, database_url=blank_url)
    newest = max(path.name[:4] for path in VERSIONS.glob("0*.py"))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade_database, [fresh] * 4))
    new = build_desk(fresh)
    with new.reading() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == newest
    new.close()


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (
            "SELECT * FROM messages WHERE conversation_id = 'x' AND id > 5 ORDER BY id",
            "ix_messages_conversation_id_id",
        ),
        (
            "SELECT * FROM messages WHERE state IN ('received', 'failed') AND created_at < 'x'",
            "ix_messages_state_created_at",
        ),
        (
            "SELECT * FROM tickets WHERE kind = 'legal_aid' AND status = 'opened'",
            "ix_tickets_kind_status_priority_id",
        ),
        (
            "SELECT * FROM tickets WHERE person_id = 1 AND status = 'accepted'",
            "ix_tickets_person_id_status_priority_id",
        ),
        (
            "SELECT * FROM offers WHERE answer = 'pending' AND expires_at < 'x'",
            "ix_offers_answer_expires_at",
        ),
        (
            "SELECT * FROM offers WHERE person_id = 1 AND answer = 'pending'",
            "ix_offers_person_id_answer",
        ),
    ],
)
def test_frequent_queries_go_by_an_index(sqlite, query, index):
    with sqlite.reading() as session:
        plan = " ".join(row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {query}")))
    assert index in plan
    assert "SCAN" not in plan
