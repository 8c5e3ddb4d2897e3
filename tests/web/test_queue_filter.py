"""The queue narrowed by reason, place and waiting time, by plain links and one form."""

from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import pytest
from aiohttp.test_utils import TestServer

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.people.accounts import Person
from gongyou.desk.review.flags import flag_case
from gongyou.desk.tickets.opening import open_ticket
from gongyou.desk.tickets.table import Cause
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser
from tests.web.case_visitor import readable
from tests.web.conftest import Clock
from tests.web.desk_people import DeskPeople

type Call = Callable[..., int]


@pytest.fixture
def call(desk: Desk, clock: Clock) -> Call:
    """Opens a call for a person, or a review, that came in so many hours ago."""

    def call_(cause: Cause = "asked", region: str = "410800", hours: float = 0) -> int:
        at: datetime = clock.now - timedelta(hours=hours)
        with desk.transaction() as session:
            opened = open_ticket(
                session,
                open_conversation(session, at)[0].id,
                kind="handoff" if cause in ("asked", "crisis", "silent") else "review",
                topic="wage_shutdown",
                region=region,
                facts={},
                summary="",
                words="",
                contact="",
                consent=False,
                idempotency_key="call",
                cause=cause,
                now=at,
            )
            return opened.ticket.id

    return call_


async def lines(page: StaffBrowser, query: str = "tab=todo") -> str:
    status, html = await page.page(f"/desk?{query}")
    assert status == 200
    return html.split("</h1>")[1]


def numbers(html: str) -> list[int]:
    """The tickets of a list, in its order."""
    links = html.split('class="topic" href="/desk/tickets/')[1:]
    return [int(link.partition('"')[0]) for link in links]


async def test_each_reason_is_counted_and_leads_to_its_own(
    officer_page: StaffBrowser, call: Call
) -> None:
    asked, down = call("asked"), call("rated_down")
    call("asked")
    html = await lines(officer_page)
    assert "职工自己要求 2" in readable(html) and "职工说没解决 1" in readable(html)
    assert 'href="/desk?tab=todo&amp;cause=rated_down"' in html
    narrowed = await lines(officer_page, "tab=todo&cause=rated_down")
    assert numbers(narrowed) == [down]
    assert asked not in numbers(narrowed)


async def test_the_reason_that_is_chosen_leads_back_to_all(
    officer_page: StaffBrowser, call: Call
) -> None:
    call("silent")
    html = await lines(officer_page, "tab=todo&cause=silent")
    assert 'href="/desk?tab=todo" aria-current="true">机器人没答上' in html


async def test_a_province_holds_its_cities_and_nothing_else(
    officer_page: StaffBrowser, call: Call
) -> None:
    here, near = call(region="410800"), call(region="410100")
    call(region="320500")
    assert set(numbers(await lines(officer_page, "place=河南省"))) == {here, near}
    assert numbers(await lines(officer_page, "place=焦作")) == [here]


async def test_a_region_that_is_not_known_is_asked_for_as_not_clear(
    officer_page: StaffBrowser, call: Call
) -> None:
    unknown = call(region="000000")
    call(region="410800")
    assert numbers(await lines(officer_page, "place=不清楚")) == [unknown]


async def test_a_place_of_somebody_else_is_said_and_left_aside(
    people: DeskPeople, desk: Desk, call: Call
) -> None:
    number = call(region="410800")
    officer = people.add("officer")
    with desk.transaction() as session:
        stored: Person = session.get_one(Person, officer.id)
        stored.regions = ["410800"]
    html = await lines(people.browser_of(officer), "tab=todo&place=江苏省")
    assert "江苏省不在你管的地区里" in html and numbers(html) == [number]


@pytest.mark.parametrize(("place", "said"), [("没有这里", "没有找到"), ("鼓楼区", "不止一个")])
async def test_a_place_that_cannot_be_used_is_said(
    officer_page: StaffBrowser, call: Call, place: str, said: str
) -> None:
    call()
    html = await lines(officer_page, f"tab=todo&place={place}")
    assert said in html and numbers(html)


async def test_of_several_places_of_one_name_each_can_be_chosen(
    officer_page: StaffBrowser,
) -> None:
    html = unescape(await lines(officer_page, "tab=todo&place=鼓楼区"))
    assert "河南省开封市鼓楼区</a>" in html


async def test_who_waits_longer_than_that_and_in_which_order(
    officer_page: StaffBrowser, call: Call
) -> None:
    new, old, middle = call(hours=0), call(hours=50), call(hours=5)
    assert set(numbers(await lines(officer_page, "tab=todo&waited=4h"))) == {old, middle}
    assert numbers(await lines(officer_page, "tab=todo&order=longest")) == [old, middle, new]
    assert numbers(await lines(officer_page, "tab=todo&order=newest")) == [middle, old, new]
    assert "等了 5 小时" in await lines(officer_page)


async def test_only_what_is_flagged(
    officer_page: StaffBrowser, officer: Person, call: Call, desk: Desk, clock: Clock
) -> None:
    number, _ = call(), call()
    with desk.transaction() as session:
        flag_case(session, number, officer, clock.now)
    html = await lines(officer_page, "tab=todo&flagged=yes")
    assert numbers(html) == [number] and "标出" in html


async def test_all_of_it_stays_in_the_address_of_the_next_page_and_of_the_refresh(
    officer_page: StaffBrowser, call: Call
) -> None:
    for _ in range(51):
        call("silent")
    html = unescape(await lines(officer_page, "tab=todo&cause=silent&place=焦作&order=longest"))
    kept = "tab=todo&cause=silent&place=%E7%84%A6%E4%BD%9C&order=longest"
    assert f'href="/desk?{kept}&page=2"' in html
    assert f'data-again="/desk?{kept}&page=1&auto"' in html
    second = await lines(officer_page, f"{kept}&page=2")
    assert len(numbers(second)) == 1


@pytest.mark.parametrize(
    "query", ["cause=nothing", "waited=9y", "order=x", "flagged=no", "place=%00%ff", "cause=asked'"]
)
async def test_an_address_that_was_typed_wrong_still_gives_the_queue(
    officer_page: StaffBrowser, call: Call, query: str
) -> None:
    number = call()
    assert numbers(await lines(officer_page, f"tab=todo&{query}")) == [number]


async def test_a_list_with_nothing_left_says_so_and_leads_to_all(
    officer_page: StaffBrowser, call: Call
) -> None:
    call()
    html = await lines(officer_page, "tab=todo&cause=silent")
    assert "这样筛，一张也没有" in html and 'href="/desk?tab=todo">看全部' in html


async def test_a_lawyer_s_queue_has_no_reasons(lawyer_page: StaffBrowser) -> None:
    html = await lines(lawyer_page)
    assert "按地区、等候时间筛" not in html


async def test_the_keys_are_told_on_the_page(
    officer_page: StaffBrowser, gateway: TestServer
) -> None:
    html = await lines(officer_page)
    assert "快捷键" in html and "下一张工单" in html and "去查找" in html
