"""Attacks on what officers and clerks of the hotline work with: everybody sees what is theirs."""

import pytest
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.web.browser import TOKEN, StaffBrowser, WorkerBrowser, first, post_form
from tests.web.clerk import CALLS, QUESTION, Clerk
from tests.web.desk_people import DeskPeople, send
from tests.web.fake_bot import FakeBot
from tests.web.live_page import LIVE, Console, desk_stream
from tests.web.test_calls import PAGES, RECEIPT

TO_A_PERSON = {"title": "转人工", "payload": "/human_handoff"}
HERE, FAR = "410800", "430100"


def move(desk: Desk, person: Person, region: str) -> None:
    """Ticket 1 is of HERE, and the account of this region now."""
    with desk.transaction() as session:
        session.get_one(Ticket, 1).region = HERE
        session.get_one(Person, person.id).regions = [region]


def looks(desk: Desk, person: Person) -> list[str]:
    """What the trail tells of this person's looks at ticket 1."""
    query = select(AuditEvent.action).where(
        AuditEvent.actor == f"person:{person.id}", AuditEvent.subject == "ticket:1"
    )
    with desk.reading() as session:
        return list(session.scalars(query.order_by(AuditEvent.id)))


# the hotline


async def test_a_call_stays_the_callers_own_when_their_browser_forgets_it(
    people: DeskPeople, worker: WorkerBrowser
) -> None:
    clerk = Clerk(people.sign_in("hotline"))
    await clerk.start()
    await clerk.call_officer()
    found = RECEIPT.search(await clerk.page())
    assert found is not None
    await worker.type_receipt(found[1])
    await worker.say("这句只有我自己知道")
    await worker.client.post("/api/forget", json={})
    for page in PAGES:
        assert (await clerk.browser.page(clerk.path + page))[0] == 404
    assert f'href="{clerk.path}"' not in (await clerk.browser.page(CALLS))[1]


async def test_no_more_is_promised_aloud_than_holds(
    people: DeskPeople, officer_page: StaffBrowser
) -> None:
    clerk = Clerk(people.sign_in("hotline"))
    await clerk.start()
    asked = await clerk.page("/person")
    await clerk.call_officer()
    assert QUESTION in (await officer_page.page("/desk/tickets/1"))[1]  # who has not taken it
    assert "工会的干部能看到" in asked and "只有" not in asked.split("念给对方听")[1][:200]


async def test_a_clerk_presses_nothing_for_which_the_caller_is_asked_first(
    people: DeskPeople, bot: FakeBot
) -> None:
    clerk = Clerk(people.sign_in("hotline"))
    bot.answer = lambda said: [{"text": "要不要找人？", "buttons": [TO_A_PERSON]}]
    await clerk.start()
    assert (await clerk.post("/press", message="2", index="0", key="k")).status == 400
    assert TO_A_PERSON["payload"] not in bot.said()


# the live conversation


@pytest.mark.parametrize("what", ["typing", "seen"])
async def test_who_may_read_the_chat_no_more_types_and_marks_no_more(
    console: Console, desk: Desk, officer: Person, what: str
) -> None:
    token = first(TOKEN, await console.html())
    move(desk, officer, FAR)
    body = {"form_token": token, "delivered": 1, "read": 1}
    assert (await console.staff.client.post(f"{LIVE}/{what}", json=body)).status == 404


async def test_a_stream_that_was_refused_leaves_the_next_one_in_the_trail(
    caller: WorkerBrowser, people: DeskPeople, desk: Desk
) -> None:
    person = people.add("officer", "far")
    move(desk, person, FAR)
    staff = people.browser_of(person)
    assert (await staff.client.get(f"{LIVE}/events")).status == 404
    move(desk, person, HERE)
    async with desk_stream(staff) as page:
        await page.state()
    assert looks(desk, person) == ["ticket.refused", "ticket.read"]


# the search


async def test_whose_words_a_search_shows_the_trail_tells_of_each_case(
    caller: WorkerBrowser, officer_page: StaffBrowser, officer: Person, desk: Desk
) -> None:
    await caller.say("孩子学费交不上了")
    for words in ("学费", "1", "没有这个词"):
        await send(officer_page, "/desk/search", "/desk/search", q=words)
    assert looks(desk, officer) == ["ticket.found"]


# teaching


@pytest.mark.parametrize("tab", ["x\r\nSet-Cookie: a=b", "waiting&done=approved", "教学"])
async def test_a_step_leads_back_to_a_known_list_only(
    caller: WorkerBrowser, officer_page: StaffBrowser, people: DeskPeople, tab: str
) -> None:
    (said,) = [one["id"] for one in await caller.messages() if one["text"] == "我要找人"]
    page = f"/desk/tickets/1/teach/{said}"
    lesson = {"text": "老是半夜叫我们去", "topic": "overtime_pay"}
    assert (await post_form(officer_page.client, page, lesson, page)).status == 303
    editor = people.sign_in("editor")
    path = "/desk/teaching/1/approve"
    response = await post_form(editor.client, path, {"tab": tab}, "/desk/teaching")
    assert response.headers["Location"] == "/desk/teaching?tab=waiting&done=approved"
