"""The conversation of the main job, as worker and lawyer see it, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.browsing import (
    DESKTOP,
    PHONE,
    QUESTION,
    WORDS,
    ask_and_get_the_card,
    asked_about,
    open_page,
    open_phone,
    open_ticket,
    picture,
    press,
    receipt_on,
    sign_in,
)
from tests.system.whole import Whole

pytestmark = [pytest.mark.system, pytest.mark.browser]
ANSWER = "可以要。先把停工通知留好，明天我帮你写一份催告函。"


@pytest.fixture
def worker(browser: Browser, whole: Whole) -> Iterator[Page]:
    with open_phone(browser, whole) as page:
        yield page


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
    number = open_ticket(worker)
    receipt = receipt_on(worker)
    picture(worker, "worker-receipt-360")

    with sign_in(browser, whole, asked_about(whole, number)) as lawyer:
        picture(lawyer, "desk-list-1280")
        lawyer.locator(f"a[href='/desk/tickets/{number}']").click()
        expect(lawyer.get_by_text(QUESTION)).to_have_count(0)
        press(lawyer, "接手")
        expect(lawyer.get_by_text(QUESTION)).to_be_visible()
        expect(lawyer.get_by_text(WORDS)).to_be_visible()
        picture(lawyer, "desk-1280", whole_page=True)
        lawyer.get_by_label("答复职工").fill(ANSWER)
        press(lawyer, "发给职工")
        expect(lawyer.get_by_text(ANSWER)).to_be_visible()
        lawyer.set_viewport_size(PHONE)
        picture(lawyer, "desk-360", whole_page=True)
        assert lawyer.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    expect(worker.get_by_text(ANSWER)).to_be_visible()
    picture(worker, "worker-answered-360")

    with browser.new_context(viewport=PHONE, locale="zh-CN") as context:
        elsewhere = open_page(context, whole.url, "/receipt")
        elsewhere.get_by_label("回执码").fill(receipt)
        elsewhere.get_by_role("button", name="接着看").click()
        expect(elsewhere.get_by_text(ANSWER)).to_be_visible()
        picture(elsewhere, "worker-elsewhere-360")


def test_too_long_a_text_is_said_before_it_is_sent(worker: Page) -> None:
    worker.get_by_role("textbox", name="写下你的事").fill("停工" * 1001)
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
