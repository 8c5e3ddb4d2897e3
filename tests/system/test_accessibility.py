"""Every page, on a phone and on a desk: reachable, light, narrow enough, and its own."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.system.looking import PHONE, Look, look
from tests.system.site import Site
from tests.system.site_pages import VISITS, Visit, page_of, pages

pytestmark = [pytest.mark.system, pytest.mark.browser]
HEAVIEST = 150 * 1024  # bytes of a page with its scripts and styles
PICTURES = os.environ.get("GONGYOU_PICTURES")  # a folder to keep pictures in

type Looking = Callable[[Visit], Look]


@pytest.fixture(scope="module")
def seen(site: Site, browser: Browser) -> Looking:
    """Each page is opened once for all that is asked of it."""
    return cache(lambda visit: look(site, browser, visit, picture))


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"page-{name}.png", full_page=True)


every_page = pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)


def test_every_page_of_the_site_is_looked_at() -> None:
    assert pages() <= {page_of(visit.path) for visit in VISITS}


@every_page
def test_nothing_keeps_anybody_out(seen: Looking, visit: Visit) -> None:
    assert seen(visit).violations == []


@every_page
def test_a_page_fits_a_small_phone(seen: Looking, visit: Visit) -> None:
    assert seen(visit).widths[PHONE] <= PHONE


@every_page
def test_a_thumb_finds_what_there_is_to_press(seen: Looking, visit: Visit) -> None:
    assert seen(visit).small == []


@every_page
def test_a_page_is_light(seen: Looking, visit: Visit) -> None:
    assert 0 < seen(visit).bytes <= HEAVIEST


@every_page
def test_a_page_asks_nobody_else_and_breaks_nothing(seen: Looking, visit: Visit) -> None:
    assert seen(visit).foreign == []
    assert seen(visit).errors == []
