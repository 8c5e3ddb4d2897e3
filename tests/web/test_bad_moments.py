"""Bad moments of a live conversation, each with one right outcome.

More of them stand where they belong: who takes over, and a bot that answers too late, in
test_live_taking_over.py; streams that break, in test_live_stream.py.
"""

import asyncio
import json

import pytest
from aiohttp.test_utils import TestServer

from tests.web.browser import TOKEN, WorkerBrowser, first, kind_of
from tests.web.fake_bot import FakeBot
from tests.web.live_page import LIVE, Console, desk_stream, worker_stream


@pytest.fixture
async def handed_back(console: Console, caller: WorkerBrowser) -> Console:
    """The holder of a chat in which the bot answers again."""
    await console.say("先把工资条留好", key="first")
    await console.press("back")
    return console


def texts(messages: list[dict[str, object]], sender: str) -> list[object]:
    return [message["text"] for message in messages if message["sender"] == sender]


# the officer and the bot at the same second


async def test_both_are_heard_once_and_in_the_same_order_on_both_pages(
    handed_back: Console, caller: WorkerBrowser, bot: FakeBot
) -> None:
    bot.arrived.clear()
    bot.hold.clear()
    async with worker_stream(caller.client) as there, desk_stream(handed_back.staff) as here:
        await caller.say("你好")
        await bot.arrived.wait()
        bot.hold.set()
        await asyncio.gather(*(handed_back.say("我在", key="same") for _ in range(2)))
        while not {"我在", "收到：你好"} <= set(there.texts):
            await there.next()
        while there.numbers[-1] not in here.numbers:
            await here.next()
        assert there.numbers == here.numbers == sorted(set(here.numbers))
    messages = await caller.messages()
    assert texts(messages, "officer").count("我在") == 1
    assert texts(messages, "bot").count("收到：你好") == 1


async def test_what_the_officer_says_while_the_bot_thinks_stops_no_answer_it_owes(
    handed_back: Console, caller: WorkerBrowser, bot: FakeBot
) -> None:
    bot.hold.clear()
    asked = await caller.say("你好")
    await handed_back.say("我看看", key="second")
    bot.hold.set()
    assert (await caller.until_from("bot", asked))["text"] == "收到：你好"


# the officer's connection drops mid-sentence


async def cut_off(console: Console, gateway: TestServer, body: bytes, sent: int) -> None:
    """Send a request of which only the first `sent` bytes of the body arrive."""
    cookies = console.staff.client.session.cookie_jar.filter_cookies(gateway.make_url("/desk"))
    cookie = "; ".join(f"{name}={one.value}" for name, one in cookies.items())
    head = (
        f"POST {LIVE}/say HTTP/1.1\r\nHost: {gateway.host}:{gateway.port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nCookie: {cookie}\r\n\r\n"
    )
    _, writer = await asyncio.open_connection(gateway.host, gateway.port)
    writer.write(head.encode() + body[:sent])
    await writer.drain()
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("missing", [0, 20])
async def test_words_of_which_nobody_knows_whether_they_arrived_are_there_once(
    console: Console, caller: WorkerBrowser, gateway: TestServer, missing: int
) -> None:
    words = {"text": "我们周三一起去厂里", "key": "cut-off"}
    token = first(TOKEN, await console.html())
    body = json.dumps({"form_token": token} | words).encode()
    await cut_off(console, gateway, body, len(body) - missing)
    assert (await console.send("say", **words)).status == 202
    messages = await caller.messages()
    assert texts(messages, "officer") == [words["text"]]


async def test_the_page_that_comes_back_gets_the_line_once_under_the_key_it_was_sent_with(
    console: Console,
) -> None:
    async with desk_stream(console.staff) as page:
        await page.state()
        last = max(page.numbers, default=0)
    for _ in range(2):
        await console.say("说到一半断了", key="cut-off")
    async with desk_stream(console.staff, after=last) as page:
        line = await page.until("message", sender="officer")
        await page.state()
        assert (line["key"], len(page.numbers)) == ("cut-off", 1)


# the worker leaves and returns on another phone


async def test_what_was_said_meanwhile_is_there_once_and_the_officer_hears_the_new_phone(
    console: Console, caller: WorkerBrowser, other_worker: WorkerBrowser
) -> None:
    card = next(m for m in await caller.messages() if kind_of(m) == "ticket")
    await caller.client.session.close()  # the phone is lost
    await console.say("先别签字", key="meanwhile")
    await other_worker.type_receipt(card["custom"]["receipt"])
    assert texts(await other_worker.messages(), "officer") == ["先别签字"]
    async with desk_stream(console.staff) as page:
        number = await other_worker.say("换了个手机")
        line = await page.until("message", id=number)
        assert "换了个手机" in line["html"]
    news = await other_worker.news()
    assert news["mode"] == "person"
