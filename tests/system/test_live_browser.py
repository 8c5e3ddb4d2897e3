"""A conversation as it happens, in two real browsers at once, with nothing reloaded."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.browsing import PHONE, pictures, press, press_keys, say
from tests.system.site import Site

pytestmark = [pytest.mark.system, pytest.mark.browser]


@pytest.fixture
def worker(browser: Browser, site: Site) -> Iterator[Page]:
    """A worker who called for a person; the bot is dead."""
    with site.open_context(browser, "nobody", PHONE["width"]) as context:
        page = context.new_page()
        page.goto(site.url)
        say(page, "厂里停工三个月了，找人说说")
        press(page, "转人工")
        page.locator(".ticket .code").wait_for()
        yield page


@pytest.fixture
def number(worker: Page) -> int:
    """The ticket's number."""
    address = worker.locator(".ticket .see").get_attribute("href") or ""
    return int(address.rpartition("/")[2])


@pytest.fixture
def officer(browser: Browser, site: Site, number: int) -> Iterator[Page]:
    """赵干部's live page of the ticket, before it is taken."""
    with site.open_context(browser, "zhao", 1280) as context:
        page = context.new_page()
        page.goto(f"{site.url}/desk/tickets/{number}/live")
        yield page


@pytest.fixture
def console(officer: Page) -> Page:
    """And after."""
    expect(officer.locator("#speaks")).to_contain_text("还没有人接手")
    press_keys(officer, "Alt+A")
    expect(officer.locator("#speaks")).to_contain_text("你在回这位职工")
    return officer


def write(officer: Page, text: str) -> None:
    officer.get_by_label("写给职工").fill(text)
    officer.keyboard.press("Control+Enter")


def test_an_officer_takes_over_talks_and_hands_back_by_keyboard(
    worker: Page, console: Page
) -> None:
    expect(worker.locator("#speaker")).to_have_text("工会干部 赵干部在回你")
    console.get_by_label("写给职工").press_sequentially("你好")
    expect(worker.locator("#person-typing")).to_have_text("工会干部 赵干部正在写……")
    pictures(worker, "live-worker-typing")
    write(console, "你好，我是工会的。停工通知有没有？")
    expect(worker.get_by_text("停工通知有没有")).to_be_visible()
    expect(worker.locator("#person-typing")).to_be_hidden()
    worker.bring_to_front()
    expect(console.locator(".reached").last).to_have_text("已读")

    worker.get_by_role("textbox", name="写下你的事").press_sequentially("有")
    expect(console.locator("#typing")).to_be_visible()
    say(worker, "有，群里发的")
    expect(console.get_by_text("有，群里发的")).to_be_visible()
    expect(console.locator("#typing")).to_be_hidden()
    console.bring_to_front()
    answer = worker.locator(".msg.worker", has_text="群里发的")
    expect(answer.locator(".reached")).to_have_text("已读")
    pictures(console, "live-desk")
    pictures(worker, "live-worker")

    press_keys(console, "Alt+B")
    expect(worker.get_by_text("接下来由机器人回你")).to_be_visible()
    expect(worker.locator("#speaker")).to_have_text("机器人在回你")
    expect(console.locator("#speaks")).to_contain_text("现在由机器人回职工")
    pictures(console, "live-desk-handed-back")
    press_keys(console, "Alt+I")
    expect(worker.get_by_text("赵干部接着回你")).to_be_visible()
    expect(worker.locator("#speaker")).to_have_text("工会干部 赵干部在回你")


def test_a_connection_that_drops_mid_sentence_loses_and_doubles_nothing(
    worker: Page, console: Page
) -> None:
    console.get_by_label("写给职工").fill("说到一半")
    console.reload()
    expect(console.get_by_label("写给职工")).to_have_value("说到一半")
    console.context.set_offline(True)
    write(console, "断网的时候写的")
    expect(console.locator(".pending .reached")).to_have_text("还没发出去，连上就发")
    pictures(console, "live-desk-offline")
    say(worker, "你还在吗")
    console.context.set_offline(False)
    expect(worker.get_by_text("断网的时候写的")).to_have_count(1)
    expect(console.get_by_text("你还在吗")).to_have_count(1)
    expect(console.locator(".pending")).to_have_count(0)
    expect(console.locator("#offline")).to_be_hidden()
    expect(console.get_by_text("断网的时候写的")).to_have_count(1)


def test_where_a_proxy_breaks_streams_the_long_poll_goes_on(worker: Page, console: Page) -> None:
    for page, streams in ((worker, "**/api/live?*"), (console, "**/live/events?*")):
        page.route(streams, lambda route: route.fulfill(status=502, body="no streams here"))
        page.reload()
    write(console, "听得到吗")
    expect(worker.get_by_text("听得到吗")).to_be_visible()
    say(worker, "听得到")
    expect(console.get_by_text("听得到", exact=True)).to_be_visible()


def test_taken_in_one_window_another_window_of_the_same_officer_goes_on(
    worker: Page, officer: Page, browser: Browser, site: Site
) -> None:
    with site.open_context(browser, "zhao", 1280) as context:
        second = context.new_page()
        second.goto(officer.url)
        expect(second.get_by_role("button", name="接手")).to_be_visible()
        press(officer, "接手")
        expect(second.locator("#speaks")).to_contain_text("你在回这位职工")


def test_the_page_fits_a_small_phone(console: Page) -> None:
    write(console, "长" * 300)
    console.set_viewport_size(PHONE)
    assert console.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(console.locator("kbd").first).to_have_text(re.compile("Ctrl"))


def test_signed_out_elsewhere_the_page_says_so_and_keeps_the_words(
    console: Page, site: Site
) -> None:
    """The last test: the seeded sign-in ends with it."""
    console.get_by_label("写给职工").fill("还没写完")
    other = console.context.new_page()
    other.goto(f"{site.url}/desk/me")
    press(other, "退出")
    expect(console.locator("#over")).to_contain_text("登录过期")
    expect(console.locator("#lines li")).to_have_count(0)
    expect(console.get_by_label("写给职工")).to_have_value("还没写完")
    pictures(console, "live-desk-signed-out")
