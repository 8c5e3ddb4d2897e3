"""What every command works with: the settings, the desk, the law's names, the time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from gongyou.desk_command.errors import BadInput
from gongyou.rulebook import Rulebook
from gongyou.settings import Settings, read_settings
from gongyou.wiring import Desk, build_desk, build_rulebook, upgrade_database

# these two may begin a desk; a backup is taken of a schema as it is, also before an update
_BEGIN: Final = ("create-account", "import-lawyers")
_AS_IT_IS: Final = ("backup", "restore")
_SQLITE: Final = "sqlite:///"
# The bot is not spoken to from here, so its tokens need not be set.
_UNUSED: Final = dict.fromkeys(("RASA_TOKEN", "ACTION_TOKEN"), "not used by gongyou desk" * 2)


@dataclass(frozen=True)
class Office:
    """One command's surroundings."""

    settings: Settings
    environment: Mapping[str, str]
    desk: Desk
    now: datetime

    @cached_property
    def rulebook(self) -> Rulebook:
        """Topics and places. Raises RulebookError."""
        return build_rulebook(self.settings)

    def link(self, token: str) -> str:
        """Where an invited person sets their password."""
        here = f"http://{self.settings.host}:{self.settings.port}"
        return f"{self.settings.public_url or here}/desk/invite/{token}"


@contextmanager
def open_office(command: str, environment: Mapping[str, str], now: datetime) -> Iterator[Office]:
    """Settings read, schema up to date, desk open. Raises SettingsError, BadInput."""
    settings = read_settings({**_UNUSED, **environment})
    if command not in (*_BEGIN, "restore"):
        _check_there(settings)
    if command not in _AS_IT_IS:
        upgrade_database(settings)
    with closing(build_desk(settings)) as desk:
        yield Office(settings, environment, desk, now)


def _check_there(settings: Settings) -> None:
    """A slip in the address would make a new file and find nothing in it."""
    url = settings.database_url
    if url.startswith(_SQLITE) and not Path(url.removeprefix(_SQLITE)).is_file():
        path = url.removeprefix(_SQLITE)
        raise BadInput(f"{path}: no such database; GONGYOU_DATABASE_URL names it")
