"""The working memory keeps what was said, and its file shows nothing of it."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.tracker_store import EncryptedTrackerStore


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GONGYOU_KEY", Fernet.generate_key().decode())
    return tmp_path / "tracker.db"


def test_what_was_said_is_read_back_and_is_not_in_the_file(path: Path) -> None:
    store = EncryptedTrackerStore(Domain.empty(), dialect="sqlite", db=str(path))
    said = DialogueStateTracker.from_events("a" * 64, [UserUttered("厂里停工了没发工资")])
    asyncio.run(store.save(said))
    kept = asyncio.run(store.retrieve("a" * 64))
    assert kept is not None
    assert kept.latest_message is not None
    assert kept.latest_message.text == "厂里停工了没发工资"
    (raw,) = sqlite3.connect(path).execute("select group_concat(data) from events").fetchone()
    assert "停工" not in raw.encode().decode("unicode_escape")
