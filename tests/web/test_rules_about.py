"""「问机器人」: a topic from another page begins the chat; the page never sends a payload."""

from typing import Any

import pytest

from gongyou.desk.people.accounts import Person
from tests.web.browser import StaffBrowser, WorkerBrowser
from tests.web.conftest import error_of
from tests.web.fake_bot import FakeBot

PAYLOAD = '/ask_topic{"topic": "wage_arrears"}'


async def about(worker: WorkerBrowser, topic: Any, key: str = "about-1") -> Any:
    return await worker.send({"about": topic, "key": key})


async def test_the_chat_page_offers_the_topic_as_a_card(worker: WorkerBrowser) -> None:
    page = await (await worker.client.get("/?about=wage_arrears")).text()
    assert "想问：拖欠工资？" in page and 'data-about="wage_arrears"' in page


@pytest.mark.parametrize("topic", ["", "nope", "<b>", "/crisis"])
async def test_a_topic_that_is_not_there_is_not_offered(worker: WorkerBrowser, topic: str) -> None:
    response = await worker.client.get("/", params={"about": topic})
    assert response.status == 200 and 'id="about"' not in await response.text()


async def test_pressed_it_reads_as_words_and_the_bot_gets_the_topic(
    worker: WorkerBrowser, bot: FakeBot
) -> None:
    assert (await about(worker, "wage_arrears")).status == 202
    await worker.until_from("bot")
    assert (await worker.messages())[0]["text"] == "想问：拖欠工资"
    assert bot.said() == [PAYLOAD]
    assert "ask_topic" not in str((await worker.messages())[0])


async def test_sent_again_it_is_asked_once(worker: WorkerBrowser, bot: FakeBot) -> None:
    numbers = [(await (await about(worker, "wage_arrears")).json())["id"] for _ in range(2)]
    await worker.until_from("bot")
    assert numbers[0] == numbers[1] and bot.said() == [PAYLOAD]


@pytest.mark.parametrize(
    "topic", ["nope", "", None, 3, ["wage_arrears"], 'wage_arrears"}', "/crisis", "crisis"]
)
async def test_only_a_topic_of_the_rulebook_is_taken(
    worker: WorkerBrowser, bot: FakeBot, topic: Any
) -> None:
    response = await about(worker, topic)
    assert (response.status, await error_of(response)) == (
        400,
        "没有这一类。直接打字说你的事也一样。",
    )
    assert bot.said() == []


async def test_typed_the_same_command_is_only_words(worker: WorkerBrowser, bot: FakeBot) -> None:
    await worker.say(PAYLOAD)
    await worker.until_from("bot")
    assert bot.said() == [PAYLOAD.removeprefix("/")]


async def test_the_chat_and_the_desk_link_to_the_rules(
    worker: WorkerBrowser, officer_page: StaffBrowser, officer: Person
) -> None:
    chat = await (await worker.client.get("/")).text()
    _, desk = await officer_page.page("/desk")
    assert 'href="/rules"' in chat and 'href="/rules"' in desk
