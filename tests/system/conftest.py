"""One running assistant for all system tests that do not break it; and a real browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.system.site import Site, open_site
from tests.system.whole import Phone, Whole, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
REQUIRED = os.environ.get("GONGYOU_REQUIRE_BROWSER") == "1"
MISSING = "NO BROWSER: the browser tests did not run. Install Chromium (apt install chromium)."
# The network is closed where these tests run; without these flags Chromium asks for hosts.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",  # containers give it 64 MB, too little for a picture
]


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    root: Path = tmp_path_factory.mktemp("assistant")
    with running(root) as started:
        yield started


@pytest.fixture
def phone(whole: Whole) -> Phone:
    return Phone(whole)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The gateway alone, over a desk with everything on it."""
    with open_site(tmp_path_factory.mktemp("site")) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if REQUIRED:
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly at the end that the browser tests are missing."""
    if CHROMIUM is None:
        terminalreporter.section("BROWSER TESTS", sep="!", red=True)
        terminalreporter.line(MISSING)
