"""The only place that constructs things: settings in, rulebook and desk out."""

from gongyou.desk.store import Desk, open_desk, upgrade_schema
from gongyou.rulebook import Rulebook, read_rulebook
from gongyou.settings import Settings

__all__ = ["Desk", "build_desk", "build_rulebook", "upgrade_database"]


def build_desk(settings: Settings) -> Desk:
    """The desk over a database that `upgrade_database` has prepared."""
    return open_desk(settings.database_url, settings.keys)


def upgrade_database(settings: Settings) -> None:
    """Bring the database's schema to the newest; safe to repeat. Raises DeskUnavailable."""
    upgrade_schema(settings.database_url, settings.keys)


def build_rulebook(settings: Settings) -> Rulebook:
    """The rulebook, read and checked. Raises RulebookError with every problem at once."""
    return read_rulebook(settings.rulebook_path)
