"""Correcting the facts: checked by field, every version kept, nobody's correction lost."""

import re

import pytest
from aiohttp import ClientResponse

from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.sheets import fetch_versions
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.web.browser import TOKEN, StaffBrowser, WorkerBrowser, first

PATH = "/desk/tickets/1/facts"
SEEN = re.compile(r'name="seen" value="(\d+)"')
FACTS = {
    "fact.region": "河南焦作",
    "fact.stop_from": "2026-09-01",
    "fact.stop_until": "还在停",
    "fact.monthly_wage": "4500",
    "fact.worked": "none",
    "fact.pay_cycle_start_day": "1号到月底",
}


@pytest.fixture
async def in_hand(lawyer_page: StaffBrowser, worker: WorkerBrowser, lawyer: Person) -> StaffBrowser:
    await worker.open_sheet()
    await worker.send_sheet()
    await lawyer_page.accept(1)
    return lawyer_page


async def save(page: StaffBrowser, html: str, **facts: str) -> ClientResponse:
    """Send the form that this page's HTML holds."""
    data = {"form_token": first(TOKEN, html), "seen": first(SEEN, html), **FACTS, **facts}
    return await page.client.post(PATH, data=data, allow_redirects=False)


async def test_the_form_has_the_topics_facts_with_what_is_known(in_hand: StaffBrowser) -> None:
    status, html = await in_hand.page(PATH)
    assert status == 200
    assert 'name="fact.monthly_wage"' in html and 'value="4000"' in html
    assert '<option value="none" selected>没干' in html
    assert 'name="fact.stop_until"' in html and 'value="河南省焦作市"' in html


async def test_a_correction_is_kept_as_a_version_and_worked_out_again(
    in_hand: StaffBrowser, desk: Desk
) -> None:
    response = await save(in_hand, (await in_hand.page(PATH))[1])
    assert response.status == 303
    _, html = await in_hand.page("/desk/tickets/1")
    assert "4,500 元" in html and "情况单改过 1 次" in html and "4,000 元 → 4,500 元" in html
    with desk.reading() as session:
        old, new = fetch_versions(session, 1)
        assert (old.author, new.author) == ("worker", "person:1")
        assert new.conclusion is not None and new.conclusion["kind"] == "answer"
        assert session.get_one(Ticket, 1).region == "410800"


@pytest.mark.parametrize(
    ("field", "text", "error"),
    [
        ("fact.monthly_wage", "很多", "月工资"),
        ("fact.stop_from", "九月", "哪天开始"),
        ("fact.region", "没有这个地方", "地方"),
        ("fact.worked", "maybe", "干活"),
    ],
)
async def test_what_cannot_be_read_is_said_at_its_field_and_kept(
    in_hand: StaffBrowser, desk: Desk, field: str, text: str, error: str
) -> None:
    response = await save(in_hand, (await in_hand.page(PATH))[1], **{field: text})
    html = await response.text()
    assert response.status == 400
    assert error in html and 'role="alert"' in html and "aria-invalid" in html
    assert text in html or field == "fact.worked"
    with desk.reading() as session:
        assert len(fetch_versions(session, 1)) == 1


async def test_facts_that_contradict_each_other_are_refused_with_the_reason(
    in_hand: StaffBrowser,
) -> None:
    _, html = await in_hand.page(PATH)
    response = await save(in_hand, html, **{"fact.stop_until": "2026-08-01"})
    assert response.status == 400
    assert "对不上" in await response.text()


async def test_of_two_corrections_the_second_sees_what_the_first_changed(
    in_hand: StaffBrowser, desk: Desk
) -> None:
    _, opened = await in_hand.page(PATH)
    await save(in_hand, opened)
    response = await save(in_hand, opened, **{"fact.monthly_wage": "4600"})
    html = await response.text()
    assert response.status == 409
    assert "李律师刚才改过情况单" in html and "4,000 元 → 4,500 元" in html and "4600" in html
    assert (await save(in_hand, html, **{"fact.monthly_wage": "4600"})).status == 303


async def test_the_same_correction_twice_keeps_one_version(
    in_hand: StaffBrowser, desk: Desk
) -> None:
    _, html = await in_hand.page(PATH)
    for _ in range(2):
        assert (await save(in_hand, html)).status == 303
    with desk.reading() as session:
        assert len(fetch_versions(session, 1)) == 2


async def test_saved_as_it_was_it_keeps_no_version(in_hand: StaffBrowser, desk: Desk) -> None:
    _, html = await in_hand.page(PATH)
    asked = {"fact.region": "河南省焦作市", "fact.monthly_wage": "4000", "fact.worked": "none"}
    data = {"form_token": first(TOKEN, html), "seen": first(SEEN, html), **asked}
    assert (await in_hand.client.post(PATH, data=data, allow_redirects=False)).status == 303
    with desk.reading() as session:
        assert len(fetch_versions(session, 1)) == 1
        assert session.get_one(Ticket, 1).region == "410800"


async def test_corrected_after_the_case_was_given_away_what_was_typed_comes_back(
    in_hand: StaffBrowser,
) -> None:
    _, html = await in_hand.page(PATH)
    await in_hand.step(1, "transfer", reason="下周出庭")
    response = await save(in_hand, html)
    text = await response.text()
    assert response.status == 409
    assert "已经不在你手上" in text and "4500" in text


async def test_before_acceptance_there_is_nothing_to_correct(
    lawyer_page: StaffBrowser, worker: WorkerBrowser
) -> None:
    await worker.open_sheet()
    await worker.send_sheet()
    response = await lawyer_page.client.get(PATH, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/desk/tickets/1")
