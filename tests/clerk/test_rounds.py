"""The clerk's rounds: new cases judged, lawyers asked, offers passed on, promises watched."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gongyou.clerk.rounds import Rounds
from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.notices.table import Notice
from gongyou.desk.people.accounts import Person
from gongyou.desk.routing.offers import fetch_offers
from gongyou.desk.tickets.life import accept_ticket
from gongyou.desk.tickets.opening import open_ticket
from gongyou.desk.tickets.table import Ticket
from gongyou.rulebook import Rulebook, read_rulebook
from gongyou.wiring import Desk
from tests.fixtures import REPOSITORY, add_person

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in China, a workday


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return read_rulebook(REPOSITORY / "rulebook")


class Time:
    """The clerk's clock; it stands still unless a test moves it."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def rounds(desk: Desk, rulebook: Rulebook, time: Time) -> Rounds:
    return Rounds(desk, rulebook, time, date(2026, 11, 23))


def give_address(desk: Desk, *people: Person) -> None:
    with desk.transaction() as session:
        for person in people:
            session.get_one(Person, person.id).email = f"{person.login}@example.org"


def open_one(desk: Desk, **changed: Any) -> int:
    given = {
        "kind": "legal_aid",
        "topic": "wage_shutdown",
        "region": "410800",
        "facts": {"region": "410800"},
        "summary": "",
        "words": "",
        "contact": "",
        "consent": True,
        "idempotency_key": "k",
        "now": MONDAY,
    }
    with desk.transaction() as session:
        conversation = open_conversation(session, MONDAY)[0]
        return open_ticket(session, conversation.id, **(given | changed)).ticket.id


def ticket(desk: Desk, number: int) -> Ticket:
    with desk.reading() as session:
        return session.get_one(Ticket, number)


def notices(desk: Desk, kind: str) -> list[tuple[str, int | None]]:
    with desk.reading() as session:
        rows = session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.id))
        return [(row.channel, row.person_id) for row in rows]


def on_duty(desk: Desk, officer: Person) -> None:
    with desk.transaction() as session:
        session.get_one(Person, officer.id).on_duty = True


def test_a_new_case_is_judged_and_offered(desk: Desk, rounds: Rounds, lawyer: Person) -> None:
    give_address(desk, lawyer)
    number = open_one(desk)
    rounds.run_once()
    found = ticket(desk, number)
    assert found.status == "offered"
    assert found.due_at == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # two workdays
    assert found.conclusion is not None and found.conclusion["kind"] == "need_facts"
    assert notices(desk, "offer") == [("email", lawyer.id)]


def test_a_second_round_asks_nobody_twice(desk: Desk, rounds: Rounds, lawyer: Person) -> None:
    give_address(desk, lawyer)
    open_one(desk)
    rounds.run_once()
    rounds.run_once()
    assert len(notices(desk, "offer")) == 1


def test_an_offer_nobody_answers_goes_to_the_next_lawyer_then_to_the_officers_on_duty(
    desk: Desk,
    rounds: Rounds,
    time: Time,
    lawyer: Person,
    other_lawyer: Person,
    officer: Person,
) -> None:
    on_duty(desk, officer)
    give_address(desk, officer)
    number = open_one(desk)
    for _ in range(3):
        rounds.run_once()
        time.now += timedelta(hours=5)
    with desk.reading() as session:
        offers = [(o.person_id, o.answer) for o in fetch_offers(session, number)]
    assert offers == [(lawyer.id, "expired"), (other_lawyer.id, "expired")]
    assert ticket(desk, number).fell_at is not None
    assert notices(desk, "fell_to_duty") == [("email", officer.id), ("robot", None)]


def test_whoever_must_answer_is_warned_before_the_promise_is_broken(
    desk: Desk, rounds: Rounds, time: Time, officer: Person
) -> None:
    on_duty(desk, officer)
    give_address(desk, officer)
    number = open_one(desk, kind="handoff", topic="human_handoff")
    rounds.run_once()
    due = ticket(desk, number).due_at
    assert due is not None and notices(desk, "reply_due") == []
    time.now = due - timedelta(minutes=30)
    rounds.run_once()
    assert notices(desk, "reply_due") == [("email", officer.id), ("robot", None)]


def test_a_promise_is_warned_of_once(
    desk: Desk, rounds: Rounds, time: Time, officer: Person
) -> None:
    on_duty(desk, officer)
    number = open_one(desk, kind="handoff", topic="human_handoff")
    rounds.run_once()
    due = ticket(desk, number).due_at
    assert due is not None
    for minutes in (30, 20, 10):
        time.now = due - timedelta(minutes=minutes)
        rounds.run_once()
    assert notices(desk, "reply_due") == [("robot", None)]


def test_a_crisis_comes_first_and_the_officers_on_duty_hear_of_it(
    desk: Desk, rounds: Rounds, officer: Person
) -> None:
    on_duty(desk, officer)
    give_address(desk, officer)
    number = open_one(desk, kind="handoff", topic="crisis", consent=False)
    rounds.run_once()
    found = ticket(desk, number)
    assert (found.priority, found.due_at) == (0, MONDAY + timedelta(minutes=30))
    assert notices(desk, "called") == [("email", officer.id), ("robot", None)]


def test_a_crisis_is_the_care_peoples_and_the_promise_is_the_same(
    desk: Desk, rounds: Rounds, officer: Person, password_hash: str
) -> None:
    on_duty(desk, officer)
    give_address(desk, officer)
    su = add_person(desk, password_hash, "su", "苏干部", "officer", duties=["care"])
    give_address(desk, su)
    number = open_one(desk, kind="handoff", topic="crisis", consent=False)
    rounds.run_once()
    assert ticket(desk, number).due_at == MONDAY + timedelta(minutes=30)
    assert notices(desk, "called") == [("email", su.id)]


def test_a_round_tells_that_the_next_may_wait(rounds: Rounds) -> None:
    assert rounds.run_once() is False


def test_the_cases_of_somebody_who_left_find_another(
    desk: Desk, rounds: Rounds, lawyer: Person, other_lawyer: Person
) -> None:
    number = open_one(desk)
    rounds.run_once()
    with desk.transaction() as session:
        accept_ticket(session, number, lawyer, MONDAY)
        session.get_one(Person, lawyer.id).active = False
    rounds.run_once()
    with desk.reading() as session:
        assert fetch_offers(session, number)[-1].person_id == other_lawyer.id
    assert ticket(desk, number).status == "offered"
