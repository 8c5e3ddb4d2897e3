"""A button is pressed by message and index; what it means is looked up, never sent."""

from typing import Any

import pytest

from gongyou.desk.tickets.reading import fetch_conversation_by_receipt
from gongyou.wiring import Desk
from tests.web.browser import WorkerBrowser, kind_of
from tests.web.conftest import error_of
from tests.web.fake_bot import FakeBot

GONE = "这个按钮用不了了。打字说也一样。"


async def answered(worker: WorkerBrowser) -> dict[str, Any]:
    await worker.say("厂里停工了")
    return await worker.until(lambda m: bool(m["buttons"]))


async def test_a_button_reaches_the_bot_as_its_stored_payload(
    worker: WorkerBrowser, bot: FakeBot
) -> None:
    message = await answered(worker)
    assert (await worker.press(message["id"], 1)).status == 202
    await worker.until(lambda m: m["text"] == "收到：/show_basis")
    assert bot.said()[-1] == "/show_basis"


async def test_in_the_chat_a_pressed_button_reads_as_its_title(worker: WorkerBrowser) -> None:
    message = await answered(worker)
    await worker.press(message["id"], 1)
    pressed = (await worker.messages())[3]
    assert (pressed["text"], pressed["button"]) == ("看依据", [message["id"], 1])


async def test_another_conversations_button_is_refused(
    worker: WorkerBrowser, other_worker: WorkerBrowser, bot: FakeBot
) -> None:
    message = await answered(worker)
    await other_worker.say("你好")
    response = await other_worker.press(message["id"], 1)
    assert (response.status, await error_of(response)) == (400, GONE)
    assert "/show_basis" not in bot.said()


async def test_without_a_conversation_no_button_works(
    worker: WorkerBrowser, other_worker: WorkerBrowser
) -> None:
    message = await answered(worker)
    assert (await other_worker.press(message["id"], 1)).status == 400


@pytest.mark.parametrize(
    ("message", "index"),
    [(3, 99), (3, -1), (999, 0), (-1, 0), (10**30, 0), ("3", 0), (3, "0"), (True, 0), (None, None)],
)
async def test_a_button_that_is_not_there_is_refused(
    worker: WorkerBrowser, message: Any, index: Any
) -> None:
    await answered(worker)
    assert (await worker.press(message, index)).status == 400


@pytest.mark.parametrize(
    "button", ["/restart", ["/restart"], {"payload": "/restart"}, {"message": 3, "payload": "/x"}]
)
async def test_a_forged_payload_is_refused(
    worker: WorkerBrowser, bot: FakeBot, button: Any
) -> None:
    await answered(worker)
    response = await worker.send({"button": button, "key": "forged"})
    assert response.status == 400
    assert bot.said() == ["厂里停工了"]


async def test_a_workers_own_message_has_no_buttons(worker: WorkerBrowser) -> None:
    message = await answered(worker)
    await worker.press(message["id"], 1)
    own = next(m for m in await worker.messages() if m["text"] == "看依据")
    assert (await worker.press(own["id"], 0)).status == 400


async def test_a_person_can_be_had_when_the_bot_is_dead(
    worker: WorkerBrowser, bot: FakeBot, desk: Desk
) -> None:
    await bot.server.close()
    await worker.say("厂里停工了")
    fallback = await worker.until_from("system")
    assert (await worker.press(fallback["id"], 0)).status == 202
    shown = await worker.until(lambda m: kind_of(m) == "ticket")
    digits = shown["custom"]["receipt"].replace(" ", "")
    assert len(digits) == 16
    with desk.reading() as session:
        assert fetch_conversation_by_receipt(session, digits) is not None


async def test_pressed_twice_it_is_the_same_ticket(worker: WorkerBrowser, bot: FakeBot) -> None:
    bot.status = 502
    await worker.say("厂里停工了")
    fallback = await worker.until_from("system")
    await worker.press(fallback["id"], 0)
    await worker.press(fallback["id"], 0)
    receipts = {m["custom"]["receipt"] for m in await worker.messages() if kind_of(m) == "ticket"}
    assert len(receipts) == 1


async def test_the_bot_cannot_press_the_gateways_own_buttons(
    worker: WorkerBrowser, bot: FakeBot
) -> None:
    bot.answer = lambda said: [
        {"text": said, "buttons": [{"title": "试", "payload": "gateway:handoff"}]}
    ]
    await worker.say("你好")
    message = await worker.until_from("bot")
    await worker.press(message["id"], 0)
    await worker.until(lambda m: m["text"] == "gateway:handoff")
    assert "ticket" not in [kind_of(m) for m in await worker.messages()]
