"""A conversation that was deleted at the worker's own wish: said plainly, and open to nobody."""

import pytest

from gongyou.desk.keeping.erasing import erase_conversation
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.web.browser import WorkerBrowser
from tests.web.case_visitor import readable
from tests.web.conftest import Clock


@pytest.fixture
async def receipt(worker: WorkerBrowser, desk: Desk, clock: Clock) -> str:
    """The code of a conversation that is erased by now."""
    digits = await worker.get_receipt()
    with desk.transaction() as session:
        chat = session.get_one(Ticket, 1).conversation_id
        erase_conversation(session, chat, clock.now)
    return digits


async def test_the_receipt_says_when_and_why_it_opens_nothing(
    receipt: str, other_worker: WorkerBrowser
) -> None:
    response = await other_worker.type_receipt(receipt)
    text = readable(await response.text())
    assert response.status == 410
    assert "2026年11月21日，照你自己的意思" in text
    assert "从头开始" in text
    assert "gongyou_chat" not in response.cookies


async def test_the_cookie_opens_nothing(receipt: str, worker: WorkerBrowser) -> None:
    assert receipt
    assert (await worker.news())["mode"] == "none"
    assert (await worker.client.get("/cases/1")).status == 404
    assert "这里还没有你的案件" in await (await worker.client.get("/cases")).text()


async def test_the_same_browser_can_start_again(receipt: str, worker: WorkerBrowser) -> None:
    assert receipt
    await worker.say("你好")
    assert [m["text"] for m in await worker.messages() if m["sender"] == "worker"] == ["你好"]
