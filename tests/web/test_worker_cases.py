"""A worker follows their own cases, without an account."""

from datetime import datetime

import pytest

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.handoffs import open_handoff
from gongyou.desk.tickets.life import close_ticket, reply_ticket
from gongyou.web.cookies import CHAT
from gongyou.wiring import Desk
from tests.web.browser import WorkerBrowser, kind_of
from tests.web.case_visitor import CaseVisitor, make_reachable
from tests.web.conftest import Clock


@pytest.fixture
def asked(desk: Desk, lawyer: Person) -> Person:
    return make_reachable(desk, lawyer)


@pytest.fixture
async def visitor(worker: WorkerBrowser, desk: Desk, clock: Clock, asked: Person) -> CaseVisitor:
    """A worker whose case 1 lies before a lawyer."""
    await worker.open_sheet()
    response = await worker.send_sheet(
        words="怕被开除", employer="焦作大河纺织有限公司", contact="138 0000 0000"
    )
    assert (await response.json())["case"] == 1
    return CaseVisitor(worker, desk, clock)


async def test_without_a_case_the_list_says_how_to_come_to_one(worker: WorkerBrowser) -> None:
    response = await worker.client.get("/cases")
    assert response.status == 200
    assert "这里还没有你的案件" in await response.text()


async def test_the_chat_page_leads_to_the_cases_once_there_is_one(worker: WorkerBrowser) -> None:
    link = 'id="to-cases" href="/cases"'
    assert f"{link} hidden" in await (await worker.client.get("/")).text()
    await worker.get_receipt()
    html = await (await worker.client.get("/")).text()
    assert link in html
    assert f"{link} hidden" not in html


async def test_the_receipt_card_names_its_case(visitor: CaseVisitor) -> None:
    card = next(m for m in await visitor.worker.messages() if kind_of(m) == "ticket")
    assert card["custom"]["case"] == 1


async def test_the_list_shows_where_each_case_stands(visitor: CaseVisitor) -> None:
    _, text = await visitor.page("/cases")
    assert (
        "停工停产的工资 正在找律师，已经请一位律师看 最晚 11月24日 周二 17:30 前有人答复你。"
        in text
    )


async def test_the_page_shows_what_was_sent(visitor: CaseVisitor) -> None:
    _, text = await visitor.page()
    for sent in ("河南省焦作市", "4,000 元", "焦作大河纺织有限公司", "怕被开除", "138 0000 0000"):
        assert sent in text
    assert "本厂工会 看不到" in text


async def test_a_case_goes_through_its_states_in_words(
    visitor: CaseVisitor, desk: Desk, asked: Person, now: datetime
) -> None:
    assert "正在找律师" in (await visitor.page())[1]
    visitor.accept(asked)
    assert "李律师在看" in (await visitor.page())[1]
    with desk.transaction() as session:
        reply_ticket(session, 1, asked, "请拍停工通知。", now, asks=True)
    assert "等你补充，李律师问了你话" in (await visitor.page())[1]
    with desk.transaction() as session:
        reply_ticket(session, 1, asked, "可以要 7,040 元。", now)
    assert "李律师答复了你" in (await visitor.page())[1]
    with desk.transaction() as session:
        close_ticket(session, 1, asked, now, "paid")
    assert "办结：拿到了钱" in (await visitor.page())[1]


async def test_a_broken_promise_is_owned_up_to(visitor: CaseVisitor, clock: Clock) -> None:
    clock.pass_by(days=9)
    _, text = await visitor.page()
    assert "说好 11月24日 周二 17:30 前答复你，已经过了，是我们没做到。" in text
    assert "12351" in text


async def test_the_legal_deadlines_are_shown_and_can_be_taken_along(visitor: CaseVisitor) -> None:
    _, text = await visitor.page()
    assert "申请劳动仲裁，要工资" in text
    calendar = await visitor.worker.client.get("/cases/1/deadlines.ics")
    content = await calendar.read()
    assert calendar.headers["Content-Type"].startswith("text/calendar")
    assert content.startswith(b"BEGIN:VCALENDAR")
    assert "大河纺织".encode() not in content


@pytest.mark.parametrize("path", ["", "/deadlines.ics", "/withdraw", "/reopen", "/files/1"])
async def test_another_chats_case_is_not_there(
    visitor: CaseVisitor, other_worker: WorkerBrowser, path: str
) -> None:
    await other_worker.say("你好")
    theirs = await other_worker.client.get(f"/cases/1{path}")
    nowhere = await other_worker.client.get(f"/cases/999{path}")
    assert theirs.status == nowhere.status == 404
    assert await theirs.text() == await nowhere.text()


async def test_a_receipt_opens_the_case_on_another_phone(
    worker: WorkerBrowser, other_worker: WorkerBrowser
) -> None:
    await other_worker.type_receipt(await worker.get_receipt())
    assert (await other_worker.client.get("/cases/1")).status == 200


async def test_a_call_for_a_person_is_a_case_too(
    worker: WorkerBrowser, desk: Desk, clock: Clock
) -> None:
    with desk.transaction() as session:
        chat, token = open_conversation(session, clock.now)
        open_handoff(
            session,
            chat.id,
            topic="human_handoff",
            region="000000",
            facts={},
            summary="",
            consent=True,
            now=clock.now,
        )
    worker.client.session.cookie_jar.update_cookies({CHAT: token}, worker.client.make_url("/"))
    visitor = CaseVisitor(worker, desk, clock)
    _, text = await visitor.page()
    assert "等工会的人来看" in text
    await visitor.withdraw()
    await visitor.reopen(consent="")
    assert visitor.ticket().status == "opened"
