"""On a phone: an answer is rated with one tap, and who was told something wrong is asked back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.looking import PHONE
from tests.system.site import Site

pytestmark = [pytest.mark.system, pytest.mark.browser]
FINGER = 44  # pixels


@pytest.fixture
def answered(site: Site, browser: Browser) -> Iterator[Page]:
    with site.open_context(browser, "answered", PHONE) as context:
        page = context.new_page()
        page.goto(site.url)
        page.locator("#log[aria-busy=false]").wait_for()
        yield page


def test_rated_down_with_a_word_and_a_person_offered_at_once(answered: Page) -> None:
    taps = answered.locator(".rate [data-verdict]")
    expect(taps).to_have_count(2)  # of two answers only the newest asks
    for box in (tap.bounding_box() for tap in taps.all()):
        assert box is not None
        assert min(box["width"], box["height"]) >= FINGER
    answered.get_by_role("button", name="没解决").click()
    expect(answered.get_by_text("没解决，可以找人看。")).to_be_visible()
    answered.get_by_label("想补一句，可以不写").fill("钱数不对")
    answered.get_by_role("button", name="交", exact=True).click()
    expect(answered.locator(".rate .said")).to_have_text("收到，谢谢你告诉我们")
    answered.reload()
    expect(answered.locator(".rate .said")).to_have_text("你说：没解决")
    expect(answered.locator(".rate .taps:visible")).to_have_count(0)
    answered.get_by_role("button", name="转人工").click()
    expect(answered.get_by_text("回执码", exact=True)).to_be_visible()


def test_who_was_told_the_old_answer_is_asked_back_once(site: Site, browser: Browser) -> None:
    with site.open_context(browser, "told1", PHONE) as context:
        page = context.new_page()
        for _ in range(2):
            page.goto(site.url)
            page.locator("#log[aria-busy=false]").wait_for()
            offer = page.get_by_text("规定更正了，要不要再算一次")
            expect(offer).to_have_count(1)
        expect(page.get_by_role("button", name="再算一次")).to_be_visible()
