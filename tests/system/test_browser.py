"""The conversation of the main job, as worker and lawyer see it, in a real browser."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.system.whole import Whole

pytestmark = [pytest.mark.system, pytest.mark.browser]

QUESTION = "厂里9月1号停工到现在，一分钱没发，我在焦作，一个月4000"
ANSWER = "可以要。先把停工通知留好，明天我帮你写一份催告函。"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
PATIENCE = 30_000  # milliseconds
expect.set_options(timeout=PATIENCE)
PICTURES = os.environ.get("GONGYOU_PICTURES")  # a folder to keep pictures in


def picture(page: Page, name: str, *, whole_page: bool = False) -> None:
    if PICTURES:
        page.bring_to_front()
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=whole_page)


@pytest.fixture
def worker(browser: Browser, whole: Whole) -> Iterator[Page]:
    with browser.new_context(viewport=PHONE, locale="zh-CN") as context:
        yield open_page(context, whole.url)


def open_page(context: BrowserContext, url: str, path: str = "/") -> Page:
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    foreign: list[str] = []
    page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith(url) else None)
    page.goto(url + path)
    assert not foreign, "a third-party request"
    return page


def say(page: Page, text: str) -> None:
    page.get_by_label("写下你的事").fill(text)
    page.get_by_role("button", name="发送").click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def ask_and_get_the_card(page: Page) -> None:
    say(page, QUESTION)
    press(page, "没干")
    press(page, "1号到月底")
    expect(page.locator(".card .conclusion")).to_contain_text("6,720 到 7,196 元")


def open_ticket(page: Page) -> str:
    ask_and_get_the_card(page)
    press(page, "找律师")
    sheet = page.locator("form.sheet")
    expect(sheet).to_contain_text("停工", timeout=PATIENCE)
    sheet.get_by_label("想对律师说的话").fill("厂长让我们签自愿离职，能签吗")
    sheet.get_by_role("checkbox").check()
    picture(page, "worker-sheet-360", whole_page=True)
    sheet.get_by_role("button", name="交给律师").click()
    code = page.locator(".ticket .code")
    expect(code).to_have_text(re.compile(r"\d{4} \d{4} \d{4} \d{4}"), timeout=PATIENCE)
    return code.inner_text()


def sign_in(browser: Browser, whole: Whole, login: str = "lawyer") -> Page:
    page = open_page(browser.new_context(viewport=DESKTOP, locale="zh-CN"), whole.url, "/desk")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(whole.environment[f"DEMO_{login.upper()}_PASSWORD"])
    page.get_by_role("button", name="登录").click()
    return page


def test_the_worker_asks_and_the_card_answers_with_sums_basis_and_next_steps(worker: Page) -> None:
    ask_and_get_the_card(worker)
    card = worker.locator(".card").last
    expect(card).to_contain_text("1,880")
    expect(card).to_contain_text("劳部发〔1994〕489号")
    expect(card.get_by_role("heading", name="你可以这样做")).to_be_visible()
    for name in ("换个情况再算", "看依据", "找律师", "转人工"):
        expect(worker.get_by_role("button", name=name, exact=True).last).to_be_visible()
    picture(worker, "worker-360")
    picture(worker, "worker-360-whole", whole_page=True)
    worker.set_viewport_size(DESKTOP)
    picture(worker, "worker-1280")


def test_nothing_is_wider_than_a_small_phone(worker: Page) -> None:
    ask_and_get_the_card(worker)
    width = worker.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


def test_a_lawyer_takes_the_ticket_and_the_answer_comes_back_into_the_chat_and_elsewhere(
    worker: Page, browser: Browser, whole: Whole
) -> None:
    receipt = open_ticket(worker)
    picture(worker, "worker-receipt-360")

    lawyer = sign_in(browser, whole)
    picture(lawyer, "desk-list-1280")
    lawyer.get_by_role("link", name="停工").first.click()
    expect(lawyer.get_by_text(QUESTION)).to_be_visible()
    lawyer.get_by_role("button", name="接手").click()
    expect(lawyer.get_by_text("厂长让我们签自愿离职，能签吗")).to_be_visible()
    picture(lawyer, "desk-1280")
    lawyer.get_by_label("答复职工").fill(ANSWER)
    lawyer.get_by_role("button", name="发给职工").click()
    expect(lawyer.get_by_text(ANSWER)).to_be_visible()
    lawyer.set_viewport_size(PHONE)
    picture(lawyer, "desk-360", whole_page=True)
    assert lawyer.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    expect(worker.get_by_text(ANSWER)).to_be_visible(timeout=PATIENCE)
    picture(worker, "worker-answered-360")

    elsewhere = open_page(browser.new_context(viewport=PHONE), whole.url, "/receipt")
    elsewhere.get_by_label("回执码").fill(receipt)
    elsewhere.get_by_role("button", name="接着看").click()
    expect(elsewhere.get_by_text(ANSWER)).to_be_visible(timeout=PATIENCE)
    picture(elsewhere, "worker-elsewhere-360")


def test_too_long_a_text_is_said_before_it_is_sent(worker: Page) -> None:
    worker.get_by_label("写下你的事").fill("停工" * 1001)
    expect(worker.locator("#over")).to_contain_text("超了 2 个字")
    expect(worker.get_by_role("button", name="发送")).to_be_disabled()


def test_quick_exit_leaves_no_way_back_to_the_chat(worker: Page, whole: Whole) -> None:
    ask_and_get_the_card(worker)
    worker.route(
        "**/*", lambda route: route.continue_() if whole.url in route.request.url else route.abort()
    )
    worker.get_by_role("button", name="快速离开").click()
    worker.wait_for_timeout(500)
    worker.goto(whole.url)
    expect(worker.locator(".card")).to_have_count(0)
