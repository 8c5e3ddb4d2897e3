"""The queue: what waits, what is in hand, what is done, each with its times."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from gongyou.desk.people.accounts import Person
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser, WorkerBrowser
from tests.web.conftest import Clock


@pytest.fixture
async def ticket(worker: WorkerBrowser, lawyer: Person) -> WorkerBrowser:
    await worker.open_sheet()
    await worker.send_sheet()
    return worker


async def lines(page: StaffBrowser, tab: str) -> str:
    status, html = await page.page(f"/desk?tab={tab}")
    assert status == 200
    return html.split("</h1>")[1]


async def test_an_offer_waits_under_todo_with_its_promise_and_its_time(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    html = await lines(lawyer_page, "todo")
    for text in ("停工停产的工资", "河南省焦作市", "等律师接手", "前答复", "前回话接不接"):
        assert text in html


async def test_accepted_it_moves_from_todo_to_mine_and_closed_to_done(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    assert "/desk/tickets/1" not in await lines(lawyer_page, "todo")
    assert "/desk/tickets/1" in await lines(lawyer_page, "mine")
    await lawyer_page.step(1, "reply", text="答复")
    await lawyer_page.close(1)
    assert "/desk/tickets/1" not in await lines(lawyer_page, "mine")
    assert "/desk/tickets/1" in await lines(lawyer_page, "done")


async def test_with_nothing_to_take_the_queue_opens_on_what_is_in_hand(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    _, html = await lawyer_page.page("/desk")
    assert 'href="/desk?tab=mine" aria-current="page"' in html


async def test_a_broken_promise_says_by_how_much(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, desk: Desk, clock: Clock
) -> None:
    await lawyer_page.accept(1)
    with desk.reading() as session:
        due = session.get_one(Ticket, 1).due_at
        assert due is not None
    clock.now = due + timedelta(hours=3)
    await lawyer_page.sign_in("li", "correct horse battery")
    html = await lines(lawyer_page, "mine")
    assert "说好" in html and "已经晚了 3 小时" in html and 'class="said late"' in html


async def test_an_offer_that_ran_out_is_told_in_the_line(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, desk: Desk, clock: Clock
) -> None:
    with desk.reading() as session:
        clock.now = session.scalars(select(Offer)).one().expires_at
    await lawyer_page.sign_in("li", "correct horse battery")
    assert "回话的时间过了" in await lines(lawyer_page, "todo")


async def test_what_the_worker_wrote_after_the_lawyer_is_marked_until_answered(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    assert "职工有新话" not in await lines(lawyer_page, "mine")
    await ticket.say("还有一件事")
    assert "职工有新话" in await lines(lawyer_page, "mine")
    await lawyer_page.step(1, "reply", text="答复")
    assert "职工有新话" not in await lines(lawyer_page, "mine")


@pytest.mark.parametrize("query", ["?tab=nothing", "?page=x", "?page=-3", "?tab=mine&page=999999"])
async def test_an_address_that_was_typed_wrong_still_gives_a_queue(
    lawyer_page: StaffBrowser, query: str
) -> None:
    assert (await lawyer_page.page(f"/desk{query}"))[0] == 200


async def test_fifty_lines_a_page(
    lawyer_page: StaffBrowser, lawyer: Person, ticket: WorkerBrowser, desk: Desk
) -> None:
    await lawyer_page.accept(1)
    copy_ticket(desk, 51)
    first, second = await lines(lawyer_page, "mine"), await lines(lawyer_page, "mine&page=2")
    assert (first.count('class="topic"'), second.count('class="topic"')) == (50, 2)
    assert "page=2" in first and "page=1" in second


def copy_ticket(desk: Desk, times: int) -> None:
    unique = {"id", "receipt_hash", "idempotency_key"}
    with desk.transaction() as session:
        first = session.get_one(Ticket, 1)
        columns = [c.key for c in Ticket.__table__.columns if c.key not in unique]
        kept = {name: getattr(first, name) for name in columns}
        for number in range(times):
            session.add(Ticket(**kept, receipt_hash=str(number), idempotency_key=str(number)))


async def test_an_officers_all_leads_to_the_routing_and_shows_no_content(
    officer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    html = await lines(officer_page, "all")
    assert 'href="/desk/tickets/1/routing"' in html
    assert "4,000" not in html
