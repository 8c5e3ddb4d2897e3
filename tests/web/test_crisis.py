"""Danger to life is answered with numbers to ring, whoever else is or is not there."""

import pytest

from gongyou.desk.chat.conversations import set_mode
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.reading import fetch_tickets
from gongyou.web.crisis import is_danger
from gongyou.wiring import Desk
from tests.web.browser import WorkerBrowser, kind_of
from tests.web.fake_bot import FakeBot


@pytest.mark.parametrize("text", ["我不想活了", "工资要不回来，真的活不下去", "不 想 活 了"])
def test_words_of_danger_are_seen(text: str) -> None:
    assert is_danger(text)


@pytest.mark.parametrize("text", ["累得想死", "笑死我了", "厂里停工了，工资没发"])
def test_figures_of_speech_are_no_danger(text: str) -> None:
    assert not is_danger(text)


async def test_with_the_bot_dead_the_numbers_come_and_a_crisis_ticket(
    worker: WorkerBrowser, bot: FakeBot, desk: Desk, officer: Person
) -> None:
    bot.answer = lambda said: []
    await worker.say("我不想活了")
    shown = await worker.until_from("system")
    assert kind_of(shown) == "hotlines"
    assert [line["number"] for line in shown["custom"]["lines"]][:2] == ["110", "12356"]
    with desk.reading() as session:
        lines = fetch_tickets(session, officer).lines
    assert [line.topic for line in lines] == ["crisis"]


async def test_while_a_person_has_the_chat_the_numbers_come_all_the_same(
    worker: WorkerBrowser, bot: FakeBot, desk: Desk
) -> None:
    await worker.say("你好")
    await worker.until_from("bot")
    with desk.transaction() as session:
        conversation = bot.asked[0]["sender"]
        set_mode(session, conversation, "person")
    await worker.say("我不想活了")
    shown = await worker.until_from("system")
    assert "12356" in str(shown["custom"])
