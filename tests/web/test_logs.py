"""Logs never quote anybody."""

import io
import logging
import subprocess
import sys

import pytest

from gongyou.desk.people.accounts import Person
from tests.web.browser import StaffBrowser, WorkerBrowser
from tests.web.fake_bot import FakeBot

WORDS = "焦作某厂的秘密"


async def test_nothing_said_is_logged_when_all_goes_well(
    worker: WorkerBrowser, log: io.StringIO
) -> None:
    await worker.say(WORDS)
    await worker.until_from("bot")
    assert WORDS not in log.getvalue()


async def test_nothing_said_is_logged_when_the_bot_fails(
    worker: WorkerBrowser, bot: FakeBot, log: io.StringIO
) -> None:
    bot.status = 502
    await worker.say(WORDS)
    await worker.until_from("system")
    assert "the bot did not answer" in log.getvalue()
    assert WORDS not in log.getvalue()


async def test_nothing_said_is_logged_when_storing_fails(
    worker: WorkerBrowser, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, text: str, **__: object) -> None:
        raise RuntimeError(f"cannot store {text}")

    monkeypatch.setattr("gongyou.web.worker.chat.sending.write_message", broken)
    assert (await worker.post(WORDS)).status == 500
    assert "POST /api/messages failed: RuntimeError at" in log.getvalue()
    assert WORDS not in log.getvalue()


async def test_no_password_and_no_receipt_is_logged(
    staff: StaffBrowser, worker: WorkerBrowser, lawyer: Person, log: io.StringIO
) -> None:
    await staff.sign_in(lawyer.login, WORDS)
    await worker.type_receipt("1111222233334444")
    assert WORDS not in log.getvalue() and "1111222233334444" not in log.getvalue()


def test_an_exception_is_logged_by_type_and_place_only(log: io.StringIO) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError:
        logging.getLogger("aiohttp.server").exception("Unhandled exception")
    assert "ValueError at test_logs.py:" in log.getvalue()
    assert WORDS not in log.getvalue()


def test_a_librarys_warning_is_logged_by_type_and_place_only() -> None:
    """aiohttp's own, of a file name it cannot read, quotes the name."""
    start = "import warnings; from gongyou.quiet import start_logging; start_logging()"
    code = f"{start}; warnings.warn('{WORDS}')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert b"UserWarning at" in done.stderr
    assert WORDS not in done.stderr.decode()
