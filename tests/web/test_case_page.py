"""The case page: what an offer shows, what the holder sees, and the way to each fact's words."""

import re
from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import func, select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.chat.messages import Message, write_message
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser, WorkerBrowser
from tests.web.conftest import Clock
from tests.web.fake_bot import SHEET, FakeBot, answer

EMPLOYER = "焦作市宏达机械有限公司"


@pytest.fixture
async def ticket(worker: WorkerBrowser, lawyer: Person, bot: FakeBot) -> WorkerBrowser:
    """Ticket 1, offered; its monthly wage comes from the worker's first message."""
    sheet: dict[str, Any] = deepcopy(SHEET)
    next(f for f in sheet["fields"] if f["name"] == "monthly_wage")["source"] = 1
    bot.answer = lambda said: [{"custom": sheet}] if said == "/find_lawyer" else answer(said)
    await worker.open_sheet()
    await worker.send_sheet(words="怕被开除", contact="138", employer=EMPLOYER)
    return worker


async def test_an_offer_shows_facts_why_and_the_conflict_question_and_nothing_more(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    _, html = await lawyer_page.page("/desk/tickets/1")
    for shown in (
        "4,000 元",
        "为什么问你",
        f"对方单位：<strong>{EMPLOYER}",
        "没有，接手",
        "有，不接",
    ):
        assert shown in html
    for hidden in ("厂里停工了", "怕被开除", "138", "7,040", "文件", "写文书"):
        assert hidden not in html


async def test_the_holder_sees_words_contact_and_employer(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    _, html = await lawyer_page.page("/desk/tickets/1")
    for shown in ("怕被开除", "138", EMPLOYER, "厂里停工了"):
        assert shown in html


async def test_a_fact_leads_to_the_message_it_came_from(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    _, html = await lawyer_page.page("/desk/tickets/1")
    assert 'href="#m1"' in html and 'id="m1"' in html


async def test_a_fact_told_long_ago_leads_to_the_page_of_the_talk_that_holds_it(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, desk: Desk, clock: Clock
) -> None:
    await lawyer_page.accept(1)
    talk_on(desk, clock, 60)
    _, html = await lawyer_page.page("/desk/tickets/1")
    assert 'id="m1"' not in html and "看更早的" in html
    (link,) = re.findall(r'href="([^"]+)#m1"', html)
    _, earlier = await lawyer_page.page(link)
    assert 'id="m1"' in earlier and "回到最新的" in earlier


def talk_on(desk: Desk, clock: Clock, count: int) -> None:
    with desk.transaction() as session:
        chat = session.get_one(Ticket, 1).conversation_id
        for _ in range(count):
            write_message(session, chat, sender="worker", text="嗯", now=clock())


async def test_the_talk_is_read_fifty_messages_at_a_time(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, desk: Desk, clock: Clock
) -> None:
    await lawyer_page.accept(1)
    talk_on(desk, clock, 120)
    with desk.reading() as session:
        total = session.scalars(select(func.count(Message.id))).one()
    seen, path = 0, "/desk/tickets/1"
    while path:
        _, html = await lawyer_page.page(path)
        seen += len(re.findall(r'<li id="m\d+"', html))
        earlier = re.search(r'href="([^"]+before=\d+)">看更早的', html)
        path = earlier.group(1) if earlier else ""
    assert seen == total


async def test_a_rule_that_changed_since_is_marked(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, desk: Desk
) -> None:
    await lawyer_page.accept(1)
    with desk.transaction() as session:
        session.get_one(Ticket, 1).conclusion = {
            "on": "2026-11-21",
            "topic": "wage_shutdown",
            "kind": "answer",
            "text": "应付 7,040 元",
            "status": "verified",
            "rules": [{"id": "CN-WS-001", "since": "1990-01-01", "status": "verified"}],
        }
    _, html = await lawyer_page.page("/desk/tickets/1")
    assert "这以后有规定变了" in html and "后来变了" in html
    assert 'href="/rules/CN-WS-001"' in html


async def test_the_deadlines_can_be_taken_along(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    response = await lawyer_page.client.get("/desk/tickets/1/deadlines.ics")
    body = await response.text()
    assert response.content_type == "text/calendar" and "BEGIN:VCALENDAR" in body
    assert EMPLOYER not in body


async def test_others_get_no_calendar(officer_page: StaffBrowser, ticket: WorkerBrowser) -> None:
    assert (await officer_page.page("/desk/tickets/1/deadlines.ics"))[0] == 404


async def test_asked_for_more_the_case_waits_and_goes_on_when_the_worker_writes(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    await lawyer_page.step(1, "ask", text="请拍一张工资条")
    assert "等职工回话" in (await lawyer_page.page("/desk/tickets/1"))[1]
    await ticket.say("好")
    _, html = await lawyer_page.page("/desk/tickets/1")
    assert "处理中" in html and "前答复" in html


async def test_transferred_the_next_lawyer_is_asked_and_the_worker_told_until_when(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, other_lawyer: Person, desk: Desk
) -> None:
    await lawyer_page.accept(1)
    response = await lawyer_page.step(1, "transfer", reason="下周出庭")
    assert response.headers["Location"] == "/desk?done=transferred"
    told = (await ticket.messages())[-1]["text"]
    assert "李律师把这件事转给别人接着办" in told and "前会有人在这里回你" in told
    assert "下周出庭" not in told
    status, html = await lawyer_page.page("/desk/tickets/1")
    assert status == 404 and "不在你手上" in html
    with desk.reading() as session:
        assert session.get_one(Ticket, 1).status == "offered"


async def test_a_case_is_not_transferred_without_a_reason(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    response = await lawyer_page.step(1, "transfer", reason=" ")
    assert response.status == 400 and "为什么要转" in await response.text()


async def test_a_case_closes_with_an_outcome_only(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    await lawyer_page.step(1, "reply", text="答复")
    response = await lawyer_page.step(1, "close", outcome="won", note="写好的说明")
    html = await response.text()
    assert response.status == 400 and "选一个办理结果" in html and "写好的说明" in html
    assert (await lawyer_page.close(1, outcome="paid", note="厂里付了")).status == 303
    _, html = await lawyer_page.page("/desk/tickets/1")
    assert "拿到了钱" in html and "厂里付了" in html
    assert "厂里付了" not in (await ticket.messages())[-1]["text"]


async def test_accepting_does_not_put_off_what_was_promised(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, desk: Desk, clock: Clock
) -> None:
    with desk.reading() as session:
        promised = session.get_one(Ticket, 1).due_at
    clock.pass_by(minutes=20)
    await lawyer_page.accept(1)
    with desk.reading() as session:
        assert session.get_one(Ticket, 1).due_at == promised


async def test_an_open_page_hears_that_the_state_changed(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    before = await mark_of(lawyer_page)
    await lawyer_page.step(1, "reply", text="答复")
    assert await mark_of(lawyer_page) != before


async def mark_of(page: StaffBrowser) -> str:
    response = await page.client.get("/desk/tickets/1/news?after=0&auto")
    return str((await response.json())["mark"])


async def test_a_refused_look_is_in_the_trail(
    officer_page: StaffBrowser, ticket: WorkerBrowser, desk: Desk
) -> None:
    await officer_page.page("/desk/tickets/1")
    with desk.reading() as session:
        actions = session.scalars(select(AuditEvent.action)).all()
    assert "ticket.refused" in actions
