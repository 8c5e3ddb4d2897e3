"""Who speaks: taking over stops the bot at once, handing back starts it; each has one outcome."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestServer

from gongyou.desk.tickets.table import Ticket
from gongyou.settings import Settings
from gongyou.web.keys import ASKER
from gongyou.wiring import Desk
from tests.fixtures import PASSWORD, add_person
from tests.web.browser import StaffBrowser, WorkerBrowser, kind_of
from tests.web.conftest import Browser, Clock
from tests.web.fake_bot import CARD, SHEET, FakeBot
from tests.web.live_page import LIVE, Console, desk_stream, wait_for, worker_stream


@pytest.fixture
def web_settings(settings: Settings, bot: FakeBot) -> Settings:
    """Nobody is told that the bot is slow: it answers when a test says so."""
    return replace(settings, rasa_url=str(bot.server.make_url("")), bot_timeout=60)


type Ask = Callable[[str], Awaitable[None]]


@pytest.fixture
async def taken_meanwhile(
    caller: WorkerBrowser, officer_page: StaffBrowser, bot: FakeBot, gateway: TestServer
) -> Ask:
    """The worker asks, 赵干部 takes over, and only then the bot answers."""

    async def ask(text: str) -> None:
        bot.arrived.clear()
        bot.hold.clear()
        asked = await caller.say(text)
        await bot.arrived.wait()
        assert (await Console(officer_page).press("accept")).status == 303
        bot.hold.set()
        await wait_for(lambda: not gateway.app[ASKER].has(asked))

    return ask


def said_by(messages: list[dict[str, object]], sender: str) -> list[object]:
    return [message["text"] for message in messages if message["sender"] == sender]


# the officer and the bot at the same second


async def test_what_the_bot_still_says_after_a_person_took_over_the_worker_never_sees(
    caller: WorkerBrowser, taken_meanwhile: Ask
) -> None:
    async with worker_stream(caller.client) as page:
        await taken_meanwhile("你好")
        assert "收到：你好" not in said_by(await caller.messages(), "bot")
        await caller.say("在吗")
        await page.until("message", text="在吗")
        assert "收到：你好" not in page.texts


async def test_the_officer_sees_it_marked_as_not_shown(
    officer_page: StaffBrowser, taken_meanwhile: Ask
) -> None:
    await taken_meanwhile("你好")
    for html in (await Console(officer_page).html(), (await officer_page.page(LIVE[:-5]))[1]):
        assert "收到：你好" in html and "职工没看到" in html


async def test_a_button_of_what_was_kept_back_cannot_be_pressed(
    caller: WorkerBrowser, bot: FakeBot, taken_meanwhile: Ask
) -> None:
    await taken_meanwhile("厂里停工了")
    shown = {message["id"] for message in await caller.messages()}
    kept = set(range(1, max(shown) + 4)) - shown
    for number in kept:
        assert (await caller.press(number, 0)).status == 400


async def test_a_sheet_that_was_kept_back_cannot_be_sent(
    caller: WorkerBrowser, bot: FakeBot, taken_meanwhile: Ask
) -> None:
    bot.answer = lambda said: [{"custom": SHEET}]
    await taken_meanwhile("找律师")
    assert (await caller.send_sheet()).status == 400


async def test_words_of_danger_bring_the_numbers_though_the_bot_s_answer_is_kept_back(
    caller: WorkerBrowser, bot: FakeBot, taken_meanwhile: Ask
) -> None:
    bot.answer = lambda said: [{"custom": CARD}]
    await taken_meanwhile("我不想活了")
    last = (await caller.messages())[-1]
    assert kind_of(last) == "hotlines" and "110" in last["text"]


async def test_a_bot_that_stays_silent_after_the_takeover_is_not_excused_for(
    caller: WorkerBrowser, bot: FakeBot, taken_meanwhile: Ask
) -> None:
    bot.answer = lambda said: []
    await taken_meanwhile("你好")
    messages = await caller.messages()
    asked = next(m for m in messages if m["text"] == "你好")
    assert asked["state"] == "none"
    assert "接手了" in messages[-1]["text"]


async def test_what_waited_in_line_is_not_put_to_the_bot_any_more(
    caller: WorkerBrowser, officer_page: StaffBrowser, bot: FakeBot, gateway: TestServer
) -> None:
    bot.arrived.clear()
    bot.hold.clear()
    await caller.say("一")
    await bot.arrived.wait()
    second = await caller.say("二")
    await Console(officer_page).press("accept")
    bot.hold.set()
    await wait_for(lambda: not gateway.app[ASKER].has(second))
    assert "二" not in bot.said()


async def test_the_bot_is_not_shown_as_thinking_once_a_person_has_the_chat(
    caller: WorkerBrowser, officer_page: StaffBrowser, bot: FakeBot
) -> None:
    bot.hold.clear()
    await caller.say("你好")
    async with worker_stream(caller.client) as page:
        await page.state(waiting=True)
        await Console(officer_page).press("accept")
        assert (await page.state(mode="person"))["waiting"] is False


async def test_the_worker_s_open_page_is_told_who_is_speaking(
    caller: WorkerBrowser, officer_page: StaffBrowser
) -> None:
    async with worker_stream(caller.client) as page:
        await page.state(mode="bot")
        await Console(officer_page).press("accept")
        line = await page.until(
            "message", sender="system", person={"id": 1, "shown": "工会干部 赵干部"}
        )
        assert "工会干部 赵干部接手了" in line["text"]
        await page.state(mode="person")


# two officers


@pytest.fixture
async def other_officer(
    desk: Desk, password_hash: str, open_browser: Callable[[], Browser]
) -> Console:
    browser = StaffBrowser(open_browser())
    add_person(desk, password_hash, "qian", "钱干部", "officer")
    await browser.sign_in("qian", PASSWORD)
    return Console(browser)


async def test_of_two_who_take_at_once_one_gets_it_and_the_other_is_told_who(
    caller: WorkerBrowser, officer_page: StaffBrowser, other_officer: Console, desk: Desk
) -> None:
    both = [Console(officer_page), other_officer]
    answers = await asyncio.gather(*(one.press("accept") for one in both))
    late = [a.headers["Location"].endswith("?late=yes") for a in answers]
    assert sorted(late) == [False, True]
    winner = ["赵干部", "钱干部"][late.index(False)]
    html = await both[late.index(True)].html("?late=yes")
    assert f"工会干部 {winner}先接手了" in html
    assert 'id="say-form"' not in html
    with desk.reading() as session:
        assert session.get_one(Ticket, 1).status == "accepted"


async def test_the_other_s_open_page_says_who_without_reloading(
    caller: WorkerBrowser, officer_page: StaffBrowser, other_officer: Console
) -> None:
    async with desk_stream(other_officer.staff) as page:
        assert (await page.state())["holder"] == ""
        await Console(officer_page).press("accept")
        state = await page.state(status="accepted")
        assert (state["holder"], state["mine"]) == ("工会干部 赵干部", False)


async def test_who_does_not_hold_it_cannot_speak_in_it(
    console: Console, caller: WorkerBrowser, other_officer: Console
) -> None:
    assert (await other_officer.say("我来说")).status == 403
    assert (await other_officer.send("typing")).status == 404
    assert (await other_officer.send("seen", read=99)).status == 404
    assert "我来说" not in said_by(await caller.messages(), "officer")


async def test_a_lawyer_is_asked_about_the_employer_and_takes_nothing_here(
    worker: WorkerBrowser, lawyer_page: StaffBrowser, desk: Desk
) -> None:
    await worker.open_sheet()
    await worker.send_sheet(employer="焦作市宏达机械有限公司")
    await lawyer_page.step(1, "live/accept")
    with desk.reading() as session:
        assert session.get_one(Ticket, 1).status == "offered"


# handing back


async def test_handed_back_the_bot_answers_and_the_worker_is_told_with_a_way_back(
    console: Console, caller: WorkerBrowser, desk: Desk
) -> None:
    await console.say("先把工资条留好")
    assert (await console.press("back")).status == 303
    line = (await caller.messages())[-1]
    assert "接下来由机器人回你" in line["text"]
    assert [button["title"] for button in line["buttons"]] == ["跟人说"]
    asked = await caller.say("你好")
    assert (await caller.until_from("bot", asked))["text"] == "收到：你好"
    with desk.reading() as session:
        assert session.get_one(Ticket, 1).status == "answered"


async def test_before_the_worker_was_answered_nobody_hands_back(
    console: Console, caller: WorkerBrowser
) -> None:
    response = await console.press("back")
    assert response.status == 403 and "先答复职工" in await response.text()
    assert (await caller.news())["mode"] == "person"


async def test_handed_back_twice_the_worker_is_told_once(
    console: Console, caller: WorkerBrowser
) -> None:
    await console.say("答复")
    for _ in range(2):
        await console.press("back")
    told = [m for m in await caller.messages() if "先说到这里" in m["text"]]
    assert len(told) == 1


async def test_the_holder_steps_in_again(console: Console, caller: WorkerBrowser) -> None:
    await console.say("答复")
    await console.press("back")
    assert (await console.press("step-in")).status == 303
    news = await caller.news()
    assert news["mode"] == "person" and "接着回你" in news["messages"][-1]["text"]


async def test_the_worker_calls_the_person_back_with_one_tap(
    console: Console, caller: WorkerBrowser
) -> None:
    await console.say("答复")
    await console.press("back")
    await caller.press_titled("跟人说")
    assert (await caller.news())["mode"] == "person"


# a dropped connection on either side


async def test_words_sent_again_after_a_dropped_connection_are_there_once(
    console: Console, caller: WorkerBrowser
) -> None:
    for _ in range(3):
        assert (await console.say("说到一半断了", key="same")).status == 202
    assert said_by(await caller.messages(), "officer") == ["说到一半断了"]


async def test_a_page_opened_again_shows_the_state_and_all_that_was_said(
    console: Console, caller: WorkerBrowser, clock: Clock
) -> None:
    await console.say("说到一半")
    await caller.say("我在")
    clock.pass_by(minutes=31)  # signed out meanwhile
    await console.staff.sign_in("zhao", PASSWORD)
    html = await console.html()
    assert "说到一半" in html and "我在" in html and 'id="say-form"' in html


async def test_on_another_phone_the_worker_sees_the_same(
    console: Console, caller: WorkerBrowser, other_worker: WorkerBrowser
) -> None:
    await console.say("你好，我是工会的")
    card = next(m for m in await caller.messages() if kind_of(m) == "ticket")
    await other_worker.type_receipt(card["custom"]["receipt"])
    async with worker_stream(caller.client) as here, worker_stream(other_worker.client) as there:
        await here.state()
        await there.state()
        assert here.came == there.came


async def test_the_next_conversation_is_one_s_own_with_news_then_what_waits(
    console: Console, caller: WorkerBrowser, other_worker: WorkerBrowser, bot: FakeBot
) -> None:
    async def next_from(number: int) -> str:
        response = await console.staff.client.get(
            f"/desk/live/next?from={number}", allow_redirects=False
        )
        return response.headers["Location"]

    assert await next_from(1) == "/desk"
    bot.answer = lambda said: []
    await other_worker.say("找人")
    await other_worker.until_from("system")
    await other_worker.press_titled("转人工")
    assert await next_from(1) == "/desk/tickets/2/live"
    assert await next_from(2) == "/desk/tickets/1/live"
