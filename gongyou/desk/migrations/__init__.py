"""The desk's schema, step by step; `upgrade` brings a database to the newest."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from gongyou.desk.engine import writing

HERE = Path(__file__).parent


def upgrade(engine: Engine) -> None:
    """Run the steps this database has not had yet, all or none of them. Safe to repeat."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
