"""Runs `gongyou desk …` as an operator types it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import pytest
from sqlalchemy.orm import Session

from gongyou import cli
from gongyou.desk.tickets.reading import fetch_conversation_by_receipt
from gongyou.desk_command import office
from gongyou.rulebook import Rulebook, read_rulebook
from gongyou.settings import Settings

_read = cache(read_rulebook)


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


class Operator:
    """Types commands at a desk of the test's own."""

    def __init__(
        self, settings: Settings, capsys: pytest.CaptureFixture[str], now: Callable[[], datetime]
    ) -> None:
        self.environment = {
            "GONGYOU_KEY": ",".join(settings.keys),
            "GONGYOU_DATABASE_URL": settings.database_url,
            "GONGYOU_PUBLIC_URL": "https://gongyou.example.org",
        }
        self._capsys = capsys
        self._now = now

    def types(self, *words: str) -> Said:
        patch = pytest.MonkeyPatch()
        with patch.context() as given:
            given.setattr(cli, "desk_environment", lambda: self.environment)
            given.setattr(cli, "china_now", self._now)
            given.setattr(office, "build_rulebook", _read_once)
            code = cli.main(["desk", *words])
        said = self._capsys.readouterr()
        return Said(code, said.out, said.err)


def _read_once(settings: Settings) -> Rulebook:
    """The rulebook, read once for all tests."""
    return _read(settings.rulebook_path)


def is_erased(session: Session, receipt: str) -> bool:
    """Whether this code leads to a chat whose words are gone."""
    conversation = fetch_conversation_by_receipt(session, receipt)
    return conversation is not None and conversation.erased_at is not None
