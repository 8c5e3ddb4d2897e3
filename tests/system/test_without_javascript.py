"""A worker's cases, the documents and the desk need no scripts: old phones, strict browsers."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.fixtures import PASSWORD
from tests.system.browsing import press
from tests.system.looking import PHONE
from tests.system.site import Site

pytestmark = [pytest.mark.system, pytest.mark.browser]

type Open = Callable[[str, str], Page]


@pytest.fixture
def open_as(site: Site, browser: Browser) -> Iterator[Open]:
    """A page without JavaScript, by who opens it and its path."""
    contexts = []

    def open_one(who: str, path: str) -> Page:
        contexts.append(site.open_context(browser, who, PHONE, javascript=False))
        page = contexts[-1].new_page()
        page.goto(site.url + path)
        return page

    yield open_one
    for context in contexts:
        context.close()


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (300, 200), "#aabbcc").save(content, "PNG")
    return content.getvalue()


def test_a_worker_adds_a_picture_takes_it_back_and_withdraws(site: Site, open_as: Open) -> None:
    page = open_as("worker", "/cases")
    page.locator(f"a[href='/cases/{site.seeded.numbers['waiting']}']").click()
    page.locator("#file").set_input_files(
        {"name": "考勤.png", "mimeType": "image/png", "buffer": picture()}
    )
    press(page, "传上去")
    expect(page.get_by_text("传好了。")).to_be_visible()
    page.get_by_role("button", name="删掉 考勤.png").click()
    expect(page.get_by_text("删掉了。")).to_be_visible()
    page.get_by_role("link", name="撤回这件事").click()
    press(page, "确定撤回")
    expect(page.locator(".now b")).to_have_text("你撤回了")


def test_a_document_is_filled_in_looked_at_gone_back_to_and_taken(open_as: Open) -> None:
    page = open_as("nobody", "/documents")
    page.get_by_role("link", name="支付工资催告函").click()
    page.get_by_label("你的姓名").fill("张翠花")
    page.get_by_label("单位全称").fill("焦作市宏达电子厂")
    press(page, "先看样子")
    expect(page.get_by_role("region")).to_contain_text("焦作市宏达电子厂")
    press(page, "回去改")
    expect(page.get_by_label("你的姓名")).to_have_value("张翠花")
    press(page, "先看样子")
    with page.expect_download() as loading:
        press(page, "下载 Word 文件")
    made = docx.Document(str(Path(loading.value.path())))
    assert "焦作市宏达电子厂" in "\n".join(one.text for one in made.paragraphs)


def test_a_lawyer_signs_in_takes_a_case_answers_and_closes_it(site: Site, open_as: Open) -> None:
    page = open_as("nobody", "/desk/login")
    page.get_by_label("登录名").fill("li")
    page.get_by_label("密码").fill(PASSWORD)
    press(page, "登录")
    page.locator(f"a[href='/desk/tickets/{site.seeded.numbers['offered']}']").click()
    press(page, "没有，接手")
    page.get_by_label("答复职工").fill("可以要。")
    press(page, "发给职工")
    expect(page.locator(".transcript > li").last).to_contain_text("可以要。")
    page.locator("summary", has_text="办结").click()
    page.get_by_label("给了咨询意见").check()
    press(page, "办结这件事")
    expect(page.locator(".head .status")).to_have_text("已办结")


def test_an_officer_asks_another_lawyer(site: Site, open_as: Open) -> None:
    page = open_as("zhao", f"/desk/tickets/{site.seeded.numbers['fallen']}/routing")
    page.get_by_role("radio").first.check()
    press(page, "请这位律师接手")
    expect(page.get_by_role("status").first).to_contain_text("已经去问这位律师")


def test_a_clerk_asks_for_a_caller_and_calls_an_officer(open_as: Open) -> None:
    page = open_as("he", "/desk/calls")
    page.get_by_label("对方问什么").fill("厂里停工了，没发钱")
    press(page, "问机器人")
    expect(page.locator("#now")).to_contain_text("机器人这会儿没回上话")  # there is no bot here
    page.get_by_role("link", name="转人工").click()
    page.get_by_label("念过了，对方说同意").check()
    press(page, "转给工会干部")
    expect(page.locator(".receipt .code")).to_be_visible()
    press(page, "结束通话，清屏")
    expect(page.get_by_role("status")).to_contain_text("通话结束了")


def test_an_officer_writes_a_link_down(open_as: Open) -> None:
    page = open_as("zhao", "/desk/links")
    page.get_by_label("种类").select_option("jobs")
    page.get_by_label("地区").fill("河南焦作")
    page.get_by_label("名称").fill("焦作市职工服务平台")
    page.get_by_label("网址").fill("https://jzzgh.org.cn/jobs")
    press(page, "存好")
    expect(page.locator(".roll")).to_contain_text("焦作市职工服务平台")
