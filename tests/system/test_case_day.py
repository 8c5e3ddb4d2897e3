"""The day of a case, as worker, two lawyers and an officer live it, each in their own browser."""

import io
import re
from pathlib import Path

import docx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.system.browsing import (
    WORDS,
    asked_about,
    open_phone,
    open_ticket,
    pictures,
    press,
    say,
    see_case,
    see_ticket,
    sign_in,
)
from tests.system.whole import Whole

pytestmark = [pytest.mark.system, pytest.mark.browser]
LAWYERS = ("lawyer", "lawyer2")
EMPLOYER = "焦作市宏达电子厂"
CONTACT = "13912345678"
MADE_ON = "Phone of 张翠花"
ASKED = "停工通知是哪天发的？有照片就传上来。"
TOLD = "9月1号群里发的通知"
ANSWER = "可以要。催告函和仲裁申请书写好了，下载看看。"
IN_SHENZHEN = "7,427.20"  # 4,000 of the first cycle, then Shenzhen's living allowance
GPS, MAKE, DESCRIPTION = 0x8825, 0x010F, 0x010E


def photo() -> bytes:
    """A JPEG as a phone makes it: with the place, the maker and a name in it."""
    exif = Image.Exif()
    exif[MAKE], exif[DESCRIPTION] = "HUAWEI", MADE_ON
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "N", (35.0, 14.0, 27.5)
    content = io.BytesIO()
    Image.new("RGB", (1200, 900), "#b0c4b8").save(content, "JPEG", exif=exif)
    return content.getvalue()


def other(login: str) -> str:
    return next(one for one in LAWYERS if one != login)


def expect_state(worker: Page, whole: Whole, number: int, state: str) -> None:
    see_case(worker, whole, number)
    expect(worker.locator(".now b")).to_contain_text(state)


def send_photo(worker: Page) -> None:
    worker.locator("#file").set_input_files(
        {"name": "停工通知.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    press(worker, "传上去")
    expect(worker.get_by_role("status").first).to_contain_text("传好了")


def download_photo(lawyer: Page) -> bytes:
    link = lawyer.get_by_role("link", name="停工通知.jpg")
    answer = lawyer.request.get(lawyer.url.split("/desk")[0] + str(link.get_attribute("href")))
    assert answer.headers["content-security-policy"].endswith("sandbox")
    return answer.body()


def reply(lawyer: Page, text: str, button: str = "发给职工") -> None:
    lawyer.get_by_label("答复职工").fill(text)
    press(lawyer, button)
    expect(lawyer.locator(".transcript").get_by_text(text)).to_be_visible()


def correct_region(lawyer: Page, region: str) -> None:
    lawyer.get_by_role("link", name="改情况单").click()
    pictures(lawyer, "day-facts")
    lawyer.get_by_label("上班的地方").fill(region)
    press(lawyer, "存好")


def make_application(lawyer: Page) -> str:
    """Fill in and download the 仲裁申请书; its text."""
    lawyer.locator("summary", has_text="写文书").click()
    lawyer.get_by_role("link", name="劳动人事争议仲裁申请书").click()
    lawyer.get_by_label("职工姓名").fill("张翠花")
    pictures(lawyer, "day-document")
    press(lawyer, "先看样子")
    pictures(lawyer, "day-document-seen")
    with lawyer.expect_download() as loading:
        press(lawyer, "下载 Word 文件")
    assert loading.value.suggested_filename.endswith(".docx")
    made = docx.Document(str(Path(loading.value.path())))
    cells = (cell.text for table in made.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


def end(lawyer: Page, outcome: str) -> None:
    lawyer.locator("summary", has_text="办结").click()
    lawyer.get_by_label(outcome).check()
    press(lawyer, "办结这件事")


def test_a_case_from_the_question_to_its_withdrawal(browser: Browser, whole: Whole) -> None:
    with open_phone(browser, whole) as worker:
        number = open_ticket(worker, EMPLOYER, CONTACT)
        expect_state(worker, whole, number, "正在找律师")
        first = asked_about(whole, number)

        with sign_in(browser, whole, first) as declining:
            pictures(declining, "day-queue-offered")
            see_ticket(declining, whole, number)
            expect(declining.get_by_text(EMPLOYER)).to_be_visible()
            expect(declining.get_by_text(WORDS)).to_have_count(0)
            expect(declining.get_by_text(CONTACT)).to_have_count(0)
            pictures(declining, "day-offer")
            press(declining, "有，不接")
            expect(declining.get_by_role("status").first).to_contain_text("以后不再问你")
            see_ticket(declining, whole, number)
            expect(declining.get_by_text(EMPLOYER)).to_have_count(0)

        assert asked_about(whole, number) == other(first)
        with sign_in(browser, whole, other(first)) as lawyer:
            see_ticket(lawyer, whole, number)
            press(lawyer, "没有，接手")
            expect(lawyer.get_by_text(WORDS)).to_be_visible()
            expect(lawyer.get_by_text(CONTACT)).to_be_visible()
            expect_state(worker, whole, number, "在看")

            send_photo(worker)
            pictures(worker, "day-worker-case")
            see_ticket(lawyer, whole, number)
            clean = download_photo(lawyer)
            assert MADE_ON.encode() not in clean
            assert not Image.open(io.BytesIO(clean)).getexif()

            reply(lawyer, ASKED, "发给职工，等他补充")
            expect_state(worker, whole, number, "等你补充")
            worker.goto(whole.url)
            expect(worker.get_by_text(ASKED)).to_be_visible()
            say(worker, TOLD)
            expect(lawyer.locator(".transcript").get_by_text(TOLD)).to_be_visible()
            expect(lawyer.locator(".head .status")).to_have_class(re.compile("accepted"))
            expect_state(worker, whole, number, "在看")

            correct_region(lawyer, "广东省深圳市")
            expect(
                lawyer.locator("section", has=lawyer.locator("#conclusion-head"))
            ).to_contain_text(IN_SHENZHEN)
            pictures(lawyer, "day-case")
            assert IN_SHENZHEN in make_application(lawyer)

            see_ticket(lawyer, whole, number)
            reply(lawyer, ANSWER)
            expect_state(worker, whole, number, "答复了你")
            end(lawyer, "给了咨询意见")
            expect_state(worker, whole, number, "办结：给了咨询意见")
            pictures(worker, "day-worker-closed")

            worker.get_by_role("link", name="重新打开").click()
            worker.get_by_role("checkbox").check()
            press(worker, "重新打开")
            expect(worker.locator(".now b")).to_contain_text("在看")
            worker.get_by_role("link", name="撤回这件事").click()
            pictures(worker, "day-worker-withdraw")
            press(worker, "确定撤回")
            expect(worker.locator(".now b")).to_contain_text("你撤回了")

            see_ticket(lawyer, whole, number)
            expect(lawyer.get_by_role("heading", level=1)).to_contain_text("职工把这件事撤回了")
            expect(lawyer.get_by_text(TOLD)).to_have_count(0)
            pictures(lawyer, "day-withdrawn")


def test_what_no_lawyer_keeps_the_officer_on_duty_takes_and_sees_why(
    browser: Browser, whole: Whole
) -> None:
    with open_phone(browser, whole) as worker, sign_in(browser, whole, "officer") as officer:
        number = open_ticket(worker)
        first = asked_about(whole, number)
        with sign_in(browser, whole, first) as lawyer:
            see_ticket(lawyer, whole, number)
            lawyer.locator("summary", has_text="因为别的原因不接").click()
            lawyer.get_by_label("原因").fill("在外地开庭")
            press(lawyer, "不接")
        with sign_in(browser, whole, other(first)) as lawyer:
            see_ticket(lawyer, whole, number)
            press(lawyer, "接手")
            lawyer.locator("summary", has_text="转交").click()
            lawyer.get_by_label("为什么要转").fill("要去生孩子")
            press(lawyer, "转交")
            expect(lawyer.get_by_role("status").first).to_contain_text("转走了")
        expect_state(worker, whole, number, "还没有律师接")

        see_ticket(officer, whole, number)
        pictures(officer, "day-fallen")
        officer.get_by_role("link", name="分派记录").click()
        for told in ("在外地开庭", "要去生孩子", "不能派"):
            expect(officer.get_by_text(told).first).to_be_visible()
        pictures(officer, "day-routing")
        see_ticket(officer, whole, number)
        press(officer, "接手")
        reply(officer, "我先跟厂里的工会说，明天回你。")
        expect_state(worker, whole, number, "答复了你")


def test_a_call_for_a_person_reaches_the_officer(browser: Browser, whole: Whole) -> None:
    with open_phone(browser, whole) as worker, sign_in(browser, whole, "officer") as officer:
        say(worker, "我要转人工")
        expect(worker.locator(".ticket .code")).to_be_visible()
        worker.goto(f"{whole.url}/cases")
        worker.get_by_role("link", name="转人工").click()
        number = int(worker.url.rpartition("/")[2])
        officer.goto(f"{whole.url}/desk?tab=todo")
        pictures(officer, "day-officer-queue")
        see_ticket(officer, whole, number)
        press(officer, "接手")
        reply(officer, "你好，我是工会的。")
        pictures(officer, "day-call")
        worker.goto(whole.url)
        expect(worker.get_by_text("你好，我是工会的。")).to_be_visible()
