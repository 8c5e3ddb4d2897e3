"""The officers' tools in a real browser: the queue's keys, and a ready answer put into the box."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.browsing import press_keys
from tests.system.site import Site

pytestmark = [pytest.mark.system, pytest.mark.browser]
DESK = 1280


@pytest.fixture
def officer(site: Site, browser: Browser) -> Iterator[Page]:
    with site.open_context(browser, "zhao", DESK) as context:
        yield context.new_page()


@pytest.fixture
def queue(site: Site, officer: Page) -> Page:
    officer.goto(f"{site.url}/desk?tab=todo")
    return officer


def focused(page: Page) -> str:
    found = page.evaluate("document.activeElement.getAttribute('href') || ''")
    return str(found)


def line(page: Page, number: int) -> str:
    return page.locator("#queue a.topic").nth(number).get_attribute("href") or ""


def test_j_and_k_walk_the_lines_and_enter_opens_one(queue: Page) -> None:
    for key, wanted in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("ArrowDown", 2), ("ArrowUp", 1)):
        queue.keyboard.press(key)
        assert focused(queue) == line(queue, wanted), key
    target = line(queue, 1)
    press_keys(queue, "Enter", ":focus")
    queue.wait_for_url(re.compile(re.escape(target) + "$"))


def test_a_slash_leads_to_the_search_where_one_types_at_once(queue: Page) -> None:
    press_keys(queue, "/")
    queue.wait_for_url(re.compile("/desk/search$"))
    expect(queue.get_by_label("找什么")).to_be_focused()
    queue.keyboard.type("市总")
    press_keys(queue, "Enter", ":focus")
    expect(queue.locator("mark").first).to_have_text("市总")


def test_a_question_mark_shows_and_hides_the_keys(queue: Page) -> None:
    keys = queue.locator("#queue-keys")
    queue.keyboard.press("?")
    expect(keys).to_have_attribute("open", "")
    queue.keyboard.press("?")
    expect(keys).not_to_have_attribute("open", "")


def test_in_a_field_they_are_letters(queue: Page) -> None:
    queue.get_by_text("按地区、等候时间筛").click()
    queue.get_by_label("地区").click()
    queue.keyboard.type("jk/?")
    expect(queue.get_by_label("地区")).to_have_value("jk/?")


@pytest.mark.parametrize("held", ["Control", "Alt", "Meta"])
def test_with_a_held_key_they_are_the_browser_s(queue: Page, held: str) -> None:
    before = focused(queue)
    queue.evaluate("addEventListener('keydown', (e) => { window.taken = e.defaultPrevented; })")
    queue.evaluate(
        "held => document.dispatchEvent(new KeyboardEvent('keydown',"
        " { key: 'j', bubbles: true, cancelable: true, [`${held}Key`]: true }))",
        {"Control": "ctrl", "Alt": "alt", "Meta": "meta"}[held],
    )
    assert queue.evaluate("window.taken") is False and focused(queue) == before


def test_turned_off_they_do_nothing_until_turned_on_again(queue: Page) -> None:
    queue.get_by_text("快捷键", exact=True).click()
    queue.get_by_label("用这些快捷键").uncheck()
    queue.reload()
    queue.keyboard.press("j")
    assert focused(queue) == ""
    queue.get_by_text("快捷键", exact=True).click()
    queue.get_by_label("用这些快捷键").check()
    queue.locator("h1").click()
    queue.keyboard.press("j")
    assert focused(queue) == line(queue, 0)


def test_after_the_page_has_looked_again_the_line_is_where_it_was(queue: Page) -> None:
    for _ in range(3):
        queue.keyboard.press("j")
    here = focused(queue)
    queue.goto(queue.url + "&auto")
    assert focused(queue) == here


def test_a_ready_answer_goes_behind_what_is_written_and_is_not_sent(
    site: Site, officer: Page
) -> None:
    number = site.seeded.numbers["call, accepted"]
    officer.goto(f"{site.url}/desk/tickets/{number}/live")
    box = officer.get_by_label("写给职工")
    box.fill("王师傅：")
    officer.locator("#ready > summary").click()
    officer.get_by_role("link", name="用这一条：先留证据").click()
    expect(box).to_have_value(re.compile("^王师傅：\n先把工资条"))
    expect(box).to_be_focused()
    officer.reload()
    expect(box).to_have_value(re.compile("^王师傅：\n先把工资条"))
    assert officer.locator("#lines li.officer").count() == 0


def test_without_scripts_it_stands_in_the_box_as_well(site: Site, browser: Browser) -> None:
    number = site.seeded.numbers["call, accepted"]
    with site.open_context(browser, "zhao", DESK, javascript=False) as context:
        page = context.new_page()
        page.goto(f"{site.url}/desk/tickets/{number}")
        page.locator("#ready > summary").click()
        page.get_by_role("link", name="用这一条：先留证据").click()
        expect(page.get_by_label("答复职工")).to_have_value(re.compile("^先把工资条"))
        page.get_by_label("记一笔").fill("没有脚本也能记")
        page.get_by_role("button", name="记下").click()
        expect(page.locator(".notes")).to_contain_text("没有脚本也能记")
