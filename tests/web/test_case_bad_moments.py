"""What can happen between opening a page and pressing its button: one outcome each, told."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from aiohttp import ClientResponse
from sqlalchemy import select

from gongyou.desk.chat.conversations import Conversation
from gongyou.desk.errors import DeskUnavailable
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.lawyers import Conflict
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.routing.offers import pass_on_expired
from gongyou.desk.tickets.handoffs import open_handoff
from gongyou.desk.tickets.life import withdraw_ticket
from gongyou.desk.tickets.table import Ticket
from gongyou.rulebook import Rulebook
from gongyou.wiring import Desk
from tests.fixtures import PASSWORD, add_person
from tests.web.browser import StaffBrowser, WorkerBrowser
from tests.web.conftest import Browser, Clock

type OpenBrowser = Callable[[], Browser]


@pytest.fixture
async def ticket(worker: WorkerBrowser, lawyer: Person) -> WorkerBrowser:
    """The worker whose legal-aid ticket 1 is offered to 李律师."""
    await worker.open_sheet()
    await worker.send_sheet(employer="焦作市宏达机械有限公司")
    return worker


@pytest.fixture
async def in_hand(lawyer_page: StaffBrowser, ticket: WorkerBrowser) -> StaffBrowser:
    """李律师's browser, with ticket 1 accepted."""
    await lawyer_page.accept(1)
    return lawyer_page


@pytest.fixture
async def second_page(lawyer: Person, open_browser: OpenBrowser) -> StaffBrowser:
    """The same lawyer in another browser."""
    return await sign_in(open_browser, lawyer)


async def sign_in(open_browser: OpenBrowser, person: Person) -> StaffBrowser:
    browser = StaffBrowser(open_browser())
    await browser.sign_in(person.login, PASSWORD)
    return browser


def told(messages: list[dict[str, object]], part: str) -> int:
    return sum(part in str(message["text"]) for message in messages)


def withdraw(desk: Desk, clock: Clock) -> None:
    with desk.transaction() as session:
        ticket = session.get_one(Ticket, 1)
        withdraw_ticket(session, ticket.conversation_id, 1, clock())


# accepting


async def test_without_an_answer_to_the_conflict_question_nothing_is_accepted(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, desk: Desk
) -> None:
    response = await lawyer_page.step(1, "accept")
    assert response.status == 403
    assert "没有利害关系" in await response.text()
    with desk.reading() as session:
        assert session.get_one(Ticket, 1).status == "offered"


async def test_of_two_officers_who_take_at_once_one_is_told_that_the_other_has_it(
    officer_page: StaffBrowser,
    worker: WorkerBrowser,
    desk: Desk,
    password_hash: str,
    open_browser: OpenBrowser,
) -> None:
    other = await sign_in(
        open_browser, add_person(desk, password_hash, "qian", "钱干部", "officer")
    )
    await worker.say("厂里停工了")
    await worker.until(lambda m: bool(m["buttons"]))
    open_handoff_for(desk)
    answers = await asyncio.gather(officer_page.accept(1), other.accept(1))
    late = max(answers, key=lambda answer: answer.status)
    assert sorted(answer.status for answer in answers) == [303, 409]
    assert "别人先接手了" in await late.text()
    assert told(await worker.messages(), "接手了") == 1


def open_handoff_for(desk: Desk) -> None:
    with desk.transaction() as session:
        chat = session.scalars(select(Conversation)).one()
        open_handoff(
            session,
            chat.id,
            topic="human_handoff",
            region="000000",
            facts={},
            summary="",
            consent=True,
            now=chat.created_at,
        )


async def test_two_lawyers_accept_after_the_case_was_passed_on_and_only_the_second_gets_it(
    lawyer_page: StaffBrowser,
    ticket: WorkerBrowser,
    other_lawyer: Person,
    open_browser: OpenBrowser,
    desk: Desk,
    clock: Clock,
    rulebook: Rulebook,
) -> None:
    other = await sign_in(open_browser, other_lawyer)
    await lawyer_page.page("/desk/tickets/1")
    pass_on(desk, clock, rulebook)
    await lawyer_page.sign_in("li", PASSWORD)  # the offer took longer than a sign-in may idle
    await other.sign_in("wang", PASSWORD)
    late = await press(lawyer_page, "accept", no_conflict="yes")
    assert late.status == 403 and "不在你这里了" in await late.text()
    assert (await other.accept(1)).status == 303


async def press(page: StaffBrowser, step: str, **fields: str) -> ClientResponse:
    """As from a page that was opened earlier, when the case could still be read."""
    return await page.step(1, step, page="/desk", **fields)


def pass_on(desk: Desk, clock: Clock, rulebook: Rulebook) -> None:
    """The offer runs out and the clerk asks the next lawyer."""
    with desk.transaction() as session:
        offer = session.scalars(select(Offer).where(Offer.answer == "pending")).one()
        clock.now = offer.expires_at + timedelta(minutes=1)
        pass_on_expired(session, rulebook.calendar.is_workday, clock())


async def test_an_offer_that_ran_out_but_was_not_passed_on_can_still_be_taken(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, desk: Desk, clock: Clock
) -> None:
    with desk.reading() as session:
        clock.now = session.scalars(select(Offer)).one().expires_at + timedelta(minutes=1)
    await lawyer_page.sign_in("li", PASSWORD)
    assert "还算数" in (await lawyer_page.page("/desk/tickets/1"))[1]
    assert (await lawyer_page.accept(1)).status == 303


async def test_a_conflict_is_kept_and_the_next_lawyer_asked(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, other_lawyer: Person, desk: Desk
) -> None:
    for _ in range(2):  # clicked twice
        response = await press(lawyer_page, "decline", conflict="yes")
        assert response.headers["Location"] == "/desk?done=conflict_kept"
    with desk.reading() as session:
        assert [c.name for c in session.scalars(select(Conflict))] == ["焦作市宏达机械有限公司"]
        pending = session.scalars(select(Offer).where(Offer.answer == "pending")).one()
        assert pending.person_id == other_lawyer.id


# a step on a case that is no longer as the page shows it


async def test_a_transfer_during_an_answer_keeps_the_words(
    in_hand: StaffBrowser, second_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await second_page.step(1, "transfer", reason="下周出庭")
    response = await press(in_hand, "reply", text="先把工资条<留好>")
    html = await response.text()
    assert response.status == 409
    assert "已经不在你手上" in html and "先把工资条&lt;留好&gt;" in html
    assert told(await ticket.messages(), "工资条<") == 0


async def test_a_case_withdrawn_meanwhile_keeps_the_words_and_shows_nothing_else(
    in_hand: StaffBrowser, ticket: WorkerBrowser, desk: Desk, clock: Clock
) -> None:
    withdraw(desk, clock)
    response = await press(in_hand, "reply", text="先把工资条留好")
    html = await response.text()
    assert response.status == 409
    assert "职工把这件事撤回了" in html and "先把工资条留好" in html
    assert "回到这张工单" not in html
    status, gone = await in_hand.page("/desk/tickets/1")
    assert status == 404 and "职工把这件事撤回了" in gone and "厂里停工了" not in gone


async def test_a_reply_to_a_closed_case_opens_it_again_with_one_click(
    in_hand: StaffBrowser, second_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await second_page.step(1, "reply", text="答复")
    await second_page.close(1)
    response = await in_hand.step(1, "reply", text="还有一句")
    html = await response.text()
    assert response.status == 409
    assert "已经办结" in html and "还有一句" in html and "重新打开" in html
    assert (await in_hand.step(1, "reopen", text="还有一句")).status == 303
    messages = await ticket.messages()
    assert messages[-1]["text"] == "还有一句"
    assert told(messages, "重新打开了这件事") == 1


async def test_a_stranger_learns_nothing_of_a_case_by_trying_its_steps(
    in_hand: StaffBrowser, ticket: WorkerBrowser, other_lawyer: Person, open_browser: OpenBrowser
) -> None:
    other = await sign_in(open_browser, other_lawyer)
    for step in ("accept", "decline", "reply", "transfer", "close", "reopen"):
        fields = {"text": "x", "reason": "x", "outcome": "advised", "no_conflict": "yes"}
        response = await press(other, step, **fields)
        assert response.status == 404
        assert "没有这张工单" in await response.text()


async def test_words_that_are_too_long_come_back_whole(in_hand: StaffBrowser) -> None:
    response = await in_hand.step(1, "reply", text="长" * 2_001)
    html = await response.text()
    assert response.status == 400
    assert "长" * 2_001 in html and 'action="/desk/tickets/1/reply"' in html


# the same click twice


@pytest.mark.parametrize(
    ("step", "fields", "line"),
    [
        ("accept", {"no_conflict": "yes"}, "接手了"),
        ("reply", {"text": "第二次答复"}, "第二次答复"),
        ("ask", {"text": "请补工资条"}, "请补工资条"),
        ("transfer", {"reason": "下周出庭"}, "转给别人接着办"),
        ("close", {"outcome": "paid"}, "拿到了钱"),
    ],
)
async def test_the_same_click_twice_does_it_once(
    in_hand: StaffBrowser, ticket: WorkerBrowser, step: str, fields: dict[str, str], line: str
) -> None:
    if step == "close":
        await in_hand.step(1, "reply", text="答复")
    for _ in range(2):
        assert (await press(in_hand, step, key="one", **fields)).status == 303
    assert told(await ticket.messages(), line) == 1


async def test_closed_in_two_browsers_it_is_closed_once(
    in_hand: StaffBrowser, second_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await in_hand.step(1, "reply", text="答复")
    assert (await in_hand.close(1)).status == 303
    late = await second_page.close(1, note="写了一半")
    html = await late.text()
    assert late.status == 409 and "已经办结" in html and "写了一半" in html
    assert told(await ticket.messages(), "结束了这次处理") == 1


# the clock


async def test_with_the_clock_moved_back_a_closed_case_still_shows_its_talk_and_no_more(
    in_hand: StaffBrowser, ticket: WorkerBrowser, clock: Clock
) -> None:
    await in_hand.step(1, "reply", text="先把工资条留好")
    clock.pass_by(hours=-2)
    await in_hand.sign_in("li", PASSWORD)
    assert (await in_hand.close(1)).status == 303
    await ticket.say("这句只跟机器人说")
    html = (await in_hand.page("/desk/tickets/1"))[1]
    assert "先把工资条留好" in html and "结束了这次处理" in html
    assert "这句只跟机器人说" not in html


async def test_when_the_database_is_busy_the_words_come_back_to_be_sent_again(
    in_hand: StaffBrowser, ticket: WorkerBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> str:
        raise DeskUnavailable("locked")

    with monkeypatch.context() as patched:
        patched.setattr("gongyou.web.staff.cases.steps.reply", busy)
        response = await in_hand.step(1, "reply", text="先把工资条留好")
    html = await response.text()
    assert response.status == 503
    assert "先把工资条留好" in html and 'action="/desk/tickets/1/reply"' in html
