"""What every page keeps to: headers, size, no other site, words instead of stack traces."""

import re
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from gongyou.settings import Settings
from gongyou.web import routes
from gongyou.web.app import create_app
from gongyou.web.security import POLICY
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser, WorkerBrowser

PAGES = [
    "/",
    "/receipt",
    "/cases",
    "/documents",
    "/documents/evidence_list",
    "/desk/login",
    "/nowhere",
    "/api/messages",
    "/static/chat.js",
    "/healthz",
]
STATIC = routes.STATIC
OUTSIDE = re.compile(r"https?://(?!www\.baidu\.com/)")


@pytest.mark.parametrize("path", PAGES)
async def test_every_answer_carries_the_security_headers(worker: WorkerBrowser, path: str) -> None:
    headers = (await worker.client.get(path)).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Permissions-Policy" in headers and "Server" not in headers
    assert headers["Cache-Control"] == ("no-cache" if path.startswith("/static/") else "no-store")


def test_the_policy_allows_our_own_files_and_nothing_else() -> None:
    assert POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


async def test_with_tls_every_cookie_is_secure(
    web_settings: Settings, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    app = create_app(replace(web_settings, secure_cookies=True), desk)
    async with TestClient(TestServer(app)) as client:
        sent = await WorkerBrowser(client).post("你好")
        form = await client.get("/receipt")
    assert "Secure" in sent.headers["Set-Cookie"]
    assert "Secure" in form.headers["Set-Cookie"]


def loaded_by(html: str) -> set[Path]:
    """The files a page names, and the scripts those import in turn."""
    wanted = [STATIC / name for name in re.findall(r'"/static/([\w.]+)"', html)]
    found: set[Path] = set()
    while wanted:
        found.add(path := wanted.pop())
        imported = re.findall(r'from "\./([\w.]+)"', path.read_text(encoding="utf-8"))
        wanted += [STATIC / name for name in imported if STATIC / name not in found]
    return found


async def test_the_worker_page_and_all_it_loads_is_under_40_kilobytes(
    worker: WorkerBrowser,
) -> None:
    page = await (await worker.client.get("/")).read()
    assert len(page) + sum(path.stat().st_size for path in loaded_by(page.decode())) < 40_000


def own_files() -> list[Path]:
    templates = routes.STATIC.parent / "templates"
    return [*STATIC.iterdir(), *templates.rglob("*.html")]


@pytest.mark.parametrize("path", own_files(), ids=lambda path: path.name)
def test_no_page_loads_anything_from_another_site(path: Path) -> None:
    assert not OUTSIDE.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", own_files(), ids=lambda path: path.name)
def test_no_page_has_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script>|<style|\sstyle=|\son\w+=|innerHTML|document\.write", text)


async def test_without_javascript_the_worker_page_gives_the_hotlines(worker: WorkerBrowser) -> None:
    page = await (await worker.client.get("/")).text()
    noscript = page.split("<noscript>")[1].split("</noscript>")[0]
    assert re.findall(r"tel:(\d+)", noscript) == ["12351", "12333", "12348"]


async def test_a_page_that_is_not_there_says_so_in_chinese(worker: WorkerBrowser) -> None:
    response = await worker.client.get("/nowhere?q=1")
    assert response.status == 404
    assert "没有这个页面。" in await response.text()


async def test_a_wrong_method_says_so_in_chinese(worker: WorkerBrowser) -> None:
    response = await worker.client.delete("/api/messages")
    assert response.status == 405
    assert await response.json() == {"error": "这个地址不能这样用。"}


async def test_a_bug_is_shown_as_words_never_as_a_stack_trace(
    worker: WorkerBrowser, gateway: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> web.Response:
        raise RuntimeError("secret of the worker")

    monkeypatch.setattr("gongyou.web.worker.chat.pages._look", broken)
    response = await worker.client.get("/")
    text = await response.text()
    assert response.status == 500
    assert "Traceback" not in text and "secret" not in text and "12351" in text


async def test_the_gateway_says_that_it_is_healthy(worker: WorkerBrowser) -> None:
    assert await (await worker.client.get("/healthz")).json() == {"status": "ok"}


async def test_a_forged_cookie_opens_nothing(staff: StaffBrowser) -> None:
    headers = {"Cookie": "gongyou_chat=x; gongyou_desk=y"}
    assert (await (await staff.client.get("/api/messages", headers=headers)).json())[
        "mode"
    ] == "none"
    response = await staff.client.get("/desk", headers=headers, allow_redirects=False)
    assert response.status == 303
