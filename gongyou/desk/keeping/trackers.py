"""Rasa's own memory of a talk: the rows of one sender in the table `events` of its tracker store.

The bot writes that table (bot/tracker_store.py); here it is only ever emptied.
"""

from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, CursorResult, column, create_engine, delete, inspect, table
from sqlalchemy.exc import SQLAlchemyError

from gongyou.desk.errors import DeskUnavailable
from gongyou.desk.keeping.errors import TrackerUnusable
from gongyou.desk.keeping.scrubbing import scrub_sqlite

_EVENTS = table("events", column("sender_id"))
_BUSY_SECONDS = 5


def forget_talk(url: URL, sender: str) -> int:
    """Delete what Rasa remembers of this sender, bytes and all; gives how many events.

    A file that is not there remembers nothing. Raises TrackerUnusable.
    """
    is_file = url.get_backend_name() == "sqlite"
    if is_file and not Path(url.database or "").is_file():
        return 0
    wait = {"timeout": _BUSY_SECONDS} if is_file else {}
    engine = create_engine(url, hide_parameters=True, connect_args=wait)
    try:
        with engine.begin() as connection:
            if not inspect(connection).has_table(_EVENTS.name):
                return 0
            if is_file:
                connection.exec_driver_sql("PRAGMA secure_delete = ON")
            done = connection.execute(delete(_EVENTS).where(_EVENTS.c.sender_id == sender))
        if is_file:
            with closing(engine.raw_connection()) as raw:
                scrub_sqlite(raw.dbapi_connection)
    except (SQLAlchemyError, DeskUnavailable) as error:
        place = url.render_as_string(hide_password=True)
        raise TrackerUnusable(f"Rasa's tracker store {place} cannot be used now") from error
    finally:
        engine.dispose()
    return done.rowcount if isinstance(done, CursorResult) else 0
