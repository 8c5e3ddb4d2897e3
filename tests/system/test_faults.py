"""kill -9 while a worker writes: something visible is said, and nothing stored is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.chat.messages import fetch_messages
from gongyou.desk.tickets.reading import fetch_conversation_by_receipt
from gongyou.desk.tickets.table import Ticket
from tests.system.whole import Phone, Whole, running

pytestmark = pytest.mark.system
QUESTION = "厂里停工两个月了，工资一分没发"


@pytest.fixture(scope="module")
def breakable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    root: Path = tmp_path_factory.mktemp("breakable")
    with running(root) as started:
        yield started


@pytest.mark.parametrize("victim", ["Rasa", "the action server"])
def test_a_killed_server_is_said_and_the_message_answered_after_its_return(
    breakable: Whole, victim: str
) -> None:
    phone = Phone(breakable)
    phone.say("你好")
    breakable.kill(victim)
    phone.send_only(QUESTION)
    phone.wait_for("12351")
    breakable.start(victim)
    phone.wait_for("哪个省", seconds=60)
    texts = [m["text"] for m in phone.seen if m["sender"] == "worker"]
    assert texts == ["你好", QUESTION]


def test_a_person_can_be_reached_and_the_ticket_kept_while_rasa_is_dead(breakable: Whole) -> None:
    phone = Phone(breakable)
    phone.say("你好")
    breakable.kill("Rasa")
    phone.send_only(QUESTION)
    phone.wait_for("12351")
    phone.press("转人工")
    phone.wait_for("receipt")
    breakable.kill("the gateway")
    breakable.start("the gateway")
    breakable.start("Rasa")
    receipt = next(
        m["custom"]["receipt"] for m in phone.seen if "receipt" in (m.get("custom") or {})
    )
    with breakable.desk() as desk, desk.reading() as session:
        found = fetch_conversation_by_receipt(session, receipt.replace(" ", ""))
        assert found is not None
        assert QUESTION in [m.text for m in fetch_messages(session, found.id)]


def test_a_call_made_while_the_clerk_is_dead_is_promised_an_answer_after_its_return(
    breakable: Whole,
) -> None:
    breakable.kill("the clerk")
    phone = Phone(breakable)
    phone.say("你好")
    phone.say("转人工")
    phone.wait_for("receipt")
    with breakable.desk() as desk, desk.reading() as session:
        assert newest(session).due_at is None
    breakable.start("the clerk")
    breakable.wait_for(lambda session: newest(session).due_at is not None)


def newest(session: Session) -> Ticket:
    return session.scalars(select(Ticket).order_by(Ticket.id.desc()).limit(1)).one()
