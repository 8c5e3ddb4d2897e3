"""An open page hears at once what is new: nothing lost, nothing doubled, and not for ever."""

from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.errors import DeskUnavailable
from gongyou.web.keys import DESK, NOTIFIER, SEATS
from gongyou.web.live.seats import MOST_STREAMS
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser, WorkerBrowser, post_form
from tests.web.conftest import Clock
from tests.web.fake_bot import FakeBot
from tests.web.live_page import LIVE, Console, desk_stream, wait_for, worker_stream


async def last_number(worker: WorkerBrowser) -> int:
    return int((await worker.messages())[-1]["id"])


# what comes


async def test_what_was_said_before_comes_first_then_the_state(caller: WorkerBrowser) -> None:
    known = [message["id"] for message in await caller.messages()]
    async with worker_stream(caller.client) as page:
        await page.state()
        assert page.numbers == known


async def test_an_officer_s_words_reach_the_open_page(
    caller: WorkerBrowser, console: Console
) -> None:
    async with worker_stream(caller.client, await last_number(caller)) as page:
        await page.state()
        await console.say("你好，我是工会的")
        line = await page.until("message", text="你好，我是工会的")
        assert line["sender"] == "officer"


async def test_a_worker_s_words_reach_the_officer_s_open_page(
    caller: WorkerBrowser, console: Console
) -> None:
    async with desk_stream(console.staff, await last_number(caller)) as page:
        await page.state()
        await caller.say("厂里<b>停工</b>了")
        line = await page.until("message", sender="worker")
        assert "厂里&lt;b&gt;停工&lt;/b&gt;了" in line["html"]


async def test_the_bot_s_answer_reaches_the_worker_s_open_page(
    worker: WorkerBrowser, bot: FakeBot
) -> None:
    first = await worker.say("你好")
    await worker.until_from("bot")
    async with worker_stream(worker.client, first + 1) as page:
        await page.state()
        await worker.say("再问一句")
        assert (await page.until("message", sender="bot"))["text"] == "收到：再问一句"


async def test_a_long_chat_comes_in_parts_and_whole(
    caller: WorkerBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = [message["id"] for message in await caller.messages()]
    monkeypatch.setattr("gongyou.web.worker.chat.messages.MOST_AT_ONCE", 2)
    async with worker_stream(caller.client) as page:
        await page.until("message", id=known[-1])
        assert page.numbers == known


async def test_no_proxy_may_hold_the_stream_back(caller: WorkerBrowser) -> None:
    async with worker_stream(caller.client) as page:
        assert page.response.headers["X-Accel-Buffering"] == "no"
        assert page.response.headers["Cache-Control"] == "no-store"


# a dropped connection


async def test_a_dropped_page_comes_back_and_gets_exactly_what_it_missed(
    caller: WorkerBrowser, console: Console
) -> None:
    async with worker_stream(caller.client) as page:
        await page.state()
    for number in range(3):
        await console.say(f"第{number}句", key=f"key-{number}")
    async with worker_stream(caller.client, page.numbers[-1]) as again:
        await again.state()
        assert again.texts == ["第0句", "第1句", "第2句"]
    assert set(page.numbers) & set(again.numbers) == set()


async def test_a_browser_that_reconnects_by_itself_names_the_last_number_in_a_header(
    caller: WorkerBrowser,
) -> None:
    last = await last_number(caller)
    async with worker_stream(caller.client, 0, **{"Last-Event-ID": str(last)}) as page:
        await page.state()
        assert page.numbers == []


async def test_the_words_of_two_streams_and_a_long_poll_are_the_same(
    caller: WorkerBrowser, console: Console
) -> None:
    last = await last_number(caller)
    async with worker_stream(caller.client, last) as one, worker_stream(caller.client, last) as two:
        await one.state()
        await two.state()
        await console.say("大家好")
        first, second = await one.until("message"), await two.until("message")
        (polled,) = (await caller.news(last, wait=1))["messages"]
        assert first == second == polled


# heartbeats, and what ends a stream


async def test_a_quiet_stream_beats(caller: WorkerBrowser, quick_beat: None) -> None:
    async with worker_stream(caller.client) as page:
        assert await page.until("beat") == {}


async def test_it_ends_when_the_worker_leaves_quickly(caller: WorkerBrowser) -> None:
    async with worker_stream(caller.client) as page:
        await page.state()
        await caller.client.post("/api/forget", json={})
        assert await page.ends() == "closed"


async def test_it_ends_at_sign_out(console: Console) -> None:
    async with desk_stream(console.staff) as page:
        await page.state()
        await post_form(console.staff.client, "/desk/logout", {}, page=LIVE)
        assert await page.ends() == "closed"


async def test_it_keeps_nobody_signed_in(console: Console, clock: Clock, quick_beat: None) -> None:
    clock.pass_by(minutes=20)
    async with desk_stream(console.staff) as page:
        await page.until("beat")
        clock.pass_by(minutes=11)
        assert await page.ends() == "closed"
    assert (await console.staff.page(LIVE))[1].count("登录名")


async def test_what_its_page_says_by_itself_keeps_nobody_signed_in(
    console: Console, clock: Clock
) -> None:
    html = await console.html()
    token = html.split('name="form_token" value="')[1][:64]
    clock.pass_by(minutes=20)
    body = {"form_token": token, "delivered": 1}
    assert (await console.staff.client.post(f"{LIVE}/seen", json=body)).status == 200
    clock.pass_by(minutes=11)
    assert (await console.staff.client.post(f"{LIVE}/seen", json=body)).status == 401


async def test_it_ends_when_the_case_is_withdrawn(caller: WorkerBrowser, console: Console) -> None:
    async with desk_stream(console.staff) as page:
        await page.state()
        await post_form(caller.client, "/cases/1/withdraw", {})
        assert await page.ends() == "closed"


async def test_it_ends_when_the_case_is_closed(caller: WorkerBrowser, console: Console) -> None:
    await console.say("答复")
    async with desk_stream(console.staff) as page:
        await page.state()
        await console.staff.close(1)
        assert await page.ends() == "closed"


async def test_it_ends_when_the_gateway_goes_down_and_the_page_is_to_come_again(
    caller: WorkerBrowser, gateway: TestServer
) -> None:
    async with worker_stream(caller.client) as page:
        await page.state()
        gateway.app[NOTIFIER].close()
        assert await page.ends() == "again"


async def test_a_broken_database_ends_it_and_the_page_is_to_come_again(
    caller: WorkerBrowser, gateway: TestServer, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    def broken() -> Any:
        raise DeskUnavailable

    async with worker_stream(caller.client) as page:
        await page.state()
        monkeypatch.setattr(gateway.app[DESK], "reading", broken)
        wake_all(gateway)
        assert await page.ends() == "again"


def wake_all(gateway: TestServer) -> None:
    notifier = gateway.app[NOTIFIER]
    for topic in list(notifier._waiting):
        notifier.notify(topic)


async def test_without_a_chat_there_is_no_stream(worker: WorkerBrowser) -> None:
    assert (await worker.client.get("/api/live")).status == 404


# bounds


async def test_the_newest_page_takes_the_oldest_one_s_seat(caller: WorkerBrowser) -> None:
    async with worker_stream(caller.client) as oldest:
        await oldest.state()
        opened = [worker_stream(caller.client) for _ in range(MOST_STREAMS)]
        pages = [await one.__aenter__() for one in opened]
        await pages[-1].state()
        assert await oldest.ends() == "crowded"
        for one in opened:
            await one.__aexit__(None, None, None)


async def test_a_page_that_has_gone_gives_its_seat_back(
    caller: WorkerBrowser, gateway: TestServer, quick_beat: None
) -> None:
    async with worker_stream(caller.client) as page:
        await page.state()
        (name,) = gateway.app[SEATS]._taken
    await wait_for(lambda: gateway.app[SEATS].count(name) == 0)
    assert not gateway.app[NOTIFIER]._waiting


# who may listen


async def test_a_lawyer_hears_nothing_of_a_call_for_a_person(
    caller: WorkerBrowser, lawyer_page: StaffBrowser
) -> None:
    for what in ("events", "messages"):
        assert (await lawyer_page.client.get(f"{LIVE}/{what}")).status == 404


async def test_the_trail_tells_that_somebody_listens_but_not_at_every_reconnection(
    console: Console, desk: Desk
) -> None:
    for _ in range(3):
        async with desk_stream(console.staff) as page:
            await page.state()
    assert reads(desk) == 2  # the page, and the streams together


def reads(desk: Desk) -> int:
    with desk.reading() as session:
        query = select(func.count(AuditEvent.id)).where(AuditEvent.action == "ticket.read")
        return int(session.scalars(query).one())


async def test_where_streams_are_held_back_a_long_poll_tells_the_same(
    caller: WorkerBrowser, console: Console
) -> None:
    last = await last_number(caller)
    await caller.say("在吗")
    answer = await console.staff.client.get(f"{LIVE}/messages?after={last}&wait=1")
    body = await answer.json()
    assert "在吗" in body["messages"][0]["html"]
    assert body["state"]["holder"] == "工会干部 赵干部"
