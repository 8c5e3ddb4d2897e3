"""Both databases; a worker's conversation, the tickets opened in it, and whom they go to."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import Role
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.routing.offers import route_ticket
from gongyou.desk.tickets.opening import OpenedTicket, open_ticket
from gongyou.wiring import Desk
from tests.databases import PostgresServer
from tests.fixtures import add_person

type OpenTicket = Callable[..., OpenedTicket]
type Hire = Callable[..., Person]
type Route = Callable[..., Offer | None]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Every test that has a desk runs on both."""
    return str(request.param)


@pytest.fixture
def blank_url(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A database without tables."""
    if database == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'blank.db'}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.create()


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


def is_workday(day: date) -> bool:
    return day.weekday() < 5


@pytest.fixture
def hire(desk: Desk, password_hash: str) -> Hire:
    """Adds somebody to the desk: hire("chen", "officer", on_duty=True)."""

    def hire_(login: str, role: Role, **columns: Any) -> Person:
        return add_person(desk, password_hash, login, f"{login}某", role, **columns)

    return hire_


@pytest.fixture
def duty_officer(hire: Hire) -> Person:
    return hire("sun", "officer", on_duty=True)


@pytest.fixture
def route(now: datetime) -> Route:
    """Finds the ticket its lawyer, on a calendar of plain weeks."""

    def route_(session: Session, ticket_id: int, at: datetime = now) -> Offer | None:
        return route_ticket(session, ticket_id, is_workday, at)

    return route_


@pytest.fixture
def offered(desk: Desk, lawyer: Person, opened: OpenedTicket, route: Route) -> OpenedTicket:
    """The legal-aid ticket, offered to `lawyer`. Ask for it before any other lawyer."""
    with desk.transaction() as session:
        offer = route(session, opened.ticket.id)
        assert offer is not None
        assert offer.person_id == lawyer.id
    return opened
