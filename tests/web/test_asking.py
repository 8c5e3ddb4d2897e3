"""Never silent: in order, within the time, and again when the bot is back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer

from gongyou.settings import Settings
from gongyou.web.app import create_app
from gongyou.web.keys import ASKER, WATCH
from gongyou.web.watch import GRACE, Watch
from gongyou.wiring import Desk
from tests.web.browser import WorkerBrowser, kind_of
from tests.web.conftest import Clock, soon
from tests.web.fake_bot import BUTTONS, CARD, FakeBot

HOTLINES = ["12351", "12333", "12348"]


@pytest.fixture
def watch(gateway: TestServer) -> Watch:
    return gateway.app[WATCH]


async def settle(gateway: TestServer, message_id: int) -> None:
    """Wait until the message is out of the asker's hands."""
    await soon(lambda: not gateway.app[ASKER].has(message_id))


async def test_the_bot_is_asked_with_the_day_in_china_and_the_message_s_number(
    worker: WorkerBrowser, bot: FakeBot, clock: Clock
) -> None:
    clock.now = clock.now.replace(hour=20)  # 04:00 of the next day in China
    await worker.say("你好")
    await worker.until_from("bot")
    assert bot.asked[0]["metadata"] == {"today": "2026-11-22", "message": 1}
    assert len(bot.asked[0]["sender"]) == 64


async def test_an_answer_card_comes_with_its_buttons(worker: WorkerBrowser) -> None:
    await worker.say("厂里停工了")
    card = await worker.until_from("bot")
    after = await worker.until_from("bot", card["id"])
    assert card["custom"] == CARD
    assert [button["title"] for button in after["buttons"]] == [b["title"] for b in BUTTONS]


async def test_payloads_of_buttons_stay_in_the_gateway(worker: WorkerBrowser) -> None:
    await worker.say("厂里停工了")
    await worker.until(lambda m: bool(m["buttons"]))
    assert "/what_if" not in str(await worker.messages())


async def test_buttons_alone_join_the_message_before_them(
    worker: WorkerBrowser, bot: FakeBot
) -> None:
    bot.answer = lambda said: [{"custom": CARD}, {"buttons": BUTTONS}]
    await worker.say("停工")
    card = await worker.until_from("bot")
    assert len(card["buttons"]) == 4


async def test_a_second_message_waits_for_the_first(worker: WorkerBrowser, bot: FakeBot) -> None:
    bot.hold.clear()
    await worker.say("一")
    await bot.arrived.wait()
    await worker.say("二")
    assert bot.said() == ["一"]
    bot.hold.set()
    await worker.until(lambda m: m["text"] == "收到：二")
    assert bot.said() == ["一", "二"]


async def test_while_the_bot_thinks_the_page_shows_it(worker: WorkerBrowser, bot: FakeBot) -> None:
    bot.hold.clear()
    await worker.say("你好")
    assert (await worker.news())["waiting"] is True
    bot.hold.set()
    reply = await worker.until_from("bot")
    assert (await worker.news(reply["id"]))["waiting"] is False


async def assert_fallback(worker: WorkerBrowser) -> None:
    shown = await worker.until_from("system")
    assert [line["number"] for line in shown["custom"]["lines"]] == HOTLINES
    assert [button["title"] for button in shown["buttons"]] == ["转人工"]
    assert (await worker.messages())[0]["state"] == "failed"


async def test_an_empty_reply_becomes_the_hotlines(worker: WorkerBrowser, bot: FakeBot) -> None:
    bot.answer = lambda said: []
    await worker.say("你好")
    await assert_fallback(worker)


@pytest.mark.parametrize("elements", [[{}], [{"text": " "}], [{"buttons": BUTTONS}], {"a": 1}])
async def test_a_reply_that_says_nothing_becomes_the_hotlines(
    worker: WorkerBrowser, bot: FakeBot, elements: list[dict[str, object]]
) -> None:
    bot.answer = lambda said: elements
    await worker.say("你好")
    await assert_fallback(worker)


@pytest.mark.parametrize("status", [401, 500, 502])
async def test_a_failing_bot_becomes_the_hotlines(
    worker: WorkerBrowser, bot: FakeBot, status: int
) -> None:
    bot.status = status
    await worker.say("你好")
    await assert_fallback(worker)


async def test_a_dead_bot_becomes_the_hotlines(worker: WorkerBrowser, bot: FakeBot) -> None:
    await bot.server.close()
    await worker.say("你好")
    await assert_fallback(worker)


async def test_a_late_bot_becomes_the_hotlines_and_its_answer_still_comes(
    worker: WorkerBrowser, bot: FakeBot
) -> None:
    bot.hold.clear()
    asked = await worker.say("你好")
    await assert_fallback(worker)
    bot.hold.set()
    reply = await worker.until_from("bot")
    assert (reply["late"], reply["reply_to"]) == (True, asked)
    assert (await worker.messages())[0]["state"] == "answered"


async def test_while_a_late_answer_is_awaited_it_is_not_asked_again(
    worker: WorkerBrowser, bot: FakeBot, watch: Watch
) -> None:
    bot.hold.clear()
    await worker.say("你好")
    await worker.until_from("system")
    await watch.look()
    assert bot.said() == ["你好"]


async def test_what_failed_is_asked_again_when_the_bot_is_back(
    worker: WorkerBrowser, bot: FakeBot, watch: Watch, gateway: TestServer
) -> None:
    bot.status = 502
    asked = await worker.say("你好")
    await worker.until_from("system")
    await settle(gateway, asked)
    bot.status = 200
    await watch.look()
    assert (await worker.until_from("bot"))["text"] == "收到：你好"


async def test_a_pressed_button_is_asked_again_as_its_payload(
    worker: WorkerBrowser, bot: FakeBot, watch: Watch, gateway: TestServer
) -> None:
    await worker.say("厂里停工了")
    await worker.until(lambda m: bool(m["buttons"]))
    bot.status = 502
    asked = (await (await worker.press_titled("看依据")).json())["id"]
    await worker.until_from("system")
    await settle(gateway, asked)
    bot.status = 200
    await watch.look()
    await worker.until_from("bot", asked)
    assert bot.said()[-1] == "/show_basis"


async def test_a_sick_bot_is_not_asked_again(
    worker: WorkerBrowser, bot: FakeBot, watch: Watch, gateway: TestServer
) -> None:
    bot.status, bot.healthy = 502, False
    asked = await worker.say("你好")
    await worker.until_from("system")
    await settle(gateway, asked)
    await watch.look()
    assert bot.said() == ["你好"]


async def test_after_three_retries_an_officer_has_to_look_and_the_worker_is_told(
    worker: WorkerBrowser, bot: FakeBot, watch: Watch, gateway: TestServer
) -> None:
    bot.status = 502
    asked = await worker.say("你好")
    first = await worker.until_from("system")
    for _ in range(4):
        await settle(gateway, asked)
        await watch.look()
    told = await worker.until_from("system", first["id"])
    assert "请工会的人来看" in told["text"]
    assert bot.said() == ["你好"] * 4
    assert (await worker.messages())[0]["state"] == "flagged"


async def test_a_retry_that_fails_too_says_nothing_twice(
    worker: WorkerBrowser, bot: FakeBot, watch: Watch, gateway: TestServer
) -> None:
    bot.status = 502
    asked = await worker.say("你好")
    await worker.until_from("system")
    await settle(gateway, asked)
    await watch.look()
    await settle(gateway, asked)
    assert len(await worker.messages()) == 2


async def test_after_ten_minutes_without_the_bot_an_officer_has_to_look(
    worker: WorkerBrowser, bot: FakeBot, watch: Watch, gateway: TestServer, clock: Clock
) -> None:
    bot.status, bot.healthy = 502, False
    asked = await worker.say("你好")
    await worker.until_from("system")
    await settle(gateway, asked)
    clock.pass_by(minutes=11)
    await watch.look()
    assert (await worker.messages())[0]["state"] == "flagged"


async def test_of_messages_passed_by_only_the_newest_is_asked_again(
    worker: WorkerBrowser, bot: FakeBot, watch: Watch, gateway: TestServer
) -> None:
    bot.status = 502
    old = await worker.say("旧的")
    newer = await worker.say("新的")
    await worker.until(lambda m: m["sender"] == "system" and m["reply_to"] == newer)
    bot.status = 200
    await worker.say("后来的")
    await worker.until(lambda m: m["text"] == "收到：后来的")
    await settle(gateway, newer)
    await watch.look()
    await worker.until(lambda m: m["text"] == "收到：新的")
    states = {m["id"]: m["state"] for m in await worker.messages()}
    assert (states[old], states[newer]) == ("flagged", "answered")


async def test_going_down_the_gateway_tells_whoever_waits(
    bot: FakeBot,
    web_settings: Settings,
    desk: Desk,
    clock: Clock,
) -> None:
    patient = replace(web_settings, bot_timeout=60)
    first = TestServer(create_app(patient, desk, clock))
    async with TestClient(first) as client:
        browser = WorkerBrowser(client)
        bot.hold.clear()
        await browser.say("一")
        await browser.say("二")
        await bot.arrived.wait()
        cookies = client.session.cookie_jar.filter_cookies(first.make_url("/"))
    bot.healthy = False
    async with TestClient(TestServer(create_app(patient, desk, clock)), cookies=cookies) as client:
        messages = await WorkerBrowser(client).messages()
    assert [m["state"] for m in messages if m["sender"] == "worker"] == ["failed", "failed"]
    assert [kind_of(m) for m in messages if m["sender"] == "system"] == ["hotlines", "hotlines"]


async def test_what_a_killed_gateway_left_is_taken_up_at_the_next_start(
    worker: WorkerBrowser, bot: FakeBot, gateway: TestServer, watch: Watch, clock: Clock
) -> None:
    bot.hold.clear()
    asked = await worker.say("你好")
    await bot.arrived.wait()
    gateway.app[ASKER]._asked.discard(asked)  # as after kill -9: nobody has it in hand
    clock.pass_by(seconds=61)
    bot.hold.set()
    await watch.look(GRACE)
    await soon(lambda: len(bot.asked) == 2)


async def test_a_young_message_is_left_to_whoever_has_it_in_hand(
    worker: WorkerBrowser, bot: FakeBot, gateway: TestServer, watch: Watch, clock: Clock
) -> None:
    bot.hold.clear()
    asked = await worker.say("你好")
    await bot.arrived.wait()
    gateway.app[ASKER]._asked.discard(asked)
    clock.pass_by(seconds=5)
    await watch.look(timedelta(seconds=60))
    assert not gateway.app[ASKER].has(asked)


async def test_too_many_waiting_messages_are_refused_with_a_reason(
    bot: FakeBot, web_settings: Settings, desk: Desk, clock: Clock
) -> None:
    patient = replace(web_settings, bot_timeout=60)
    async with TestClient(TestServer(create_app(patient, desk, clock))) as client:
        browser = WorkerBrowser(client)
        bot.hold.clear()
        statuses = [(await browser.post(f"第{n}句")).status for n in range(22)]
    assert statuses == [202] * 20 + [429] * 2


async def test_history_is_there_when_the_bot_is_dead(worker: WorkerBrowser, bot: FakeBot) -> None:
    await worker.say("你好")
    await worker.until_from("bot")
    await bot.server.close()
    assert [m["sender"] for m in await worker.messages()] == ["worker", "bot"]
