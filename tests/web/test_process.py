"""`python -m gongyou.web` as a process: it starts, serves, and goes down in good order."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from gongyou.settings import Settings
from gongyou.wiring import Desk
from tests.fixtures import REPOSITORY
from tests.web.browser import kind_of
from tests.web.fake_bot import FakeBot

WORDS = "焦作某厂停工了"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The process and its address; it has ended when this ends."""
    port = free_port()
    environment = os.environ | {
        "GONGYOU_KEY": ",".join(settings.keys),
        "RASA_TOKEN": settings.rasa_token,
        "ACTION_TOKEN": settings.action_token,
        "GONGYOU_DATABASE_URL": settings.database_url,
        "GONGYOU_PORT": str(port),
        "GONGYOU_SECURE_COOKIES": "no",
        "RASA_URL": settings.rasa_url,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "gongyou.web",
        cwd=REPOSITORY,
        env=environment,
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process, await wait_for(f"http://127.0.0.1:{port}")
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def wait_for(address: str) -> str:
    async with asyncio.timeout(20), aiohttp.ClientSession() as client:
        while True:
            try:
                async with client.get(f"{address}/healthz") as response:
                    assert response.status == 200
                    return address
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


async def test_terminated_it_tells_whoever_waits_and_leaves_no_word_in_its_log(
    web_settings: Settings, desk: Desk, bot: FakeBot
) -> None:
    bot.hold.clear()
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        running(web_settings) as (process, address),
        aiohttp.ClientSession(cookie_jar=jar) as client,
    ):
        await client.post(f"{address}/api/messages", json={"text": WORDS, "key": "k"})
        await bot.arrived.wait()
        poll = asyncio.create_task(client.get(f"{address}/api/messages?after=1&wait=25"))
        await asyncio.sleep(0.2)  # the long-poll has to be under way
        process.send_signal(signal.SIGTERM)
        news = await (await poll).json()
        _, log = await asyncio.wait_for(process.communicate(), timeout=10)
    assert [kind_of(m) for m in news["messages"]] == ["hotlines"]
    assert process.returncode == 0
    assert WORDS not in log.decode()


async def test_a_malformed_request_is_not_quoted_in_the_log(
    web_settings: Settings, desk: Desk, bot: FakeBot
) -> None:
    async with running(web_settings) as (process, address):
        port = int(address.rsplit(":", 1)[1])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET /{WORDS}\x00 HTTP/9\r\n\r\n".encode())
        assert b"400" in await reader.readline()
        writer.close()
        process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(process.communicate(), timeout=10)
    assert WORDS not in log.decode() and "secret" not in log.decode()


async def test_settings_that_cannot_be_used_end_it_with_the_reasons() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "gongyou.web",
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"]},
        stderr=asyncio.subprocess.PIPE,
    )
    _, log = await process.communicate()
    assert process.returncode == 1
    assert "GONGYOU_KEY" in log.decode() and "Traceback" not in log.decode()
