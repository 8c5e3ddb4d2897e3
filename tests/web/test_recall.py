"""A rule is corrected: whoever was told the old answer is offered the new one on their return."""

from collections.abc import Callable
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from gongyou.desk.people.accounts import Person
from gongyou.rulebook import Rulebook
from gongyou.wiring import Desk
from tests.fixtures import PASSWORD, add_person
from tests.web.browser import StaffBrowser, WorkerBrowser, kind_of
from tests.web.conftest import Browser
from tests.web.fake_bot import FakeBot
from tests.web.kept_answers import KnownBot

OFFER = "上次算的「停工停产的工资」，规定更正了，要不要再算一次？"


@pytest.fixture(autouse=True)
def known(bot: FakeBot, gateway: TestServer, rulebook: Rulebook) -> KnownBot:
    return KnownBot(bot, gateway, rulebook)


@pytest.fixture
async def told(worker: WorkerBrowser) -> WorkerBrowser:
    """A worker who has an answer."""
    await worker.say("厂里停工了")
    await worker.until(lambda m: m["text"] == "接下来你可以：")
    return worker


async def open_chat(worker: WorkerBrowser) -> list[str]:
    """The offers in the chat after its page was opened."""
    assert (await worker.client.get("/")).status == 200
    return await offers(worker)


async def offers(worker: WorkerBrowser) -> list[str]:
    return [m["text"] for m in await worker.messages() if m["sender"] == "system"]


async def test_nothing_is_offered_while_nothing_is_corrected(told: WorkerBrowser) -> None:
    assert await open_chat(told) == []


async def test_who_opens_the_chat_again_is_offered_the_new_answer_once(
    told: WorkerBrowser, known: KnownBot
) -> None:
    known.correct("new")
    assert await open_chat(told) == [OFFER]
    assert await open_chat(told) == [OFFER]


async def test_who_left_the_page_open_is_offered_it_with_the_next_message(
    told: WorkerBrowser, known: KnownBot
) -> None:
    known.correct("new")
    await told.say("你好")
    assert await offers(told) == [OFFER]


async def test_a_rule_corrected_twice_is_one_offer(told: WorkerBrowser, known: KnownBot) -> None:
    known.correct("new")
    await open_chat(told)
    known.correct("newest")
    assert await open_chat(told) == [OFFER]


async def test_the_button_asks_the_bot_anew_and_that_settles_it(
    told: WorkerBrowser, known: KnownBot, bot: FakeBot, officer_page: StaffBrowser
) -> None:
    known.correct("new")
    await open_chat(told)
    await told.press_titled("再算一次：停工停产的工资")
    last = (await told.messages())[-1]["id"]
    await told.until(lambda m: kind_of(m) == "answer_card", after=last - 1)
    assert bot.said()[-1] == '/ask_topic{"topic": "wage_shutdown"}'
    assert await open_chat(told) == [OFFER]
    assert "现在没有人手里还是旧的答复" in (await officer_page.page("/desk/recall"))[1]


async def test_the_desk_counts_who_was_told_and_tells_no_small_number(
    told: WorkerBrowser,
    open_browser: Callable[[], Browser],
    known: KnownBot,
    officer_page: StaffBrowser,
) -> None:
    for _ in range(3):
        await say_in(open_browser())
    known.correct("new")
    assert "一共 不到 5 人" in (await officer_page.page("/desk/recall"))[1]
    known.take_back()
    await say_in(open_browser())
    known.correct("new")
    _, html = await officer_page.page("/desk/recall")
    assert "一共 5 人以上" in html
    assert f"/rules/{known.rules[0]}" in html
    assert known.rules[1] not in html


async def test_the_cases_named_are_the_officers_own_to_read(
    told: WorkerBrowser, known: KnownBot, officer_page: StaffBrowser
) -> None:
    card = next(m for m in await told.messages() if kind_of(m) == "answer_card")
    await told.client.post("/api/ratings", json={"message": card["id"], "verdict": "unsolved"})
    known.correct("new")
    assert 'href="/desk/tickets/1"' in (await officer_page.page("/desk/recall"))[1]


@pytest.mark.parametrize(
    ("role", "status"), [("editor", 200), ("lawyer", 403), ("auditor", 403), ("admin", 403)]
)
async def test_officers_and_editors_see_the_page(
    staff: StaffBrowser, desk: Desk, password_hash: str, role: Any, status: int
) -> None:
    person: Person = add_person(desk, password_hash, "who", "某人", role)
    await staff.sign_in(person.login, PASSWORD)
    assert (await staff.page("/desk/recall"))[0] == status


async def say_in(browser: Browser) -> None:
    another = WorkerBrowser(browser)
    await another.say("厂里停工了")
    await another.until(lambda m: m["text"] == "接下来你可以：")
