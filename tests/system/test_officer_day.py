"""The day of an officer, and of those they work with, each in their own browser."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.browsing import (
    ask_and_get_the_card,
    find_in_queue,
    open_phone,
    pictures,
    press,
    press_keys,
    say,
    see_ticket,
    sign_in,
)
from tests.system.whole import Whole

pytestmark = [pytest.mark.system, pytest.mark.browser]
EMPLOYER = "焦作市宏达电子厂"
ODD = f"{EMPLOYER}只给购物卡，咋整的这是"
UNREADABLE = "咕噜咕噜哇"
ANSWER = "购物卡不能顶工资，我帮你问厂里。"
NOTE = "这个厂上月也有人问"
TAG = "已报市总"


def mark(officer: Page) -> None:
    """Flag it, tag it, write a note: for colleagues only."""
    press(officer, "标出来")
    officer.get_by_label("贴一个标签").fill(TAG)
    press(officer, "贴上")
    officer.get_by_label("记一笔").fill(NOTE)
    press(officer, "记下")
    for kept in (TAG, NOTE):
        expect(officer.locator("#tools").get_by_text(kept).first).to_be_visible()


def talk_live(officer: Page, worker: Page, whole: Whole, number: int) -> None:
    """Take over, say something, hand back; the worker hears of it without reloading."""
    officer.goto(f"{whole.url}/desk/tickets/{number}/live")
    expect(officer.locator("#speaks")).to_contain_text("还没有人接手")
    press_keys(officer, "Alt+A")
    expect(worker.locator("#speaker")).to_contain_text("在回你")
    expect(worker.locator("#speaker")).to_contain_text("工会干部")
    officer.get_by_label("写给职工").fill(ANSWER)
    pictures(officer, "officer-day-live")
    press(officer, "发送")
    expect(worker.get_by_text(ANSWER)).to_be_visible()
    expect(officer.get_by_role("button", name="交还机器人")).to_be_visible()
    press_keys(officer, "Alt+B")
    expect(worker.locator("#speaker")).to_have_text("机器人在回你")


def teach(officer: Page, whole: Whole, number: int) -> None:
    see_ticket(officer, whole, number)
    said = officer.locator(".transcript li", has_text="只给购物卡")
    said.get_by_role("link", name="教机器人").click()
    kept = officer.get_by_label("留下的句子")
    expect(kept).not_to_have_value(re.compile("宏达"))
    officer.get_by_label("其实是在问").select_option("wage_arrears")
    pictures(officer, "officer-day-teach")
    press(officer, "交给另一位看")


def test_from_the_queue_to_a_lesson_that_waits_for_the_next_training(
    browser: Browser, whole: Whole
) -> None:
    with open_phone(browser, whole) as worker, sign_in(browser, whole, "officer") as officer:
        for words in (ODD, UNREADABLE, UNREADABLE):
            say(worker, words)
            expect(worker.locator("#typing")).to_be_hidden()
            expect(worker.locator("#log .msg").last).not_to_have_class(re.compile("worker"))
        number = find_in_queue(officer, whole, "unclear")
        pictures(officer, "officer-day-queue")
        see_ticket(officer, whole, number)
        mark(officer)
        pictures(officer, "officer-day-case")
        talk_live(officer, worker, whole, number)
        expect(worker.get_by_text(NOTE)).to_have_count(0)

        teach(officer, whole, number)
        officer.goto(f"{whole.url}/desk/teaching")
        expect(officer.get_by_text("要另一位同事看")).to_be_visible()
        expect(officer.get_by_role("button", name="同意")).to_have_count(0)
        with sign_in(browser, whole, "editor") as editor:
            editor.goto(f"{whole.url}/desk/teaching")
            expect(editor.get_by_text("购物卡")).to_be_visible()
            expect(editor.get_by_text("宏达")).to_have_count(0)
            pictures(editor, "officer-day-approve")
            editor.get_by_role("button", name=re.compile("^同意")).click()
            editor.goto(f"{whole.url}/desk/teaching?tab=approved")
            expect(editor.get_by_text("下次训练就学")).to_be_visible()
            pictures(editor, "officer-day-approved")
            see_ticket(editor, whole, number)
            expect(editor.get_by_text(ANSWER)).to_have_count(0)


def test_what_did_not_help_is_found_again_by_its_words_and_looked_at(
    browser: Browser, whole: Whole
) -> None:
    with open_phone(browser, whole) as worker, sign_in(browser, whole, "officer") as officer:
        ask_and_get_the_card(worker)
        press(worker, "没解决")
        expect(worker.get_by_text("没解决，可以找人看")).to_be_visible()
        pictures(worker, "officer-day-rated")
        number = find_in_queue(officer, whole, "rated_down")
        officer.goto(f"{whole.url}/desk/search")
        officer.get_by_label("找什么").fill("一分钱没发")
        press(officer, "查找")
        expect(officer.locator(f"a[href*='/desk/tickets/{number}']").first).to_be_visible()
        pictures(officer, "officer-day-search")
        see_ticket(officer, whole, number)
        press(officer, "看过了")
        expect(officer.get_by_role("status").first).to_contain_text("看过了")


@pytest.mark.parametrize("page", ["early-warning", "reports", "recall", "canned", "links"])
def test_the_officers_other_pages_open(browser: Browser, whole: Whole, page: str) -> None:
    with sign_in(browser, whole, "officer") as officer:
        officer.goto(f"{whole.url}/desk/{page}")
        expect(officer.get_by_role("heading", level=1)).to_be_visible()
        pictures(officer, f"officer-day-{page}")
