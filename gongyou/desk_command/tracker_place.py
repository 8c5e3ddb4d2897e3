"""Where Rasa keeps its memory of the talks: read from its own bot/endpoints.yml."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from sqlalchemy import URL

from gongyou.desk_command.errors import BadInput

_VARIABLE: Final = re.compile(r"\$\{(\w+)\}")
_SQL_TYPES: Final = ("sql", "bot.tracker_store.EncryptedTrackerStore")
_DRIVERS: Final = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}


def find_tracker(endpoints: Path, environment: Mapping[str, str]) -> URL | None:
    """The tracker store's address; None when Rasa keeps the talks in its memory only.

    Raises BadInput for a variable that is not set and for a store that is no SQL database.
    """
    read = yaml.safe_load(endpoints.read_text(encoding="utf-8")) or {}
    store: Mapping[str, Any] | None = read.get("tracker_store")
    if store is None:
        return None
    dialect = str(store.get("dialect", "sqlite"))
    if store.get("type") not in _SQL_TYPES or dialect not in _DRIVERS:
        raise BadInput(f"{endpoints}: no tracker_store this command can erase from: use sql")
    port = store.get("port")
    return URL.create(
        _DRIVERS[dialect],
        username=_filled(store.get("username"), environment),
        password=_filled(store.get("password"), environment),
        host=_filled(store.get("url"), environment),
        port=int(port) if port else None,
        database=_filled(store.get("db", "rasa.db"), environment),
    )


def _filled(value: object, environment: Mapping[str, str]) -> str | None:
    """The value with ${VARIABLES} filled in, as Rasa fills them."""
    if value is None:
        return None

    def fill(found: re.Match[str]) -> str:
        name = found.group(1)
        if not environment.get(name):
            raise BadInput(f"{name} is not set: it tells where Rasa keeps the talks")
        return environment[name]

    return _VARIABLE.sub(fill, str(value))
