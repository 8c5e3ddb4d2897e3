"""What a worker may send, and what is said when it cannot be used."""

from typing import Any

import pytest

from tests.web.browser import WorkerBrowser
from tests.web.conftest import error_of
from tests.web.fake_bot import FakeBot


async def test_a_message_is_stored_before_the_bot_has_answered(
    worker: WorkerBrowser, bot: FakeBot
) -> None:
    bot.hold.clear()
    response = await worker.post("厂里停工了")
    assert response.status == 202
    assert [m["text"] for m in await worker.messages()] == ["厂里停工了"]


async def test_the_first_message_sets_a_cookie_scripts_cannot_read(worker: WorkerBrowser) -> None:
    response = await worker.post("你好")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("gongyou_chat=")
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie


async def test_the_second_message_goes_to_the_same_conversation(worker: WorkerBrowser) -> None:
    await worker.say("第一句")
    response = await worker.post("第二句")
    assert "Set-Cookie" not in response.headers
    assert [m["text"] for m in await worker.messages() if m["sender"] == "worker"] == [
        "第一句",
        "第二句",
    ]


async def test_sent_twice_under_one_key_it_is_stored_and_asked_once(
    worker: WorkerBrowser, bot: FakeBot
) -> None:
    await worker.say("先来一句")
    first = await (await worker.post("厂里停工了", key="again")).json()
    second = await (await worker.post("厂里停工了", key="again")).json()
    assert first == second
    await worker.until(lambda m: bool(m["buttons"]))
    assert bot.said() == ["先来一句", "厂里停工了"]


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x07\x1b", "\u200b\u202e", "/", "／ /"])
async def test_nothing_written_is_said_so(worker: WorkerBrowser, text: str) -> None:
    response = await worker.post(text)
    assert response.status == 400
    assert await error_of(response) == "还没写字。写上你的事再发。"


async def test_too_long_a_text_names_the_limit_and_the_length(worker: WorkerBrowser) -> None:
    response = await worker.post("长" * 10_000)
    assert response.status == 400
    assert "2000 个字，这次有 10000 个" in await error_of(response)


async def test_two_thousand_characters_are_taken(worker: WorkerBrowser, bot: FakeBot) -> None:
    await worker.say("长" * 2_000)
    await worker.until_from("bot")
    assert bot.said() == ["长" * 2_000]


async def test_control_characters_are_taken_out(worker: WorkerBrowser, bot: FakeBot) -> None:
    await worker.say("厂里\x00停\x1b[31m工\u202e了\r\n第二行")
    await worker.until_from("bot")
    assert bot.said() == ["厂里停[31m工了\n第二行"]


@pytest.mark.parametrize("text", ["/restart", "／restart", "  / / restart", "\u200b/restart"])
async def test_a_typed_command_is_only_text(worker: WorkerBrowser, bot: FakeBot, text: str) -> None:
    await worker.say(text)
    await worker.until_from("bot")
    assert bot.said() == ["restart"]


async def test_a_typed_intent_with_entities_never_reaches_the_bot_as_one(
    worker: WorkerBrowser, bot: FakeBot
) -> None:
    await worker.say('/inform{"fact": "monthly_wage", "value": "999999"}')
    await worker.until_from("bot")
    assert bot.said()[0].startswith("inform{")


async def test_html_stays_the_text_it_is(worker: WorkerBrowser) -> None:
    await worker.say("<script>alert(1)</script>")
    assert (await worker.messages())[0]["text"] == "<script>alert(1)</script>"


async def test_emoji_alone_are_stored_and_answered(worker: WorkerBrowser, bot: FakeBot) -> None:
    await worker.say("😭👨‍👩‍👧")
    await worker.until_from("bot")
    assert bot.said() == ["😭👨‍👩‍👧"]


@pytest.mark.parametrize("body", [[], "text", 3, {"text": 5, "key": "k"}, {"text": "好"}])
async def test_a_body_of_another_shape_is_refused(worker: WorkerBrowser, body: Any) -> None:
    response = await worker.send(body)
    assert response.status == 400
    assert "刷新页面" in await error_of(response)


@pytest.mark.parametrize("data", [b"{", b"\xff\xfe", b"[" * 30_000])
async def test_invalid_json_is_refused(worker: WorkerBrowser, data: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    response = await worker.client.post("/api/messages", data=data, headers=headers)
    assert response.status == 400
    assert "刷新页面" in await error_of(response)


async def test_a_form_of_another_site_is_refused(worker: WorkerBrowser) -> None:
    body = {"text": "好", "key": "k"}
    assert (await worker.client.post("/api/messages", data=body)).status == 400
    response = await worker.send(body, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status == 403


async def test_a_huge_body_is_refused_unread(worker: WorkerBrowser) -> None:
    response = await worker.post("长" * 100_000)
    assert response.status == 413
    assert await error_of(response) == "发来的内容太大。"


async def test_without_a_conversation_there_is_nothing_to_wait_for(worker: WorkerBrowser) -> None:
    assert await worker.news(wait=25) == {"messages": [], "waiting": False, "mode": "none"}


async def test_strange_numbers_in_the_query_are_taken_as_the_nearest_sense(
    worker: WorkerBrowser,
) -> None:
    await worker.say("你好")
    response = await worker.client.get("/api/messages?after=-1&wait=x")
    assert response.status == 200


async def test_a_worker_never_sees_another_conversation(
    worker: WorkerBrowser, other_worker: WorkerBrowser
) -> None:
    await worker.say("我的事")
    await other_worker.say("别人的事")
    assert [m["text"] for m in await other_worker.messages() if m["sender"] == "worker"] == [
        "别人的事"
    ]


async def test_forgetting_ends_the_browsers_way_in(worker: WorkerBrowser) -> None:
    await worker.say("我的事")
    response = await worker.client.post("/api/forget", json={})
    assert response.status == 200
    assert (await worker.news())["mode"] == "none"
