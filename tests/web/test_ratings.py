"""One tap under an answer: 有用 or 没解决, and a person at once for what is not solved."""

from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from gongyou.desk.answers.table import Rating
from gongyou.desk.tickets.table import Ticket
from gongyou.rulebook import Rulebook
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser, WorkerBrowser, kind_of
from tests.web.conftest import Clock, error_of
from tests.web.fake_bot import FakeBot
from tests.web.kept_answers import KnownBot


@pytest.fixture(autouse=True)
def known(bot: FakeBot, gateway: TestServer, rulebook: Rulebook) -> KnownBot:
    return KnownBot(bot, gateway, rulebook)


@pytest.fixture
async def card(worker: WorkerBrowser) -> dict[str, Any]:
    await worker.say("厂里停工了")
    return await worker.until(lambda m: kind_of(m) == "answer_card")


async def rate(worker: WorkerBrowser, message: Any, verdict: Any, word: Any = "") -> ClientResponse:
    body = {"message": message, "verdict": verdict, "word": word}
    return await worker.client.post("/api/ratings", json=body)


def tickets(desk: Desk) -> list[tuple[str, str | None, str]]:
    with desk.reading() as session:
        return [(one.kind, one.cause, one.words) for one in session.scalars(select(Ticket))]


async def offers(worker: WorkerBrowser) -> list[str]:
    messages = await worker.messages()
    return [m["text"] for m in messages if m["sender"] == "system"]


async def test_an_answer_can_be_rated_and_no_other_message(
    worker: WorkerBrowser, card: dict[str, Any]
) -> None:
    shown = {m["id"]: m["rating"] for m in await worker.messages()}
    assert shown.pop(card["id"]) == ""
    assert set(shown.values()) == {None}


async def test_the_page_is_not_told_what_the_answer_rests_on(
    worker: WorkerBrowser, card: dict[str, Any], known: KnownBot
) -> None:
    assert "used" not in card["custom"]
    body = await (await worker.client.get("/api/messages?after=0")).text()
    assert known.rules[0] not in body


async def test_a_tap_is_kept_and_shown_when_the_chat_is_opened_again(
    worker: WorkerBrowser, card: dict[str, Any], desk: Desk
) -> None:
    assert (await rate(worker, card["id"], "useful")).status == 200
    assert [m["rating"] for m in await worker.messages() if m["id"] == card["id"]] == ["useful"]
    assert tickets(desk) == []


async def test_what_is_not_solved_offers_a_person_without_the_bot(
    worker: WorkerBrowser, card: dict[str, Any], bot: FakeBot, desk: Desk
) -> None:
    bot.status = 500
    await rate(worker, card["id"], "unsolved", "数不对")
    assert tickets(desk) == [("review", "rated_down", "数不对")]
    assert (await worker.press_titled("转人工")).status == 202
    assert kind_of((await worker.messages())[-1]) == "ticket"
    assert tickets(desk) == [("handoff", "asked", "数不对")]


async def test_the_person_is_offered_once_however_often_it_is_tapped(
    worker: WorkerBrowser, card: dict[str, Any], desk: Desk
) -> None:
    for verdict in ("unsolved", "unsolved", "useful", "unsolved"):
        assert (await rate(worker, card["id"], verdict)).status == 200
    assert len(await offers(worker)) == 1
    assert len(tickets(desk)) == 1


async def test_after_ten_minutes_it_stands(
    worker: WorkerBrowser, card: dict[str, Any], clock: Clock
) -> None:
    await rate(worker, card["id"], "useful")
    clock.pass_by(minutes=11)
    response = await rate(worker, card["id"], "unsolved")
    assert (response.status, await error_of(response)) == (
        400,
        "评过一会儿了，改不了。还有话，直接在下面说。",
    )
    assert await offers(worker) == []


async def test_the_word_is_kept_encrypted_and_has_its_limit(
    worker: WorkerBrowser, card: dict[str, Any], desk: Desk
) -> None:
    assert (await rate(worker, card["id"], "useful", "字" * 201)).status == 400
    assert (await rate(worker, card["id"], "useful", "字" * 200)).status == 200
    with desk.reading() as session:
        assert session.scalars(select(Rating.word)).all() == ["字" * 200]
        (stored,) = session.connection().exec_driver_sql("SELECT word FROM ratings").scalars()
    assert "字" not in stored


@pytest.mark.parametrize(
    "body",
    [
        {"message": 99, "verdict": "useful"},
        {"message": "2", "verdict": "useful"},
        {"message": True, "verdict": "useful"},
        {"message": 2, "verdict": "wonderful"},
        {"message": 2, "verdict": ["useful"]},
        {"message": 2, "verdict": "useful", "word": 5},
        {"verdict": "useful"},
        {},
    ],
)
async def test_what_no_page_sends_is_refused(
    worker: WorkerBrowser, card: dict[str, Any], body: dict[str, Any], desk: Desk
) -> None:
    assert (await worker.client.post("/api/ratings", json=body)).status == 400
    with desk.reading() as session:
        assert session.scalars(select(Rating)).all() == []


async def test_another_workers_answer_cannot_be_rated(
    other_worker: WorkerBrowser, card: dict[str, Any]
) -> None:
    assert (await rate(other_worker, card["id"], "useful")).status == 400
    await other_worker.say("你好")
    assert (await rate(other_worker, card["id"], "useful")).status == 400


async def test_another_site_cannot_rate(worker: WorkerBrowser, card: dict[str, Any]) -> None:
    body = {"message": card["id"], "verdict": "useful"}
    headers = {"Sec-Fetch-Site": "cross-site"}
    response = await worker.client.post("/api/ratings", json=body, headers=headers)
    assert response.status == 403


async def test_an_officer_sees_why_it_is_in_the_queue_and_the_word(
    worker: WorkerBrowser, card: dict[str, Any], officer_page: StaffBrowser
) -> None:
    await rate(worker, card["id"], "unsolved", "数不对")
    _, html = await officer_page.page("/desk")
    assert "要人看看（职工说没解决）" in html
    status, case = await officer_page.page("/desk/tickets/1")
    assert status == 200
    assert "数不对" in case


async def test_the_worker_is_not_shown_the_review_as_a_case(
    worker: WorkerBrowser, card: dict[str, Any]
) -> None:
    await rate(worker, card["id"], "unsolved")
    assert "这里还没有你的案件" in await (await worker.client.get("/cases")).text()
    assert (await worker.client.get("/cases/1")).status == 404


async def test_an_officer_who_has_looked_marks_it_and_the_queue_is_empty(
    worker: WorkerBrowser, card: dict[str, Any], officer_page: StaffBrowser
) -> None:
    await rate(worker, card["id"], "unsolved")
    response = await officer_page.step(1, "look")
    assert (response.status, response.headers["Location"]) == (303, "/desk?done=looked")
    assert "现在没有等着接手的工单" in (await officer_page.page("/desk"))[1]
    assert (await officer_page.step(1, "look")).status == 409


async def test_an_officer_who_takes_it_over_talks_to_the_worker(
    worker: WorkerBrowser, card: dict[str, Any], officer_page: StaffBrowser
) -> None:
    await rate(worker, card["id"], "unsolved")
    await officer_page.accept(1)
    await officer_page.step(1, "reply", text="我帮你看看")
    assert (await worker.messages())[-1]["text"] == "我帮你看看"
    assert (await worker.press_titled("转人工")).status == 202
    assert [m["sender"] for m in await worker.messages()].count("officer") == 1
