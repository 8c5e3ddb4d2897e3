"""Deleted bytes really gone from SQLite's file, and from PostgreSQL's as far as it lets us."""

import sqlite3
from contextlib import closing
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gongyou.desk.errors import DeskUnavailable

_GONE = "the rows are gone, but the file could not be written anew"
_AGAIN = "run the same again when it is quiet"
_CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"


def overwrite_deleted(session: Session) -> None:
    """From now on this connection writes zeros over what it deletes; only SQLite needs telling."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete = ON")


def scrub(engine: Engine) -> None:
    """Write the file anew, so that it keeps nothing of rows that are gone or were changed.

    In SQLite the others can read meanwhile, but not write. In PostgreSQL old rows become free
    space at once, and are overwritten as it is used. Raises DeskUnavailable when others are busy
    in the database: the rows are gone all the same; do it again.
    """
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            scrub_sqlite(connection.dbapi_connection)
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM")


def scrub_sqlite(connection: Any) -> None:
    """The same over an sqlite3 connection that is in no transaction. Raises DeskUnavailable."""
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("VACUUM")
        busy, _, _ = connection.execute(_CHECKPOINT).fetchone()
    except sqlite3.OperationalError as error:
        raise DeskUnavailable(f"{_GONE} ({error}); {_AGAIN}") from error
    if busy:
        raise DeskUnavailable(f"{_GONE}, others are reading it; {_AGAIN}")
