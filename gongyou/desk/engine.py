"""One engine for one database: SQLite in a file by default, PostgreSQL at scale."""

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from gongyou.desk.vault import Vault, attach_vault

BUSY_TIMEOUT_MS = 5_000
WAL_RETRY_SECONDS = 0.02
BEGIN_OPTION = "gongyou_begin"


def make_engine(url: str, vault: Vault) -> Engine:
    """An engine that encrypts with this vault and never prints a parameter in an error."""
    engine = create_engine(url, hide_parameters=True, pool_size=16, pool_pre_ping=not _is_file(url))
    attach_vault(engine, vault)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, but SQLite takes its write lock at BEGIN.

    Without this, a transaction that reads and then writes fails at once, instead of waiting,
    when another has written in between.
    """
    return engine.execution_options(**{BEGIN_OPTION: "BEGIN IMMEDIATE"})


def _is_file(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    _use_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    """It would wait for a locked row without end."""
    connection.execute(f"SET lock_timeout = {BUSY_TIMEOUT_MS}")
    connection.commit()


def _use_wal(connection: Any) -> None:
    """Switch the file to WAL. While another process does the same, SQLite fails at once instead of
    waiting its busy timeout, so the waiting is done here."""
    deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(WAL_RETRY_SECONDS)


def _begin_sqlite(connection: Connection) -> None:
    begin = connection.get_execution_options().get(BEGIN_OPTION, "BEGIN")
    connection.exec_driver_sql(begin)
