"""The actions over the real rulebook and a real desk in a temporary file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from actions import context
from gongyou.run.secrets import read_or_make
from gongyou.wiring import upgrade_database

CACHED = (context.settings, context.rulebook, context.rule_versions, context.desk)


@pytest.fixture(autouse=True)
def wired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in read_or_make(tmp_path / "secrets.json").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GONGYOU_DATABASE_URL", f"sqlite:///{tmp_path / 'gongyou.db'}")
    upgrade_database(context.settings())
    yield
    context.desk().close()
    for cached in CACHED:
        cached.cache_clear()
