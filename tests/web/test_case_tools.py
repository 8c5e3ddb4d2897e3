"""Flags, tags, notes, cases for later, on the case's page and in the live conversation."""

import pytest
from aiohttp.test_utils import TestServer

from gongyou.desk.people.accounts import Person
from gongyou.wiring import Desk
from tests.web.browser import KEY, TOKEN, StaffBrowser, WorkerBrowser, first
from tests.web.case_visitor import readable
from tests.web.desk_people import DeskPeople

CASE, LIVE = "/desk/tickets/1", "/desk/tickets/1/live"
NOTE = "厂里以前也这样，二十来个人"


@pytest.fixture
async def page(caller: WorkerBrowser, officer_page: StaffBrowser) -> StaffBrowser:
    """An officer who may read ticket 1, which nobody has taken."""
    return officer_page


async def test_a_flag_is_seen_by_colleagues_and_in_the_queue(
    page: StaffBrowser, people: DeskPeople
) -> None:
    assert (await page.step(1, "flag", on="yes")).headers["Location"] == f"{CASE}#tools"
    colleague = people.sign_in("officer")
    assert "工会干部 赵干部" in (await colleague.page(CASE))[1]
    assert "标出" in (await colleague.page("/desk?tab=todo"))[1]
    await colleague.step(1, "flag", on="no")
    assert "不用再标" not in (await page.page(CASE))[1]


async def test_a_tag_is_put_on_shown_in_the_queue_and_offered_for_the_next_case(
    page: StaffBrowser,
) -> None:
    await page.step(1, "tags", tag=" 已报　市总 ")
    assert "<li>已报 市总</li>" in (await page.page("/desk?tab=todo"))[1]
    html = (await page.page(CASE))[1]
    number = html.split('name="off" value="')[1].partition('"')[0]
    await page.step(1, "tags", off=number)
    html = (await page.page(CASE))[1]
    assert "揭掉标签" not in html and '<option value="已报 市总">' in html


@pytest.mark.parametrize(("tag", "said"), [("", "还没写标签"), ("字" * 13, "标签最多 12 个字")])
async def test_a_tag_that_is_none_is_said_and_what_was_typed_is_kept(
    page: StaffBrowser, tag: str, said: str
) -> None:
    response = await page.step(1, "tags", tag=tag)
    html = await response.text()
    assert (response.status, said in html, tag in html) == (400, True, True)


async def test_an_eleventh_tag_is_refused(page: StaffBrowser) -> None:
    for number in range(10):
        await page.step(1, "tags", tag=f"标签{number}")
    response = await page.step(1, "tags", tag="再一个")
    assert response.status == 409 and "最多贴 10 个" in await response.text()


async def test_a_note_sent_twice_is_there_once_with_author_and_time(page: StaffBrowser) -> None:
    html = (await page.page(CASE))[1]
    form = {"form_token": first(TOKEN, html), "key": first(KEY, html), "memo": NOTE}
    for _ in range(2):
        await page.client.post(f"{CASE}/notes", data=form, allow_redirects=False)
    html = (await page.page(CASE))[1]
    assert html.count(NOTE) == 1
    assert "工会干部 赵干部 2026-11-21 09:00" in readable(html)


async def test_a_note_too_long_is_kept_in_the_form(page: StaffBrowser) -> None:
    response = await page.step(1, "notes", memo="字" * 1001)
    html = await response.text()
    assert response.status == 400 and "字" * 1001 in html and f'action="{CASE}/notes"' in html


async def test_no_note_tag_or_flag_ever_reaches_the_worker(
    page: StaffBrowser, caller: WorkerBrowser
) -> None:
    await page.step(1, "accept")
    await page.step(1, "notes", memo=NOTE)
    await page.step(1, "tags", tag="已报市总")
    await page.step(1, "flag", on="yes")
    for path in ("/", "/cases", "/cases/1", "/api/messages?after=0"):
        text = await (await caller.client.get(path)).text()
        assert NOTE not in text and "已报市总" not in text and "标出" not in text


async def test_a_case_put_aside_is_on_one_s_own_list_with_its_day(
    page: StaffBrowser, people: DeskPeople
) -> None:
    await page.step(1, "later", until="2026-12-09")
    assert "2026年12月9日再看" in (await page.page("/desk?tab=later"))[1]
    colleague = people.sign_in("officer")
    assert "没有放着稍后看的工单" in (await colleague.page("/desk?tab=later"))[1]
    await page.step(1, "later", off="yes")
    assert "没有放着稍后看的工单" in (await page.page("/desk?tab=later"))[1]


@pytest.mark.parametrize("until", ["", "x", "2026-13-45"])
async def test_without_a_day_it_is_put_aside_for_whenever(page: StaffBrowser, until: str) -> None:
    await page.step(1, "later", until=until)
    assert '<span class="said calm">稍后看</span>' in (await page.page("/desk?tab=later"))[1]


async def test_in_the_live_conversation_the_tools_lead_back_to_it(page: StaffBrowser) -> None:
    response = await page.step(1, "tags", page=LIVE, tag="已报市总", back="live")
    assert response.headers["Location"] == f"{LIVE}#tools"
    assert "揭掉标签：已报市总" in (await page.page(LIVE))[1]


async def test_a_lawyer_has_none_of_the_tools(
    worker: WorkerBrowser, lawyer_page: StaffBrowser
) -> None:
    await worker.open_sheet()
    await worker.send_sheet()
    await lawyer_page.accept(1)
    assert 'id="tools"' not in (await lawyer_page.page(CASE))[1]
    assert (await lawyer_page.step(1, "notes", memo=NOTE)).status == 403


@pytest.mark.parametrize(
    ("step", "fields"),
    [("flag", {"on": "yes"}), ("tags", {"tag": "标签"}), ("notes", {"memo": NOTE}), ("later", {})],
)
async def test_a_case_one_may_not_read_is_not_there(
    worker: WorkerBrowser,
    lawyer: Person,
    officer_page: StaffBrowser,
    desk: Desk,
    step: str,
    fields: dict[str, str],
) -> None:
    await worker.open_sheet()
    await worker.send_sheet()  # a lawyer's
    response = await officer_page.step(1, step, page="/desk/me", **fields)
    assert response.status == 404
    assert NOTE not in await response.text() or step == "notes"


async def test_the_trail_tells_each_step_and_not_a_word_of_it(
    page: StaffBrowser, people: DeskPeople, gateway: TestServer
) -> None:
    await page.step(1, "flag", on="yes")
    await page.step(1, "tags", tag="已报市总")
    await page.step(1, "notes", memo=NOTE)
    await page.step(1, "later")
    html = (await people.sign_in("auditor").page("/desk/trail"))[1]
    for said in ("标出来", "贴了标签", "写了内部记录", "放到稍后看"):
        assert said in html
    assert NOTE not in html and "已报市总" not in html
