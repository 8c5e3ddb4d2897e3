"""Rasa's working memory of the talk, encrypted at rest."""

from __future__ import annotations

import os
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import Fernet, MultiFernet
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain


class EncryptedText(sa.TypeDecorator):
    """Text kept as Fernet tokens: the first key of GONGYOU_KEY writes, all of them read."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """Encrypt on the way in."""
        return None if value is None else _fernet().encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """Decrypt on the way out. Raises InvalidToken when no key fits."""
        return None if value is None else _fernet().decrypt(value.encode()).decode()


class EncryptedTrackerStore(SQLTrackerStore):
    """Stock SQL store whose events, the worker's words among them, are unreadable on disk."""

    def __init__(
        self, domain: Domain | None = None, event_broker: EventBroker | None = None, **kwargs: Any
    ) -> None:
        """Take the stock store's settings (dialect, db, login_db …) from bot/endpoints.yml."""
        self.SQLEvent.__table__.c.data.type = EncryptedText()
        super().__init__(domain=domain, event_broker=event_broker, **kwargs)


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(key.strip()) for key in os.environ["GONGYOU_KEY"].split(",")])
