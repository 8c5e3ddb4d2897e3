"""What worker, lawyer and officer do in a real browser, with pictures for those who look."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, ViewportSize, expect

from gongyou.desk.people.accounts import get_person
from gongyou.desk.routing.transferring import fetch_pending
from tests.system.whole import Whole

QUESTION = "厂里9月1号停工到现在，一分钱没发，我在焦作，一个月4000"
WORDS = "厂长让我们签自愿离职，能签吗"
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PATIENCE = 30_000  # milliseconds
expect.set_options(timeout=PATIENCE)
PICTURES = os.environ.get("GONGYOU_PICTURES")  # a folder to keep pictures in


def picture(page: Page, name: str, *, whole_page: bool = False) -> None:
    if PICTURES:
        page.bring_to_front()
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=whole_page)


def pictures(page: Page, name: str) -> None:
    """The whole page on a phone and on a desk; the page stays as wide as it was."""
    if PICTURES:
        before = page.viewport_size
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            picture(page, f"{name}-{size['width']}", whole_page=True)
        page.set_viewport_size(before or DESKTOP)


def open_page(context: BrowserContext, url: str, path: str = "/") -> Page:
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    foreign: list[str] = []
    page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith(url) else None)
    page.goto(url + path)
    assert not foreign, "a third-party request"
    return page


@contextmanager
def open_phone(browser: Browser, whole: Whole, path: str = "/") -> Iterator[Page]:
    """A worker's own phone."""
    with browser.new_context(viewport=PHONE, locale="zh-CN") as context:
        yield open_page(context, whole.url, path)


@contextmanager
def sign_in(browser: Browser, whole: Whole, login: str) -> Iterator[Page]:
    """A desk's browser, signed in."""
    with browser.new_context(viewport=DESKTOP, locale="zh-CN", accept_downloads=True) as context:
        page = open_page(context, whole.url, "/desk")
        page.get_by_label("登录名").fill(login)
        page.get_by_label("密码").fill(whole.environment[f"DEMO_{login.upper()}_PASSWORD"])
        press(page, "登录")
        page.wait_for_url(re.compile(r"/desk(?!/login)"))
        yield page


def say(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="写下你的事").fill(text)
    page.get_by_role("button", name="发送").click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def press_keys(page: Page, keys: str, on: str = "body") -> None:
    """Keys that lead to another page: Chromium then may never tell that it took them, and
    `keyboard.press` waits for that without end. What they do is for the test to see."""
    with suppress(TimeoutError):
        page.locator(on).press(keys, timeout=3_000)


def ask_and_get_the_card(page: Page) -> None:
    say(page, QUESTION)
    press(page, "没干")
    press(page, "1号到月底")
    expect(page.locator(".card .conclusion")).to_contain_text("6,720 到 7,196 元")


def open_ticket(page: Page, employer: str = "", contact: str = "") -> int:
    """Ask, fill in the sheet and hand it to a lawyer; gives the case's number."""
    ask_and_get_the_card(page)
    press(page, "找律师")
    sheet = page.locator("form.sheet")
    expect(sheet).to_contain_text("停工")
    sheet.get_by_label("单位名称").fill(employer)
    sheet.get_by_label("联系方式").fill(contact)
    sheet.get_by_label("想对律师说的话").fill(WORDS)
    sheet.get_by_role("checkbox", name="我同意").check()
    picture(page, "worker-sheet-360", whole_page=True)
    press(page, "交给律师")
    expect(page.locator(".ticket .code")).to_have_text(re.compile(r"\d{4} \d{4} \d{4} \d{4}"))
    address = page.locator("form.sheet .see").get_attribute("href") or ""
    return int(address.rpartition("/")[2])


def find_in_queue(officer: Page, whole: Whole, cause: str) -> int:
    """The number of the newest conversation that waits for this cause."""
    officer.goto(f"{whole.url}/desk?tab=todo&cause={cause}&order=newest")
    links = officer.locator("main a[href^='/desk/tickets/']")
    expect(links.first).to_be_visible()
    numbers = [str(link.get_attribute("href")) for link in links.all()]
    return max(int(found[1]) for one in numbers if (found := re.search(r"/(\d+)", one)))


def receipt_on(page: Page) -> str:
    return page.locator(".ticket .code").inner_text()


def asked_about(whole: Whole, number: int) -> str:
    """The login of the lawyer to whom the case is offered now."""
    with whole.desk() as desk, desk.reading() as session:
        offer = fetch_pending(session, [number])[number]
        return get_person(session, offer.person_id).login


def see_case(page: Page, whole: Whole, number: int) -> None:
    """The worker's own page of a case."""
    page.goto(f"{whole.url}/cases/{number}")


def see_ticket(page: Page, whole: Whole, number: int) -> None:
    """The desk's page of a case."""
    page.goto(f"{whole.url}/desk/tickets/{number}")
