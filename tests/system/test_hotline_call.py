"""A call to 12351 with the real assistant: asked, asked back, answered, handed over, looked up."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.browsing import (
    QUESTION,
    find_in_queue,
    open_phone,
    pictures,
    press,
    see_ticket,
    sign_in,
)
from tests.system.whole import Whole

pytestmark = [pytest.mark.system, pytest.mark.browser]
NUMBER = "13912345678"
WRITTEN = "我要打回去给你"


def start(page: Page, question: str) -> None:
    page.get_by_label("对方问什么").fill(question)
    press(page, "问机器人")


def test_a_caller_is_answered_aloud_and_reads_the_officers_reply_at_home(
    whole: Whole, browser: Browser
) -> None:
    with sign_in(browser, whole, "hotline") as clerk:
        start(clerk, QUESTION)
        pictures(clerk, "hotline-question")
        expect(clerk.locator("#now")).to_contain_text("为什么问")
        press(clerk, "没干")
        press(clerk, "1号到月底")
        expect(clerk.locator(".conclusion")).to_contain_text("6,720 到 7,196 元")
        expect(clerk.locator("#now")).to_contain_text("劳部发〔1994〕489号")
        pictures(clerk, "hotline-answer")
        clerk.get_by_role("link", name="转人工").click()
        clerk.get_by_label("回电号码").fill(NUMBER)
        clerk.get_by_label("念过了，对方说同意").check()
        press(clerk, "转给工会干部")
        receipt = clerk.locator(".receipt .code").inner_text()
        assert re.fullmatch(r"\d{4} \d{4} \d{4} \d{4}", receipt)
        with sign_in(browser, whole, "officer") as officer:
            see_ticket(officer, whole, find_in_queue(officer, whole, "asked"))
            press(officer, "接手")
            expect(officer.get_by_text("12351 热线来的")).to_be_visible()
            expect(officer.get_by_text(NUMBER)).to_be_visible()
            officer.get_by_label("答复职工").fill(WRITTEN)
            press(officer, "发给职工")
        expect(clerk.locator("#now")).to_contain_text(WRITTEN)
        with open_phone(browser, whole, "/receipt") as phone:
            phone.get_by_label("回执码").fill(receipt)
            phone.get_by_role("button", name="接着看").click()
            expect(phone.locator("#log")).to_contain_text(WRITTEN)
        press(clerk, "结束通话，清屏")
        expect(clerk.get_by_text(QUESTION)).to_have_count(0)


def test_the_sheet_for_a_lawyer_is_filled_from_what_was_said(
    whole: Whole, browser: Browser
) -> None:
    with sign_in(browser, whole, "hotline") as clerk:
        start(clerk, QUESTION)
        expect(clerk.locator("#now")).to_contain_text("为什么问")
        press(clerk, "找律师")
        expect(clerk.get_by_label("月工资")).to_have_value("4000")
        pictures(clerk, "hotline-sheet")
        clerk.get_by_label("念过了，对方说同意").check()
        press(clerk, "交给律师")
        expect(clerk.locator(".receipt .code")).to_be_visible()


def test_words_of_danger_put_the_numbers_first(whole: Whole, browser: Browser) -> None:
    with sign_in(browser, whole, "hotline") as clerk:
        start(clerk, "老板不给钱，我不想活了")
        expect(clerk.locator(".crisis")).to_contain_text("12356")
        expect(clerk.locator(".crisis")).to_contain_text("110")
