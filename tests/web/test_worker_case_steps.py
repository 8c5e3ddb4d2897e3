"""A worker withdraws a case and opens it again, at any hour and however often they tap."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.errors import DeskError
from gongyou.desk.notices.table import Notice
from gongyou.desk.people.accounts import Person
from gongyou.desk.routing.offers import fetch_offers
from gongyou.desk.tickets.life import close_ticket, reply_ticket
from gongyou.desk.tickets.opening import open_ticket
from gongyou.wiring import Desk
from tests.web.browser import WorkerBrowser
from tests.web.case_visitor import CaseVisitor, make_reachable, readable
from tests.web.conftest import Clock


@pytest.fixture
def asked(desk: Desk, lawyer: Person) -> Person:
    return make_reachable(desk, lawyer)


@pytest.fixture
async def visitor(worker: WorkerBrowser, desk: Desk, clock: Clock, asked: Person) -> CaseVisitor:
    """A worker whose case 1 lies before a lawyer."""
    await worker.get_receipt()
    return CaseVisitor(worker, desk, clock)


@pytest.fixture
def held(visitor: CaseVisitor, asked: Person) -> CaseVisitor:
    """The lawyer has taken it."""
    visitor.accept(asked)
    return visitor


@pytest.fixture
def closed(held: CaseVisitor, desk: Desk, asked: Person) -> CaseVisitor:
    """And has closed it."""
    with desk.transaction() as session:
        reply_ticket(session, 1, asked, "可以要。", held.clock.now)
        close_ticket(session, 1, asked, held.clock.now, "advised")
    return held


def notices(desk: Desk, kind: str) -> Sequence[Notice]:
    with desk.reading() as session:
        return list(session.scalars(select(Notice).where(Notice.kind == kind)))


def call_person(session: Session, chat: str, now: datetime) -> None:
    """A second case of the chat, which nobody has in hand."""
    open_ticket(
        session,
        chat,
        kind="handoff",
        topic="human_handoff",
        region="000000",
        facts={},
        summary="",
        words="",
        contact="",
        consent=False,
        idempotency_key="second",
        now=now,
    )


def dismiss(desk: Desk, person: Person) -> None:
    with desk.transaction() as session:
        session.get_one(Person, person.id).active = False


async def test_withdrawing_says_first_what_it_means(visitor: CaseVisitor) -> None:
    status, text = await visitor.page("/cases/1/withdraw")
    assert status == 200
    assert "律师和工会的人都不再看它" in text
    assert visitor.ticket().status == "offered"


async def test_a_withdrawn_case_is_said_so_everywhere(held: CaseVisitor, desk: Desk) -> None:
    response = await held.withdraw()
    assert (response.status, response.headers["Location"]) == (303, "/cases/1?done=withdrawn")
    assert held.ticket().status == "withdrawn"
    assert "你撤回了「停工停产的工资」这件事" in held.told()[-1]
    assert [notice.subject for notice in notices(desk, "withdrawn")] == ["ticket:1"]
    assert (await held.worker.news())["mode"] == "bot"


async def test_withdrawing_twice_is_withdrawing_once(held: CaseVisitor, desk: Desk) -> None:
    hidden = await held.hidden("/cases/1/withdraw")
    for _ in range(2):
        response = await held.worker.client.post(
            "/cases/1/withdraw", data=hidden, allow_redirects=False
        )
        assert response.status == 303
    assert sum("你撤回了" in line for line in held.told()) == 1
    assert len(notices(desk, "withdrawn")) == 1


async def test_an_old_form_does_not_withdraw_a_case_opened_again(held: CaseVisitor) -> None:
    hidden = await held.hidden("/cases/1/withdraw")
    await held.worker.client.post("/cases/1/withdraw", data=hidden)
    await held.reopen()
    await held.worker.client.post("/cases/1/withdraw", data=hidden)
    assert held.ticket().status != "withdrawn"


async def test_the_offer_of_a_withdrawn_case_is_called_off(
    visitor: CaseVisitor, desk: Desk, asked: Person
) -> None:
    await visitor.withdraw()
    with desk.reading() as session:
        assert [offer.answer for offer in fetch_offers(session, 1)] == ["cancelled"]
    with pytest.raises(DeskError):
        visitor.accept(asked)


async def test_the_lawyer_who_was_asked_is_told_of_the_withdrawal(
    visitor: CaseVisitor, desk: Desk, asked: Person
) -> None:
    await visitor.withdraw()
    assert [notice.person_id for notice in notices(desk, "withdrawn")] == [asked.id]


async def test_withdrawing_says_who_still_reads_the_talk_for_another_case(
    held: CaseVisitor, desk: Desk
) -> None:
    assert "这段对话" not in (await held.page("/cases/1/withdraw"))[1]
    with desk.transaction() as session:
        call_person(session, held.ticket().conversation_id, held.clock.now)
    assert "这段对话李律师还能看" in (await held.page("/cases/2/withdraw"))[1]
    assert "这段对话" not in (await held.page("/cases/1/withdraw"))[1]


async def test_withdrawn_while_the_lawyer_accepts_it_stays_withdrawn(
    visitor: CaseVisitor, asked: Person
) -> None:
    hidden = await visitor.hidden("/cases/1/withdraw")
    withdrawing = visitor.worker.client.post("/cases/1/withdraw", data=hidden)
    accepting = asyncio.to_thread(visitor.accept, asked)
    await asyncio.gather(withdrawing, accepting, return_exceptions=True)
    assert visitor.ticket().status == "withdrawn"
    assert (await visitor.worker.news())["mode"] == "bot"


async def test_a_closed_case_needs_no_withdrawing(closed: CaseVisitor) -> None:
    hidden = await closed.hidden("/cases/1/reopen")
    response = await closed.worker.client.post("/cases/1/withdraw", data=hidden)
    assert response.status == 409
    assert "已经办结，不用再撤回" in readable(await response.text())


async def test_another_chat_cannot_withdraw(
    visitor: CaseVisitor, other_worker: WorkerBrowser
) -> None:
    await other_worker.get_receipt()
    form = await CaseVisitor(other_worker, visitor.desk, visitor.clock).hidden("/cases/2/withdraw")
    response = await other_worker.client.post("/cases/1/withdraw", data=form)
    assert response.status == 404
    assert visitor.ticket().status == "offered"


async def test_without_the_forms_token_nothing_is_withdrawn(visitor: CaseVisitor) -> None:
    response = await visitor.worker.client.post("/cases/1/withdraw", data={"key": "k"})
    assert response.status == 400
    assert visitor.ticket().status == "offered"


async def test_opening_again_needs_the_consent_anew(closed: CaseVisitor) -> None:
    response = await closed.reopen(consent="")
    assert response.status == 400
    assert "要先勾选同意" in readable(await response.text())
    assert closed.ticket().status == "closed"


async def test_a_closed_case_opens_again_with_its_holder(closed: CaseVisitor, desk: Desk) -> None:
    response = await closed.reopen()
    ticket = closed.ticket()
    assert response.headers["Location"] == "/cases/1?done=reopened"
    assert (ticket.status, ticket.outcome is not None) == ("accepted", True)
    assert "还是李律师接着办" in closed.told()[-1]
    assert ticket.due_at is not None
    assert len(notices(desk, "worker_wrote")) == 1


async def test_opening_again_twice_is_once(closed: CaseVisitor) -> None:
    hidden = await closed.hidden("/cases/1/reopen") | {"consent": "on"}
    for _ in range(2):
        await closed.worker.client.post("/cases/1/reopen", data=hidden)
    assert sum("你重新打开了" in line for line in closed.told()) == 1


async def test_opened_again_after_the_holder_left_another_lawyer_is_asked(
    closed: CaseVisitor, desk: Desk, asked: Person, other_lawyer: Person
) -> None:
    make_reachable(desk, other_lawyer)
    dismiss(desk, asked)
    await closed.reopen()
    ticket = closed.ticket()
    assert (ticket.status, ticket.person_id) == ("offered", None)
    assert "正在找律师" in closed.told()[-1]
    with desk.reading() as session:
        assert fetch_offers(session, 1)[-1].person_id == other_lawyer.id


async def test_a_withdrawn_case_is_routed_again(visitor: CaseVisitor, clock: Clock) -> None:
    await visitor.withdraw()
    clock.pass_by(days=3)
    await visitor.reopen()
    ticket = visitor.ticket()
    assert ticket.status in ("opened", "offered")
    assert ticket.consent_at == clock.now
    assert ticket.due_at is not None
    assert ticket.due_at > clock.now


async def test_the_holder_hears_once_a_stretch_that_the_worker_wrote(
    held: CaseVisitor, desk: Desk, asked: Person
) -> None:
    for text in ("在吗", "还有一件事", "老板今天来了"):
        await held.worker.say(text)
    assert len(notices(desk, "worker_wrote")) == 1
    with desk.transaction() as session:
        reply_ticket(session, 1, asked, "在。", held.clock.now)
    await held.worker.say("好的")
    assert len(notices(desk, "worker_wrote")) == 2


async def test_what_the_lawyer_waited_for_gets_a_new_promise(
    held: CaseVisitor, desk: Desk, asked: Person
) -> None:
    with desk.transaction() as session:
        reply_ticket(session, 1, asked, "停工通知有吗？", held.clock.now, asks=True)
    await held.worker.say("有")
    ticket = held.ticket()
    assert ticket.status == "accepted"
    assert ticket.due_at is not None


async def test_nobody_hears_of_what_only_the_bot_is_told(visitor: CaseVisitor, desk: Desk) -> None:
    await visitor.worker.say("再问一句")
    assert notices(desk, "worker_wrote") == []
