"""Ready answers: officers' own and the rulebook's, chosen into the text box and never sent."""

from html import unescape

import pytest
from sqlalchemy import select

from gongyou.desk.chat.messages import Message
from gongyou.desk.tickets.table import Ticket
from gongyou.rulebook import Rulebook
from gongyou.wiring import Desk
from tests.web.browser import KEY, TOKEN, StaffBrowser, WorkerBrowser, first
from tests.web.desk_people import DeskPeople, send
from tests.web.live_page import Console

PAGE, CASE = "/desk/canned", "/desk/tickets/1"
HELLO = {"title": "打招呼", "topic": "", "text": "你好，我是工会的。"}


@pytest.fixture
async def written(officer_page: StaffBrowser) -> StaffBrowser:
    """An officer who wrote answer 1."""
    await send(officer_page, PAGE, PAGE, **HELLO)
    return officer_page


@pytest.fixture
async def case(worker: WorkerBrowser, lawyer_page: StaffBrowser) -> StaffBrowser:
    """A lawyer who has case 1, of a stoppage in 焦作."""
    await worker.open_sheet()
    await worker.send_sheet()
    await lawyer_page.accept(1)
    return lawyer_page


async def text_box(page: StaffBrowser, path: str) -> str:
    html = (await page.page(path))[1]
    return unescape(html.split('<textarea id="text"')[1].partition(">")[2].partition("<")[0])


# writing them


async def test_what_one_officer_wrote_is_everybody_s(
    written: StaffBrowser, people: DeskPeople, case: StaffBrowser
) -> None:
    for browser in (people.sign_in("officer"), case):
        html = (await browser.page(PAGE))[1]
        assert HELLO["text"] in html and "工会干部 赵干部" in html


async def test_sent_twice_it_is_there_once(officer_page: StaffBrowser) -> None:
    html = (await officer_page.page(PAGE))[1]
    form = HELLO | {"form_token": first(TOKEN, html), "key": first(KEY, html)}
    for _ in range(2):
        await officer_page.client.post(PAGE, data=form, allow_redirects=False)
    assert (await officer_page.page(PAGE))[1].count(HELLO["text"]) == 1


@pytest.mark.parametrize("wrong", [{"title": ""}, {"text": " "}, {"title": "字" * 31}])
async def test_what_cannot_be_kept_is_said_and_stays_typed(
    officer_page: StaffBrowser, wrong: dict[str, str]
) -> None:
    status, html = await send(officer_page, PAGE, PAGE, **(HELLO | {"text": "写了很久"} | wrong))
    assert status == 400 and ("写了很久" in html or "text" in wrong)


async def test_a_changed_one_is_changed_for_everybody(written: StaffBrowser) -> None:
    await send(written, f"{PAGE}/1", f"{PAGE}/1", **(HELLO | {"text": "新的说法", "version": "1"}))
    html = (await written.page(PAGE))[1]
    assert "新的说法" in html and HELLO["text"] not in html


async def test_of_two_who_change_it_the_second_is_shown_both_wordings(
    written: StaffBrowser,
) -> None:
    page = f"{PAGE}/1"
    await send(written, page, page, **(HELLO | {"text": "先存的", "version": "1"}))
    status, html = await send(written, page, page, **(HELLO | {"text": "后存的", "version": "1"}))
    assert status == 409 and "先存的" in html and "后存的" in html
    assert "后存的" not in (await written.page(PAGE))[1]


async def test_a_deleted_one_is_gone(written: StaffBrowser) -> None:
    for _ in range(2):
        status, _ = await send(written, PAGE, f"{PAGE}/1/delete")
        assert status == 303
    assert HELLO["text"] not in (await written.page(PAGE))[1]
    assert (await written.page(f"{PAGE}/1"))[0] == 404


async def test_a_lawyer_reads_them_and_changes_none(
    written: StaffBrowser, lawyer_page: StaffBrowser
) -> None:
    assert "添一条" not in (await lawyer_page.page(PAGE))[1]
    for path in (PAGE, f"{PAGE}/1", f"{PAGE}/1/delete"):
        assert (await send(lawyer_page, PAGE, path, **HELLO))[0] == 403


# choosing one


async def test_chosen_it_stands_in_the_box_and_nothing_is_sent(
    written: StaffBrowser, case: StaffBrowser, desk: Desk
) -> None:
    assert await text_box(case, f"{CASE}?canned=own-1") == HELLO["text"]
    with desk.reading() as session:
        assert HELLO["text"] not in [m.text for m in session.scalars(select(Message))]


async def test_in_the_live_conversation_as_well(written: StaffBrowser, console: Console) -> None:
    assert f'href="{CASE}/live?canned=own-1#text"' in await console.html()
    assert await text_box(console.staff, f"{CASE}/live?canned=own-1") == HELLO["text"]


@pytest.mark.parametrize("key", ["own-99", "rule-nothing", "x", ""])
async def test_what_is_not_there_leaves_the_box_empty(case: StaffBrowser, key: str) -> None:
    assert await text_box(case, f"{CASE}?canned={key}") == ""


async def test_the_rulebook_s_own_wording_for_topic_place_and_day(
    case: StaffBrowser, rulebook: Rulebook
) -> None:
    (rule,) = [one for one in rulebook.topics["wage_shutdown"].rules if one.id == "CN-WS-001"]
    text = await text_box(case, f"{CASE}?canned=rule-CN-WS-001")
    assert rule.says in text and rule.basis[0].document in text and rule.basis[0].article in text


async def test_rules_of_another_place_and_of_the_past_are_not_offered(
    case: StaffBrowser, rulebook: Rulebook
) -> None:
    html = (await case.page(CASE))[1]
    for rule in rulebook.topics["wage_shutdown"].rules:
        if rule.region not in ("000000", "410000", "410800") or rule.until is not None:
            assert f"rule-{rule.id}#" not in html, rule.id


async def test_the_answer_is_worked_out_from_the_sheet(case: StaffBrowser, desk: Desk) -> None:
    facts = {
        "region": "410800",
        "stop_from": "2026-09-01",
        "monthly_wage": "4000",
        "worked": "none",
        "pay_cycle_start_day": "1",
    }
    with desk.transaction() as session:
        session.get_one(Ticket, 1).facts = facts
    text = await text_box(case, f"{CASE}?canned=worked-out")
    assert "应付你" in text and "依据：《" in text


async def test_a_rule_that_is_not_verified_says_so_first(
    case: StaffBrowser, desk: Desk, rulebook: Rulebook
) -> None:
    unsure = next(
        (rule, topic)
        for topic in rulebook.topics.values()
        for rule in topic.rules
        if rule.status == "unverified" and rule.until is None and rule.says
    )
    with desk.transaction() as session:
        ticket = session.get_one(Ticket, 1)
        ticket.topic, ticket.region = unsure[1].name, unsure[0].region
    html = (await case.page(CASE))[1]
    assert "待核实" in html
    text = await text_box(case, f"{CASE}?canned=rule-{unsure[0].id}")
    assert not text or "待核实" in text.splitlines()[0]
