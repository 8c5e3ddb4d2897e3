"""The way to the desk's database: open it, bring its schema up to date, run transactions."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import OperationalError, TimeoutError
from sqlalchemy.orm import Session, sessionmaker

from gongyou.desk import migrations
from gongyou.desk.engine import make_engine, writing
from gongyou.desk.errors import DeskUnavailable
from gongyou.desk.vault import Vault


class Desk:
    """Threads may share a desk; a session belongs to one thread and one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writers = sessionmaker(writing(engine), expire_on_commit=False)
        self._readers = sessionmaker(engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One session, one commit at the end, rollback on any error.

        Rows stay readable after the end. Raises DeskUnavailable when the database is locked
        for more than five seconds, full or gone: nothing was stored.
        """
        with _translated(), self._writers.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One session that keeps nothing: for reads that should not wait for writers."""
        with _translated(), self._readers() as session:
            yield session

    def close(self) -> None:
        self.engine.dispose()


def open_desk(database_url: str, keys: Sequence[str]) -> Desk:
    """The desk over a database that `upgrade_schema` has prepared."""
    return Desk(make_engine(database_url, Vault(keys)))


def upgrade_schema(database_url: str, keys: Sequence[str]) -> None:
    """Bring the schema to the newest; safe to repeat, and by two processes at once.

    A new SQLite file is readable by its owner only. Raises DeskUnavailable.
    """
    _create_file(database_url)
    desk = open_desk(database_url, keys)
    try:
        with _translated():
            migrations.upgrade(desk.engine)
    finally:
        desk.close()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise DeskUnavailable(f"The database refused: {error.orig}") from error
    except TimeoutError as error:
        raise DeskUnavailable("Every database connection is in use.") from error


def _create_file(database_url: str) -> None:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        path = Path(url.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT, 0o600))
