"""The rules' pages need the gateway alone: no bot, no database, from the first second on."""

from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from gongyou import wiring
from gongyou.rulebook import RulebookError
from gongyou.settings import Settings
from gongyou.web.app import create_app
from gongyou.web.security import POLICY
from gongyou.wiring import Desk
from tests.web.conftest import NoDesk
from tests.web.rules_visitor import RulesVisitor
from tests.web.test_process import running

PAGES = ["/rules", "/rules?q=生活费", "/rules/CN-WS-001", "/rules/ask/wage_shutdown", "/rules/nope"]


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_carries_the_security_headers(visitor: RulesVisitor, path: str) -> None:
    await visitor.open(path)
    assert visitor.headers["Content-Security-Policy"] == POLICY
    assert visitor.headers["Cache-Control"] == "no-store"


async def test_as_a_process_without_any_bot_it_answers_at_once(
    settings: Settings, desk: Desk
) -> None:
    nobody = replace(settings, rasa_url="http://127.0.0.1:9")
    async with running(nobody) as (_, address), aiohttp.ClientSession() as client:
        for path in PAGES[:-1]:
            async with client.get(address + path) as response:
                assert response.status == 200


def test_a_broken_rulebook_stops_the_start_with_its_message(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongyou.web.app.build_rulebook", wiring.build_rulebook)
    empty = tmp_path / "rulebook"
    empty.mkdir()
    with pytest.raises(RulebookError, match=r"problem\(s\) in the rulebook"):
        create_app(replace(settings, rulebook_path=empty), NoDesk())  # type: ignore[arg-type]
