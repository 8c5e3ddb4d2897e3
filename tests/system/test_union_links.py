"""A link that an officer writes down stands on the next answer, and is a real link on the page."""

import pytest
from playwright.sync_api import Browser, expect

from gongyou.clock import china_now
from gongyou.desk.links import LinkText, save_link
from gongyou.desk.people.accounts import fetch_person
from tests.system.looking import PHONE
from tests.system.site import Site
from tests.system.whole import Phone, Whole

pytestmark = pytest.mark.system
URL = "https://jzzgh.org.cn/join"


def test_the_next_answer_on_finding_work_has_the_link_of_the_workers_place(
    whole: Whole, phone: Phone
) -> None:
    with whole.desk() as desk, desk.transaction() as session:
        officer = fetch_person(session, "officer")
        assert officer is not None
        link = LinkText("jobs", "410000", "豫工惠", URL)
        save_link(session, officer, link, china_now())
    phone.say("我在焦作，想找工作，哪里有招聘信息")
    cards = [message["custom"] for message in phone.seen if message["custom"]]
    assert [card["link"]["url"] for card in cards if "link" in card] == [URL]
    phone.wait_for("工会的网上招聘：豫工惠（jzzgh.org.cn）", 1)


@pytest.mark.browser
def test_on_the_page_it_opens_in_a_window_of_its_own(site: Site, browser: Browser) -> None:
    with site.open_context(browser, "worker", PHONE) as context:
        page = context.new_page()
        page.goto(site.url)
        link = page.locator(".card a")
        expect(link).to_contain_text("（jzzgh.org.cn）")
        for name, value in (("href", URL), ("target", "_blank"), ("rel", "noopener")):
            expect(link).to_have_attribute(name, value)
