"""Typing, delivered, read: each side sees how the other is, and nothing of it holds words."""

from typing import Any

import pytest

from gongyou.desk.chat.marks import ReadMark
from gongyou.wiring import Desk
from tests.web.browser import WorkerBrowser
from tests.web.conftest import Clock
from tests.web.live_page import LIVE, Console, desk_stream, worker_stream


async def post(worker: WorkerBrowser, what: str, **body: Any) -> int:
    return (await worker.client.post(f"/api/{what}", json=body)).status


async def last_number(worker: WorkerBrowser) -> int:
    return int((await worker.messages())[-1]["id"])


# typing


async def test_the_worker_sees_that_the_officer_types(
    caller: WorkerBrowser, console: Console
) -> None:
    async with worker_stream(caller.client) as page:
        assert (await page.state())["typing"] is None
        await console.send("typing")
        assert (await page.state())["typing"]["who"] == "工会干部 赵干部"


async def test_the_officer_sees_that_the_worker_types(
    caller: WorkerBrowser, console: Console
) -> None:
    async with desk_stream(console.staff) as page:
        assert (await page.state())["typing"] is None
        assert await post(caller, "typing") == 200
        assert (await page.state())["typing"]["who"] == "职工"


async def test_words_that_come_end_the_typing(caller: WorkerBrowser, console: Console) -> None:
    async with worker_stream(caller.client) as page:
        await console.send("typing")
        await page.state(mode="person")
        await console.say("写好了")
        await page.until("message", text="写好了")
        assert (await page.state())["typing"] is None


async def test_typing_is_forgotten_after_some_seconds(
    caller: WorkerBrowser, console: Console, clock: Clock
) -> None:
    await console.send("typing")
    assert (await caller.news())["typing"]["who"] == "工会干部 赵干部"
    clock.pass_by(seconds=6)
    assert (await caller.news())["typing"] is None


async def test_of_many_signs_in_two_seconds_the_other_side_hears_one(
    caller: WorkerBrowser, console: Console, clock: Clock
) -> None:
    await console.send("typing")
    first = (await caller.news())["typing"]
    clock.pass_by(seconds=1)
    await console.send("typing")
    assert (await caller.news())["typing"] == first
    clock.pass_by(seconds=1)
    await console.send("typing")
    assert (await caller.news())["typing"] != first


async def test_typing_to_the_bot_is_nobody_s_business(caller: WorkerBrowser) -> None:
    assert await post(caller, "typing") == 404


async def test_typing_keeps_an_officer_signed_in_who_writes_for_long(
    caller: WorkerBrowser, console: Console, clock: Clock
) -> None:
    html = await console.html()
    token = html.split('name="form_token" value="')[1][:64]
    for _ in range(3):
        clock.pass_by(minutes=20)
        body = {"form_token": token}
        assert (await console.staff.client.post(f"{LIVE}/typing", json=body)).status == 200


async def test_without_the_page_s_token_nothing_is_said(console: Console) -> None:
    for what in ("say", "typing", "seen"):
        body = {"key": "k", "text": "假的", "read": 1}
        assert (await console.staff.client.post(f"{LIVE}/{what}", json=body)).status == 400


# delivered and read


async def test_the_officer_sees_what_arrived_and_what_was_read(
    caller: WorkerBrowser, console: Console
) -> None:
    await console.say("看到请回")
    last = await last_number(caller)
    async with desk_stream(console.staff) as page:
        assert (await page.state())["marks"] == {"delivered": 0, "read": 0}
        await post(caller, "seen", delivered=last)
        assert (await page.state())["marks"] == {"delivered": last, "read": 0}
        await post(caller, "seen", delivered=last, read=last)
        assert (await page.state())["marks"] == {"delivered": last, "read": last}


async def test_the_worker_sees_it_too(caller: WorkerBrowser, console: Console) -> None:
    last = await caller.say("在吗")
    async with worker_stream(caller.client) as page:
        await page.state()
        await console.send("seen", delivered=last, read=last)
        assert (await page.state())["marks"] == {"delivered": last, "read": last}


@pytest.mark.parametrize("said", [{"read": 10**9}, {"delivered": 2**60}, {"delivered": "x"}, {}])
async def test_nobody_has_read_what_is_not_written_yet(
    caller: WorkerBrowser, console: Console, desk: Desk, said: dict[str, Any]
) -> None:
    last = await last_number(caller)
    await post(caller, "seen", **said)
    with desk.reading() as session:
        for mark in session.query(ReadMark):
            assert mark.read <= mark.delivered <= last


async def test_marks_never_go_back(caller: WorkerBrowser, console: Console) -> None:
    last = await last_number(caller)
    await post(caller, "seen", read=last)
    await post(caller, "seen", delivered=1, read=1)
    async with desk_stream(console.staff) as page:
        assert (await page.state())["marks"] == {"delivered": last, "read": last}


async def test_they_are_there_after_a_restart_and_on_another_phone(
    caller: WorkerBrowser, console: Console, desk: Desk
) -> None:
    last = await last_number(caller)
    await post(caller, "seen", read=last)
    with desk.reading() as session:
        stored = {(m.side, m.delivered, m.read) for m in session.query(ReadMark)}
    assert ("worker", last, last) in stored


async def test_another_site_cannot_mark_or_type(caller: WorkerBrowser, console: Console) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    for what in ("typing", "seen"):
        response = await caller.client.post(f"/api/{what}", json={}, headers=elsewhere)
        assert response.status == 403
