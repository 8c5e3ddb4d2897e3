"""The rules' pages in a real browser, with JavaScript off, and from there to the bot."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.browsing import DESKTOP, PHONE, open_page, picture
from tests.system.whole import Whole

pytestmark = [pytest.mark.system, pytest.mark.browser]

PAGES = {
    "rules-list": "/rules",
    "rules-search": "/rules?q=生活费&region=焦作",
    "rules-errors": "/rules?region=鼓楼区&on=2026-13-01",
    "rules-rule": "/rules/HA-WS-005",
    "rules-ask": "/rules/ask/wage_shutdown",
    "rules-legal-aid": "/rules/ask/legal_aid",
}
LEAST_TOUCH = 44  # pixels
TOUCHED = "button, input:not([type=hidden]), select, summary, .title[href], .button, nav a"
SMALL = f"""() => [...document.querySelectorAll("{TOUCHED}")].filter((e) => e.checkVisibility()
  && e.getBoundingClientRect().height < {LEAST_TOUCH}).map((e) => e.outerHTML)"""


@pytest.fixture
def visitor(browser: Browser, whole: Whole) -> Iterator[Page]:
    with browser.new_context(viewport=PHONE, locale="zh-CN", java_script_enabled=False) as context:
        yield open_page(context, whole.url, "/rules")


def go_on(page: Page, answer: str) -> None:
    page.locator("#answer").fill(answer)
    page.get_by_role("button", name="继续").click()


def choose(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_small_phone_and_a_thumb(visitor: Page, whole: Whole, name: str) -> None:
    visitor.goto(whole.url + PAGES[name])
    assert visitor.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert visitor.evaluate(SMALL) == []
    picture(visitor, f"{name}-360", whole_page=True)
    visitor.set_viewport_size(DESKTOP)
    picture(visitor, f"{name}-1280", whole_page=True)


def test_without_javascript_a_visitor_finds_a_rule_and_computes(visitor: Page) -> None:
    visitor.get_by_label("找什么").fill("生活费")
    visitor.get_by_label("在哪里上班").fill("郑州")
    visitor.get_by_role("button", name="查").click()
    visitor.get_by_role("link", name="郑州：停工第二个周期以后没活干").click()
    visitor.get_by_role("link", name="算一算").click()
    go_on(visitor, "鼓楼区")
    expect(visitor.get_by_role("alert")).to_contain_text("不止一个")
    picture(visitor, "rules-ask-namesakes-360", whole_page=True)
    go_on(visitor, "河南郑州")
    go_on(visitor, "2026-09-01")
    go_on(visitor, "四千")
    expect(visitor.get_by_role("alert")).to_contain_text("「月工资」要写")
    picture(visitor, "rules-ask-wrong-360", whole_page=True)
    go_on(visitor, "4000")
    choose(visitor, "没干")
    picture(visitor, "rules-ask-choices-360", whole_page=True)
    choose(visitor, "1号到月底")
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("元")
    picture(visitor, "rules-answer-360", whole_page=True)
    choose(visitor, "改：上班的地方")
    go_on(visitor, "深圳")
    expect(visitor.get_by_text("刚才算的")).to_be_visible()
    assert visitor.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    visitor.set_viewport_size(DESKTOP)
    picture(visitor, "rules-answer-1280", whole_page=True)


def test_enter_in_a_field_answers_with_what_was_typed(visitor: Page, whole: Whole) -> None:
    visitor.goto(f"{whole.url}/rules/ask/wage_shutdown")
    visitor.locator("#answer").fill("焦作")
    visitor.locator("#answer").press("Enter")
    expect(visitor.get_by_text("河南省焦作市")).to_be_visible()


def test_from_the_rules_the_bot_begins_with_the_topic(browser: Browser, whole: Whole) -> None:
    with browser.new_context(viewport=PHONE, locale="zh-CN") as context:
        page = open_page(context, whole.url, "/rules/CN-WS-001")
        page.get_by_role("link", name="问机器人").last.click()
        expect(page.get_by_role("heading", name="想问：停工停产的工资？")).to_be_visible()
        picture(page, "rules-about-360")
        page.get_by_role("button", name="对，就问这个").click()
        expect(page.locator(".msg.worker")).to_contain_text("想问：停工停产的工资")
        expect(page.locator(".msg.bot").last).to_contain_text("你在哪个省")
        expect(page.locator("#about")).to_have_count(0)
        assert page.url == f"{whole.url}/"
        picture(page, "rules-asked-360")


def test_in_the_middle_of_a_talk_the_topic_switches(browser: Browser, whole: Whole) -> None:
    with browser.new_context(viewport=PHONE, locale="zh-CN") as context:
        page = open_page(context, whole.url, "/?about=wage_shutdown")
        page.get_by_role("button", name="对，就问这个").click()
        expect(page.locator(".msg.bot").last).to_contain_text("你在哪个省")
        page.goto(f"{whole.url}/?about=wage_arrears")
        page.get_by_role("button", name="对，就问这个").click()
        expect(page.locator(".msg.bot").last).to_contain_text("欠了你几个月工资")
