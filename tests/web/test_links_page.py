"""The officers' page of the union's links, and the link on a worker's card."""

import re

import pytest

from gongyou.desk.links import LinkText, fetch_links, save_link
from gongyou.desk.people.accounts import Person
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser, WorkerBrowser, kind_of
from tests.web.conftest import Clock
from tests.web.desk_people import DeskPeople, send
from tests.web.fake_bot import CARD, FakeBot

PAGE = "/desk/links"
LINK = {
    "kind": "join",
    "region": "河南焦作",
    "title": "焦作市总工会",
    "url": "https://jzzgh.org.cn/join",
}
SHOWN = re.compile(r'href="(https://[^"]+)" target="_blank" rel="noopener noreferrer">([^<]+)</a>')


def written(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.reading() as session:
        return [(link.kind, link.region, link.url) for link in fetch_links(session)]


async def test_an_officer_writes_one_down_and_sees_where_it_leads(
    officer_page: StaffBrowser, desk: Desk
) -> None:
    assert await send(officer_page, PAGE, PAGE, **LINK) == (303, f"{PAGE}?done=saved")
    assert written(desk) == [("join", "410800", LINK["url"])]
    _, html = await officer_page.page(PAGE)
    assert SHOWN.findall(html) == [(LINK["url"], LINK["title"])]
    assert [
        words for words in ("jzzgh.org.cn", "河南省焦作市", "赵干部") if words not in html
    ] == []


async def test_edited_it_stands_in_the_form_again(officer_page: StaffBrowser, desk: Desk) -> None:
    await send(officer_page, PAGE, PAGE, **LINK)
    _, html = await officer_page.page(f"{PAGE}?edit=1")
    assert f'value="{LINK["url"]}"' in html
    assert 'value="河南省焦作市"' in html
    await send(officer_page, PAGE, PAGE, **(LINK | {"url": "https://new.example.org/"}))
    assert written(desk) == [("join", "410800", "https://new.example.org/")]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"url": "http://jzzgh.org.cn"}, "「网址」要以 https:// 开头"),
        ({"url": "https://a.org@b.org"}, "「网址」里不能有 @"),
        ({"title": ""}, "「名称」没有填"),
        ({"region": ""}, "「地区」要写一个地方"),
        ({"region": "焦作、郑州"}, "「地区」要写一个地方"),
        ({"region": "没有这里"}, "「地区」里没有找到：没有这里"),
        ({"kind": "x"}, "「种类」要从列出的里面选一个"),
    ],
)
async def test_a_wrong_field_is_named_and_what_was_typed_stays(
    officer_page: StaffBrowser, desk: Desk, changed: dict[str, str], says: str
) -> None:
    status, html = await send(officer_page, PAGE, PAGE, **(LINK | changed))
    assert (status, says in html, written(desk)) == (400, True, [])
    kept = changed.get("title", LINK["title"])
    assert f'value="{kept}"' in html


async def test_another_places_link_is_shown_and_not_touched(
    people: DeskPeople, desk: Desk, clock: Clock
) -> None:
    boss, local = people.add("officer", "boss"), people.add("officer", "local")
    with desk.transaction() as session:
        save_link(session, boss, LinkText("jobs", "320500", "苏州", "https://a.org/"), clock())
        session.get_one(Person, local.id).regions = ["410800"]
    browser = people.browser_of(local)
    _, html = await browser.page(PAGE)
    assert "https://a.org/" in html
    assert "/remove" not in html
    status, html = await send(browser, PAGE, PAGE, **(LINK | {"region": "江苏苏州"}))
    assert (status, "不归你管" in html) == (400, True)
    assert (await send(browser, PAGE, f"{PAGE}/1/remove"))[0] == 403
    assert written(desk) == [("jobs", "320500", "https://a.org/")]


async def test_an_enterprises_own_officer_only_looks(people: DeskPeople, desk: Desk) -> None:
    person = people.add("officer")
    with desk.transaction() as session:
        session.get_one(Person, person.id).employer = "宏达厂"
    browser = people.browser_of(person)
    assert 'name="url"' not in (await browser.page(PAGE))[1]
    assert (await send(browser, PAGE, PAGE, **LINK))[0] == 400
    assert written(desk) == []


async def test_removed_it_is_gone_and_the_trail_has_both(
    officer_page: StaffBrowser, desk: Desk, people: DeskPeople
) -> None:
    await send(officer_page, PAGE, PAGE, **LINK)
    assert await send(officer_page, PAGE, f"{PAGE}/1/remove") == (303, f"{PAGE}?done=link_removed")
    assert written(desk) == []
    assert people.actions()[-2:] == ["link.save", "link.remove"]


async def test_what_is_typed_is_text(officer_page: StaffBrowser) -> None:
    await send(officer_page, PAGE, PAGE, **(LINK | {"title": "<script>alert(1)</script>"}))
    assert "<script>alert" not in (await officer_page.page(PAGE))[1]


async def test_a_worker_gets_the_link_with_the_card(worker: WorkerBrowser, bot: FakeBot) -> None:
    link = {"text": "网上入会：焦作市总工会（jzzgh.org.cn）", "url": LINK["url"]}
    bot.answer = lambda said: [{"custom": CARD | {"link": link}}]
    await worker.say("怎么入会")
    shown = await worker.until(lambda message: kind_of(message) == "answer_card")
    assert shown["custom"]["link"] == link
