"""A worker's conversation, and the tickets the tests open in it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from gongyou.desk.conversations import open_conversation
from gongyou.desk.tickets import OpenedTicket, open_ticket
from gongyou.wiring import Desk

type OpenTicket = Callable[..., OpenedTicket]


@pytest.fixture
def conversation_id(desk: Desk, now: datetime) -> str:
    with desk.transaction() as session:
        return open_conversation(session, now)[0].id


@pytest.fixture
def open_one(conversation_id: str, now: datetime) -> OpenTicket:
    """Opens a legal-aid ticket, with whatever the test changes about it."""

    def open_(session: Session, chat: str = conversation_id, **changed: Any) -> OpenedTicket:
        given: dict[str, Any] = {
            "kind": "legal_aid",
            "topic": "wage_shutdown",
            "region": "410800",
            "facts": {"region": "410800", "monthly_wage": "4000"},
            "summary": "停工三个月没发钱",
            "words": "老板不接电话",
            "contact": "13800000000",
            "consent": True,
            "idempotency_key": "key-1",
            "now": now,
        }
        return open_ticket(session, chat, **(given | changed))

    return open_


@pytest.fixture
def opened(desk: Desk, open_one: OpenTicket) -> OpenedTicket:
    with desk.transaction() as session:
        return open_one(session)


@pytest.fixture
def handoff(desk: Desk, open_one: OpenTicket) -> OpenedTicket:
    with desk.transaction() as session:
        return open_one(session, kind="handoff", idempotency_key="key-2")
