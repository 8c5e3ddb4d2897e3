"""What somebody may try who means no good: floods, odd bytes, the keys of others."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from aiohttp import DummyCookieJar
from aiohttp.test_utils import TestClient, TestServer

from gongyou.settings import Settings
from gongyou.web.app import NEW_CHATS_MOST, PERSON_WORDS_MOST, create_app
from gongyou.web.asking import MOST_WAITING
from gongyou.web.keys import ASKER, NOTIFIER
from gongyou.web.notifier import MOST_LISTENING
from gongyou.web.worker.chat.tickets import MOST_OPEN
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser, WorkerBrowser, kind_of
from tests.web.conftest import Browser, Clock, error_of, soon
from tests.web.fake_bot import FakeBot

WORDS = {"text": "你好", "key": "k"}
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


# floods


async def test_behind_a_proxy_one_address_opens_only_so_many_chats(
    web_settings: Settings, desk: Desk, clock: Clock
) -> None:
    app = create_app(replace(web_settings, behind_proxy=True), desk, clock)
    async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:

        async def write_from(seen: str) -> int:
            headers = {"X-Forwarded-For": seen}
            return (await client.post("/api/messages", json=WORDS, headers=headers)).status

        for number in range(NEW_CHATS_MOST):
            assert await write_from(f"10.9.9.{number}, 10.0.0.1") == 202  # the first part is a lie
        assert await write_from("10.9.9.9, 10.0.0.1") == 429
        assert await write_from("10.0.0.2") == 202
        clock.pass_by(minutes=10)
        assert await write_from("10.0.0.1") == 202


async def test_without_a_proxy_what_a_client_says_of_its_address_is_not_believed(
    worker: WorkerBrowser, clock: Clock
) -> None:
    page = await (await worker.client.get("/receipt")).text()
    token = page.split('name="form_token" value="')[1].split('"')[0]
    form = {"form_token": token, "receipt": "1111222233334444"}
    for number in range(5):
        headers = {"X-Forwarded-For": f"10.0.0.{number}"}
        await worker.client.post("/receipt", data=form, headers=headers)
    response = await worker.client.post(
        "/receipt", data=form, headers={"X-Forwarded-For": "1.1.1.1"}
    )
    assert response.status == 429


async def test_only_so_many_pages_of_one_chat_may_wait(
    worker: WorkerBrowser, gateway: TestServer
) -> None:
    last = await worker.say("你好")
    await worker.until_from("bot", last)
    last = (await worker.messages())[-1]["id"]
    polls = [asyncio.create_task(worker.news(last, wait=25)) for _ in range(MOST_LISTENING)]
    (conversation_id,) = await listening(gateway)
    notifier = gateway.app[NOTIFIER]
    await soon(lambda: notifier.is_full(conversation_id))
    response = await worker.client.get(f"/api/messages?after={last}&wait=25")
    assert response.status == 429
    notifier.notify(conversation_id)
    await asyncio.gather(*polls)


async def listening(gateway: TestServer) -> list[str]:
    waiting = gateway.app[NOTIFIER]._waiting
    await soon(lambda: bool(waiting))
    return list(waiting)


async def test_a_long_chat_comes_in_parts(
    worker: WorkerBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("一", "二", "三"):
        await worker.until_from("bot", await worker.say(text))
    monkeypatch.setattr("gongyou.web.worker.chat.messages.MOST_AT_ONCE", 4)
    first = await worker.messages()
    rest = (await worker.news(first[-1]["id"]))["messages"]
    assert (len(first), len(rest)) == (4, 2)


async def test_a_body_that_never_ends_is_given_up(
    worker: WorkerBrowser, gateway: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongyou.web.requests.BODY_SECONDS", 0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    head = "POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    writer.write(f"{head}Content-Length: 50\r\n\r\n{{".encode())
    assert b"408" in await reader.readline()
    writer.close()


async def test_words_sent_at_the_same_time_find_no_more_room_than_one_by_one(
    worker: WorkerBrowser, bot: FakeBot, gateway: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway.app[ASKER], "_visible_after", 60)
    bot.hold.clear()
    await worker.say("一")
    answers = await asyncio.gather(*(worker.post("停工") for _ in range(MOST_WAITING + 10)))
    assert [a.status for a in answers].count(202) == MOST_WAITING - 1


async def test_a_person_is_not_buried_in_words(
    worker: WorkerBrowser, lawyer_page: StaffBrowser, clock: Clock
) -> None:
    await worker.get_receipt()
    await lawyer_page.accept(1)
    for _ in range(PERSON_WORDS_MOST):
        assert (await worker.post("在吗")).status == 202
    assert (await worker.post("在吗")).status == 429
    clock.pass_by(minutes=1)
    assert (await worker.post("在吗")).status == 202


async def test_one_chat_has_only_so_many_tickets_waiting(worker: WorkerBrowser) -> None:
    for _ in range(MOST_OPEN):
        await open_new_sheet(worker)
        assert (await worker.send_sheet()).status == 201
    assert (await worker.send_sheet()).status == 201  # the last one again
    await open_new_sheet(worker)
    assert "在等人看" in await error_of(await worker.send_sheet())


async def open_new_sheet(worker: WorkerBrowser) -> None:
    last = max((m["id"] for m in await worker.messages()), default=0)
    await worker.until(lambda m: bool(m["buttons"]), await worker.say("厂里停工了"))
    await worker.press_titled("找律师")
    await worker.until(lambda m: kind_of(m) == "facts_sheet", last)


# odd bytes


@pytest.mark.parametrize("path", ["/", "/api/messages", "/receipt", "/desk", "/desk/login"])
async def test_a_cookie_of_odd_bytes_is_no_cookie(gateway: TestServer, path: str) -> None:
    names = ("gongyou_chat", "gongyou_desk", "gongyou_form")
    cookies = b"; ".join(name.encode() + b"=\xff\xfe" for name in names)
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: ".encode() + cookies + b"\r\n\r\n")
    assert (await reader.readline()).split()[1] in (b"200", b"303")
    writer.close()


@pytest.mark.parametrize(
    ("path", "headers", "body"),
    [
        ("/api/messages", JSON, b'{"text": "\xff", "key": "k"}'),
        ("/api/messages", {"Content-Type": "application/json; charset=x"}, b"{"),
        ("/api/messages", JSON | {"Content-Encoding": "gzip"}, b"{}"),
        ("/api/messages", JSON, b"[" * 50_000),
        ("/api/messages", JSON, b'{"text": "a", "key": "here:1"}'),
        ("/receipt", FORM, b"receipt=\xff&form_token=\xff"),
        ("/receipt", {"Content-Type": "application/x-www-form-urlencoded; charset=x"}, b"a=b"),
        ("/receipt", {"Content-Type": "multipart/form-data"}, b"a"),
        ("/receipt", FORM, b"a=b&" * 101),
        ("/desk/login", {"Content-Type": "multipart/form-data; boundary=x"}, b"--x\r\nfoo\r\n"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused_not_an_error_of_ours(
    worker: WorkerBrowser, path: str, headers: dict[str, str], body: bytes
) -> None:
    response = await worker.client.post(path, data=body, headers=headers)
    assert response.status == 400


@pytest.mark.parametrize("space", [" ", "\u2003", "\u2028", "\u3000", "\u200d", "\u1680", "\n"])
@pytest.mark.parametrize("slash", ["/", "／"])
async def test_no_space_hides_a_command_to_the_bot(
    worker: WorkerBrowser, bot: FakeBot, slash: str, space: str
) -> None:
    await worker.until_from("bot", await worker.say(f"{slash}{space}/{space}{slash}restart"))
    assert bot.said() == ["restart"]


# what belongs to others, or was sent before


async def test_a_forgotten_key_opens_nothing_even_for_who_copied_it(
    worker: WorkerBrowser, open_browser: Callable[[], Browser]
) -> None:
    await worker.say("你好")
    jar = worker.client.session.cookie_jar.filter_cookies(worker.client.make_url("/"))
    copied = {"Cookie": f"gongyou_chat={jar['gongyou_chat'].value}"}
    other = open_browser()
    assert (await (await other.get("/api/messages", headers=copied)).json())["messages"]
    await worker.client.post("/api/forget", json={})
    assert (await (await other.get("/api/messages", headers=copied)).json())["mode"] == "none"


async def test_a_handoff_button_sent_again_does_nothing_twice(
    worker: WorkerBrowser, bot: FakeBot
) -> None:
    bot.status = 502
    await worker.say("急")
    fallback = await worker.until_from("system")
    button = {"button": {"message": fallback["id"], "index": 0}, "key": "again"}
    first, second = await asyncio.gather(worker.send(button), worker.send(button))
    assert (first.status, second.status) == (202, 202)
    assert [kind_of(m) for m in await worker.messages()].count("ticket") == 1


async def test_one_sheet_is_one_ticket_whatever_number_a_page_gives_it(
    worker: WorkerBrowser,
) -> None:
    await worker.open_sheet()
    answers = await asyncio.gather(*(worker.send_sheet(key=f"tab-{n}") for n in range(5)))
    receipts = {(await answer.json())["receipt"] for answer in answers}
    assert len(receipts) == 1


async def test_a_chat_key_of_ours_cannot_be_taken_by_a_worker(worker: WorkerBrowser) -> None:
    response = await worker.post("你好", key="here:1")
    assert "编号" in await error_of(response)
