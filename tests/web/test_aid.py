"""「帮我申请」 from an answer: the page, handing it in, the papers, how it goes on."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from gongyou.desk.notices.table import Notice
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.aid import fetch_papers
from gongyou.desk.tickets.table import Ticket
from gongyou.rulebook import Rulebook
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser, WorkerBrowser, kind_of, post_form
from tests.web.case_visitor import CaseVisitor, readable
from tests.web.conftest import Browser, Clock
from tests.web.desk_people import DeskPeople
from tests.web.fake_bot import CARD, FakeBot
from tests.web.test_attachments import photo

PAPERS = ["身份证", "户口本", "录取通知书或在读证明", "困难证明"]
SCHOOL = {
    "aid_matter": "school",
    "region": "110000",
    "hardship_status": "registered",
    "child_schooling": "college",
    "special_school": "no",
}
CASE = "/desk/tickets/1"


def card(topic: str, facts: dict[str, str], *, papers: bool = True) -> dict[str, Any]:
    used: dict[str, Any] = {"topic": topic, "region": "110000", "on": "2026-11-21"}
    used |= {"total": None, "rules": []}
    return {"custom": CARD | {"used": used | {"facts": facts, "papers": papers}}}


@pytest.fixture
async def asker(worker: WorkerBrowser, bot: FakeBot) -> WorkerBrowser:
    """A worker who was told about help with a child's schooling."""
    bot.answer = lambda said: [card("subsidy_hardship", SCHOOL)]
    await worker.say("孩子考上大学，交不起学费")
    await worker.until(lambda message: kind_of(message) == "answer_card")
    return worker


@pytest.fixture
async def page(asker: WorkerBrowser) -> str:
    """Where 「帮我申请」 leads."""
    answer = next(m for m in await asker.messages() if kind_of(m) == "answer_card")
    return str(answer["apply"]["href"])


@pytest.fixture
async def handed_in(asker: WorkerBrowser, page: str, desk: Desk, clock: Clock) -> CaseVisitor:
    """Case 1: the worker has the first paper."""
    fields = {"consent": "on", "paper.0": "on", "words": "家里只有我上班", "contact": "13800001111"}
    response = await post_form(asker.client, page, fields)
    assert response.status == 303
    return CaseVisitor(asker, desk, clock)


@pytest.fixture
async def held(handed_in: CaseVisitor, officer_page: StaffBrowser) -> StaffBrowser:
    """赵干部 has taken it."""
    assert (await officer_page.step(1, "accept")).status == 303
    return officer_page


def states(desk: Desk) -> list[str]:
    with desk.reading() as session:
        return [paper.state for paper in fetch_papers(session, 1)]


def notices(desk: Desk) -> Sequence[Notice]:
    with desk.reading() as session:
        return list(session.scalars(select(Notice).where(Notice.kind == "applied")))


# the way in


async def test_an_answer_on_aid_has_one_link_to_apply(asker: WorkerBrowser) -> None:
    answer = next(m for m in await asker.messages() if kind_of(m) == "answer_card")
    assert answer["apply"] == {"title": "帮我申请", "href": f"/aid/{answer['id']}"}
    assert "facts" not in str(answer["custom"])


@pytest.mark.parametrize(
    "said",
    [
        card("wage_shutdown", {"monthly_wage": "4000"}),
        card("subsidy_unemployment", {"region": "110000"}, papers=False),
        {"custom": CARD},
        {"text": "收到"},
    ],
)
async def test_no_other_answer_has_one(
    worker: WorkerBrowser, bot: FakeBot, said: dict[str, Any]
) -> None:
    bot.answer = lambda _: [said]
    await worker.say("你好")
    await worker.until_from("bot")
    assert all(message["apply"] is None for message in await worker.messages())


async def test_the_page_tells_conditions_with_reasons_and_the_rulebooks_papers(
    asker: WorkerBrowser, page: str, rulebook: Rulebook
) -> None:
    text = readable(await (await asker.client.get(page)).text())
    assert "金秋助学：条件都对得上" in text
    rule = next(one for one in rulebook.topics["subsidy_hardship"].rules if one.id == "CN-SH-001")
    assert rule.eligibility is not None
    for paper in rule.eligibility.papers:
        assert paper in text
    for requirement in rule.eligibility.requires:
        assert f"符合 {requirement.yes}" in text


async def test_a_condition_not_met_is_told_and_may_be_handed_in_all_the_same(
    worker: WorkerBrowser, bot: FakeBot
) -> None:
    bot.answer = lambda said: [card("subsidy_hardship", SCHOOL | {"special_school": "yes"})]
    await worker.say("孩子上学")
    answer = await worker.until(lambda message: kind_of(message) == "answer_card")
    path = answer["apply"]["href"]
    text = readable(await (await worker.client.get(path)).text())
    assert "金秋助学：有条件对不上" in text and "不符合" in text
    assert (await post_form(worker.client, path, {"consent": "on"})).status == 303


async def test_facts_still_missing_are_named(worker: WorkerBrowser, bot: FakeBot) -> None:
    bot.answer = lambda said: [card("subsidy_hardship", {})]
    await worker.say("家里困难")
    answer = await worker.until(lambda message: kind_of(message) == "answer_card")
    text = readable(await (await worker.client.get(answer["apply"]["href"])).text())
    assert "还差「" in text and "规定里没有写要带什么材料" in text


async def test_nobody_elses_answer_leads_anywhere(
    asker: WorkerBrowser, page: str, other_worker: WorkerBrowser
) -> None:
    await other_worker.say("你好")
    theirs = await other_worker.client.get(page)
    none = await other_worker.client.get("/aid/999")
    assert (theirs.status, await theirs.text()) == (404, await none.text())
    assert (await post_form(other_worker.client, page, {"consent": "on"}, "/receipt")).status == 404


# handing it in


async def test_without_consent_nothing_is_stored_and_what_was_typed_stays(
    asker: WorkerBrowser, page: str, desk: Desk
) -> None:
    response = await post_form(asker.client, page, {"words": "急", "paper.1": "on"})
    html = await response.text()
    assert response.status == 400
    assert "要先勾选同意" in html and ">急</textarea>" in html
    assert re.search(r'name="paper\.1" checked', html)
    with desk.reading() as session:
        assert session.get(Ticket, 1) is None


async def test_what_is_too_long_is_said_at_its_field(asker: WorkerBrowser, page: str) -> None:
    response = await post_form(asker.client, page, {"consent": "on", "contact": "1" * 201})
    assert response.status == 400
    assert "联系方式写得太长，最多 200 个字。" in await response.text()


async def test_no_form_is_taken_without_its_token(asker: WorkerBrowser, page: str) -> None:
    form = {"form_token": "0" * 64, "consent": "on"}
    assert (await asker.client.post(page, data=form)).status == 400


async def test_it_becomes_a_case_of_its_own_kind_with_papers_and_a_promise(
    handed_in: CaseVisitor, desk: Desk
) -> None:
    ticket = handed_in.ticket()
    assert (ticket.kind, ticket.topic, ticket.region) == ("aid", "subsidy_hardship", "110000")
    assert ticket.due_at is not None and ticket.consent_at is not None
    assert ticket.facts == SCHOOL
    with desk.reading() as session:
        papers = fetch_papers(session, 1)
    assert [paper.name for paper in papers] == PAPERS
    assert [paper.at_hand for paper in papers] == [True, False, False, False]


async def test_the_receipt_comes_in_the_chat(handed_in: CaseVisitor) -> None:
    ticket = next(m for m in await handed_in.worker.messages() if kind_of(m) == "ticket")
    assert ticket["custom"]["title"] == "申请已交"
    assert ticket["custom"]["case"] == 1
    assert re.fullmatch(r"(\d{4} ){3}\d{4}", ticket["custom"]["receipt"])


async def test_the_officers_on_duty_are_told_once(
    asker: WorkerBrowser, page: str, desk: Desk, officer: Person
) -> None:
    with desk.transaction() as session:
        stored = session.get_one(Person, officer.id)
        stored.on_duty, stored.email = True, "zhao@example.org"
    for _ in range(2):
        await post_form(asker.client, page, {"consent": "on"})
    assert [notice.person_id for notice in notices(desk)] == [officer.id, None]


async def test_handed_in_again_it_is_the_same_case(
    handed_in: CaseVisitor, page: str, desk: Desk
) -> None:
    again = await handed_in.worker.client.get(page, allow_redirects=False)
    assert (again.status, again.headers["Location"]) == (303, "/cases/1")
    hidden = await handed_in.hidden()
    sent = await handed_in.worker.client.post(
        page, data=hidden | {"consent": "on"}, allow_redirects=False
    )
    assert sent.headers["Location"] == "/cases/1"
    with desk.reading() as session:
        assert session.get(Ticket, 2) is None


async def test_the_own_page_shows_what_is_missing_and_takes_files(handed_in: CaseVisitor) -> None:
    status, text = await handed_in.page("/cases/1?done=aid_sent")
    assert status == 200
    assert "申请交上去了" in text and "等工会的人来看" in text
    assert "还缺 身份证 你说手上有" in text and "还缺 户口本" in text
    assert (await handed_in.upload(photo(), "身份证.jpg")).status == 303


# the officer


async def test_the_case_page_shows_the_papers_and_who_has_what(
    handed_in: CaseVisitor, officer_page: StaffBrowser
) -> None:
    text = readable((await officer_page.page(CASE))[1])
    assert "困难援助" in text and "身份证 还缺（职工说手上有）" in text
    assert "13800001111" not in text


async def test_the_holder_changes_the_papers_and_the_worker_sees_it(
    held: StaffBrowser, handed_in: CaseVisitor, desk: Desk
) -> None:
    sent = await held.step(1, "papers", **{"paper.0": "given", "paper.3": "not_needed"})
    assert sent.headers["Location"] == f"{CASE}?done=papers_kept#papers"
    assert states(desk) == ["given", "missing", "missing", "not_needed"]
    text = (await handed_in.page())[1]
    assert "交了 身份证" in text and "不用交 困难证明" in text


async def test_one_click_asks_the_worker_for_what_is_missing(
    held: StaffBrowser, handed_in: CaseVisitor
) -> None:
    await held.step(1, "papers", **{"paper.0": "given", "paper.1": "given", "paper.3": "given"})
    html = (await held.page(CASE))[1]
    draft = html.split('id="papers-text"')[1].split(">")[1].split("<")[0]
    assert "还缺：录取通知书或在读证明。" in draft
    assert (await held.step(1, "ask", text=draft)).status == 303
    assert handed_in.ticket().status == "waiting"
    assert (await handed_in.worker.messages())[-1]["text"] == draft


async def test_with_nothing_missing_nothing_is_asked_for(held: StaffBrowser) -> None:
    await held.step(1, "papers", **{f"paper.{place}": "given" for place in range(4)})
    assert 'id="papers-text"' not in (await held.page(CASE))[1]


async def test_only_the_holder_changes_the_papers(
    held: StaffBrowser, people: DeskPeople, desk: Desk
) -> None:
    other = people.sign_in("officer", "qian")
    assert (await other.step(1, "papers", **{"paper.0": "given"})).status == 403
    assert states(desk) == ["missing"] * 4


async def test_it_is_closed_with_an_outcome_of_its_own(
    held: StaffBrowser, handed_in: CaseVisitor
) -> None:
    await held.step(1, "reply", text="批下来了。")
    page = (await held.page(CASE))[1]
    assert "已批准发放" in page and "已申请仲裁或投诉" not in page
    assert (await held.close(1, outcome="granted")).status == 303
    assert "办结：已批准发放" in (await handed_in.page())[1]


@pytest.mark.parametrize(
    ("outcome", "title"),
    [("referred_supervision", "转工会劳动法律监督"), ("referred_petition", "转信访")],
)
async def test_a_hand_over_is_told_to_the_worker(
    held: StaffBrowser, handed_in: CaseVisitor, outcome: str, title: str
) -> None:
    await held.step(1, "reply", text="我转给他们了。")
    await held.close(1, outcome=outcome)
    assert f"办结：{title}" in (await handed_in.page())[1]
    assert any(title in line for line in handed_in.told())


async def test_no_lawyer_reads_it(
    handed_in: CaseVisitor, lawyer_page: StaffBrowser, open_browser: Callable[[], Browser]
) -> None:
    assert (await lawyer_page.page(CASE))[0] == 404


async def test_opened_again_it_needs_the_consent_anew(handed_in: CaseVisitor) -> None:
    await handed_in.withdraw()
    assert (await handed_in.page("/cases/1/reopen"))[1].count("管帮扶的人看") == 1
    assert (await handed_in.reopen(consent="")).status == 400
    assert (await handed_in.reopen()).status == 303
    assert handed_in.ticket().status == "opened"
