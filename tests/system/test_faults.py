"""kill -9 while a worker writes: something visible is said, and nothing stored is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gongyou.desk.messages import fetch_messages
from gongyou.desk.tickets import fetch_conversation_by_receipt
from gongyou.settings import read_settings
from gongyou.wiring import build_desk
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
    desk = build_desk(read_settings(breakable.environment))
    with desk.reading() as session:
        found = fetch_conversation_by_receipt(session, receipt.replace(" ", ""))
        assert found is not None
        assert QUESTION in [m.text for m in fetch_messages(session, found.id)]
    desk.close()
