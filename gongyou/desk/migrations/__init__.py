"""The desk's schema, step by step; `upgrade` brings a database to the newest."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from gongyou.desk.engine import writing

HERE = Path(__file__).parent
QUEUE = 20261122  # the number under which PostgreSQL has upgrades wait for one another


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the steps this database has not had yet, all or none of them. Safe to repeat."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    with writing(engine).connect() as connection, _rebuilding(connection), connection.begin():
        if connection.dialect.name == "postgresql":  # SQLite took its write lock at BEGIN
            connection.execute(text(f"SELECT pg_advisory_xact_lock({QUEUE})"))
        config.attributes["connection"] = connection
        command.upgrade(config, to)


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew: what refers to it must not mind meanwhile.

    The pragma does nothing inside a transaction, so it goes straight to the driver.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.cursor().execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.cursor().execute("PRAGMA foreign_keys = ON")
