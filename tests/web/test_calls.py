"""A caller of 12351: a clerk types their words, reads the answer out, and finds them a person."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from gongyou.desk.calls.table import HotlineCall
from gongyou.desk.chat.conversations import Conversation, ConversationKey
from gongyou.desk.chat.messages import Message
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser, WorkerBrowser, post_form
from tests.web.clerk import CALLS, QUESTION, Clerk
from tests.web.conftest import Browser, Clock
from tests.web.desk_people import DeskPeople
from tests.web.fake_bot import FakeBot

RECEIPT = re.compile(r'<p class="code">([\d ]{19})</p>')


@pytest.fixture
def he(people: DeskPeople) -> Person:
    """The clerk's account."""
    return people.add("hotline")


@pytest.fixture
async def clerk(people: DeskPeople, he: Person) -> Clerk:
    return Clerk(people.browser_of(he))


@pytest.fixture
async def answered(clerk: Clerk) -> Clerk:
    """A call that has its answer."""
    await clerk.start()
    return clerk


def tickets(desk: Desk) -> list[Ticket]:
    with desk.reading() as session:
        return list(session.scalars(select(Ticket).order_by(Ticket.id)))


# asking


async def test_the_answer_is_shown_to_be_read_out(clerk: Clerk) -> None:
    assert (await clerk.start()).status == 303
    page = await clerk.page()
    read_out = (
        "到现在厂里一共应付你 7,040 元。",
        "照合同发 4,000 元",
        "劳部发〔1994〕489号",
        "留好工资条",
    )
    assert [words for words in (*read_out, "12333") if words not in page] == []


async def test_the_bots_question_is_shown_with_its_choices(clerk: Clerk, bot: FakeBot) -> None:
    choices = [{"title": "没干", "payload": "/inform"}]
    bot.answer = lambda said: [{"text": "停工从哪天开始？", "buttons": choices}]
    await clerk.start()
    assert "停工从哪天开始？" in await clerk.page()
    await clerk.press("没干")
    await clerk.until(lambda page: "对方说：没干" in page)
    assert bot.said() == [QUESTION, "/inform"]


async def test_the_callers_next_words_go_the_same_way(answered: Clerk, bot: FakeBot) -> None:
    await answered.say("对方又说工资是4500")
    assert bot.said()[-1] == "对方又说工资是4500"
    assert "收到：对方又说工资是4500" in await answered.page()


async def test_the_place_goes_with_the_question(clerk: Clerk, bot: FakeBot) -> None:
    await clerk.start(region="河南焦作")
    assert bot.said() == [f"我在河南省焦作市。{QUESTION}"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"text": " "}, "还没写对方说的话"),
        ({"text": "停" * 2001}, "一次最多写 2000 个字，这次有 2001 个"),
        ({"text": "停工了", "region": "没有这里"}, "「地区」里没有找到：没有这里"),
        ({"text": "停工了", "region": "焦作、郑州"}, "「地区」只写一个地方"),
    ],
)
async def test_a_wrong_field_is_named_and_nothing_is_lost(
    clerk: Clerk, bot: FakeBot, fields: dict[str, str], says: str
) -> None:
    response = await clerk.start(**fields)
    page = await response.text()
    assert (response.status, says in page, bot.said()) == (400, True, [])
    assert fields["text"].strip() in page


async def test_a_form_sent_twice_is_one_call(clerk: Clerk, desk: Desk) -> None:
    first, second = await clerk.again(CALLS, text=QUESTION)
    assert first.headers["Location"] == second.headers["Location"] == f"{CALLS}/1"
    with desk.reading() as session:
        assert len(session.scalars(select(HotlineCall)).all()) == 1
        assert len(session.scalars(select(Message).where(Message.sender == "worker")).all()) == 1


async def test_a_call_has_a_conversation_that_no_cookie_opens(answered: Clerk, desk: Desk) -> None:
    with desk.reading() as session:
        assert session.scalars(select(Conversation.origin)).all() == ["hotline"]
        assert session.scalars(select(ConversationKey)).all() == []


async def test_while_the_bot_thinks_the_clerk_has_something_to_say(
    clerk: Clerk, bot: FakeBot
) -> None:
    bot.hold.clear()
    clerk.path = (await clerk.post("", CALLS, text=QUESTION)).headers["Location"]
    page = await clerk.page()
    assert "请稍等，我帮你查一下" in page
    assert 'http-equiv="refresh"' in page


async def test_a_silent_bot_leaves_numbers_and_the_way_to_a_person(
    clerk: Clerk, bot: FakeBot
) -> None:
    bot.status = 500
    await clerk.start()
    page = await clerk.page()
    assert "机器人这会儿没回上话" in page
    assert f"{clerk.path}/person" in page


async def test_danger_comes_first_whatever_the_bot_does(clerk: Clerk, bot: FakeBot) -> None:
    bot.hold.clear()
    text = "老板不给钱，我不想活了"
    clerk.path = (await clerk.post("", CALLS, text=text)).headers["Location"]
    page = await clerk.page()
    assert page.index("先救人，别挂电话") < page.index("念给对方听")
    assert "12356" in page


async def test_nothing_of_a_command_reaches_the_bot(clerk: Clerk, bot: FakeBot) -> None:
    await clerk.start("/restart 停工了")
    assert bot.said() == ["restart 停工了"]


# to a person


async def test_officers_get_the_call_with_its_number_and_its_answer(
    answered: Clerk, desk: Desk
) -> None:
    response = await answered.call_officer("139 0000 0000")
    assert response.headers["Location"] == answered.path
    (ticket,) = tickets(desk)
    assert (ticket.kind, ticket.contact) == ("handoff", "139 0000 0000")
    assert ticket.summary.startswith("到现在厂里一共应付你 7,040 元。")
    assert ticket.consent_at is not None


async def test_no_number_is_needed(answered: Clerk, desk: Desk) -> None:
    await answered.call_officer()
    assert [ticket.contact for ticket in tickets(desk)] == [""]


async def test_what_is_agreed_to_is_read_out_first(answered: Clerk) -> None:
    for door in ("/person", "/lawyer"):
        await answered.post("/sheet")
        await answered.until(lambda page: "请稍等" not in page)
        assert "你同意吗？" in await answered.page(door)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "要先把上面那段念给对方听"),
        ({"consent": "yes", "contact": "没有电话"}, "「回电号码」要写电话号码"),
        ({"consent": "yes", "contact": "12"}, "「回电号码」要写电话号码"),
    ],
)
async def test_without_a_yes_or_with_a_wrong_number_nobody_is_called(
    answered: Clerk, desk: Desk, fields: dict[str, str], says: str
) -> None:
    response = await answered.post("/person", f"{answered.path}/person", **fields)
    assert (response.status, says in await response.text()) == (400, True)
    assert tickets(desk) == []


async def test_a_lawyer_gets_the_sheet_as_it_was_checked_aloud(
    answered: Clerk, desk: Desk, lawyer: Person
) -> None:
    response = await answered.post("/sheet")
    page = response.headers["Location"]
    assert page == f"{answered.path}/lawyer"
    await answered.until(lambda shown: "请稍等" not in shown)
    assert "月工资" in await answered.page("/lawyer")
    fields = {"topic": "wage_shutdown", "fact.region": "河南省焦作市", "fact.monthly_wage": "4200"}
    fields |= {"employer": "宏达厂", "contact": "0391-1234567 转 3", "consent": "yes"}
    sent = await post_form(answered.browser.client, page, fields, page)
    assert sent.headers["Location"] == answered.path
    (ticket,) = tickets(desk)
    assert (ticket.kind, ticket.region, ticket.contact) == (
        "legal_aid",
        "410800",
        "0391-1234567 转 3",
    )
    assert ticket.facts["monthly_wage"]["value"] == "4200"
    assert (ticket.employer, ticket.status) == ("宏达厂", "offered")


async def test_a_wrong_fact_is_named(answered: Clerk, desk: Desk) -> None:
    await answered.post("/sheet")
    await answered.until(lambda shown: "请稍等" not in shown)
    page = f"{answered.path}/lawyer"
    fields = {"topic": "wage_shutdown", "fact.monthly_wage": "很多", "consent": "yes"}
    response = await post_form(answered.browser.client, page, fields, page)
    assert (response.status, "月工资要填数字" in await response.text()) == (400, True)
    assert tickets(desk) == []


async def test_the_sheet_is_asked_for_once(answered: Clerk, bot: FakeBot) -> None:
    for _ in range(2):
        await answered.post("/sheet")
        await answered.until(lambda shown: "请稍等" not in shown)
    assert bot.said().count("/find_lawyer") == 1


async def test_the_receipt_opens_the_case_on_the_callers_own_phone(
    answered: Clerk, worker: WorkerBrowser
) -> None:
    await answered.call_officer("13900000000")
    found = RECEIPT.search(await answered.page())
    assert found is not None
    assert (await worker.type_receipt(found[1])).status == 303
    assert QUESTION in [message["text"] for message in await worker.messages()]


async def test_the_officer_sees_that_it_was_a_call_and_where_to_ring_back(
    answered: Clerk, officer_page: StaffBrowser
) -> None:
    await answered.call_officer("13900000000")
    await officer_page.accept(1)
    page = (await officer_page.page("/desk/tickets/1"))[1]
    assert "12351 热线" in page
    assert "13900000000" in page
    assert "12351 热线" in (await officer_page.page("/desk/tickets/1/live"))[1]


async def test_in_danger_the_number_goes_to_the_crisis_call(
    clerk: Clerk, bot: FakeBot, desk: Desk
) -> None:
    bot.status = 500  # the gateway opens the crisis by itself
    await clerk.start("我不想活了")
    await clerk.call_officer("13900000000")
    (ticket,) = tickets(desk)
    assert (ticket.topic, ticket.contact) == ("crisis", "13900000000")


# who sees it


@pytest.fixture
async def colleague(people: DeskPeople) -> StaffBrowser:
    return people.sign_in("hotline", "other-clerk")


PAGES = ("", "/person", "/lawyer")


async def test_another_clerk_neither_sees_nor_lists_it(
    answered: Clerk, colleague: StaffBrowser
) -> None:
    for page in PAGES:
        assert (await colleague.page(answered.path + page))[0] == 404
    assert "今天还没有接电话" in (await colleague.page(CALLS))[1]
    for step in ("say", "press", "person", "sheet", "lawyer", "end"):
        fields = {"text": "停工", "consent": "yes"}
        path = f"{answered.path}/{step}"
        assert (await post_form(colleague.client, path, fields, CALLS)).status == 404, step


async def test_the_next_day_it_is_closed_to_its_clerk_too(
    answered: Clerk, he: Person, people: DeskPeople, clock: Clock
) -> None:
    clock.pass_by(hours=16)
    tomorrow = people.browser_of(he)
    for page in PAGES:
        assert (await tomorrow.page(answered.path + page))[0] == 404
    assert "今天还没有接电话" in (await tomorrow.page(CALLS))[1]


async def test_once_the_caller_has_it_on_their_phone_it_is_theirs_alone(
    answered: Clerk, worker: WorkerBrowser
) -> None:
    await answered.call_officer()
    found = RECEIPT.search(await answered.page())
    assert found is not None
    await worker.type_receipt(found[1])
    for page in PAGES:
        assert (await answered.browser.page(answered.path + page))[0] == 404
    day = (await answered.browser.page(CALLS))[1]
    assert "对方自己在看了" in day
    assert f'href="{answered.path}"' not in day


async def test_the_days_list_has_no_word_of_the_caller(answered: Clerk) -> None:
    page = (await answered.browser.page(CALLS))[1]
    assert f'href="{answered.path}"' in page
    assert QUESTION not in page


async def test_the_end_of_a_call_clears_the_screen(answered: Clerk, people: DeskPeople) -> None:
    response = await answered.post("/end")
    assert response.headers["Location"] == f"{CALLS}?done=call_ended"
    assert response.headers["Clear-Site-Data"] == '"cache"'
    page = (await answered.browser.page(response.headers["Location"]))[1]
    assert QUESTION not in page
    assert "已结束" in page
    assert people.actions()[-1] == "call.end"


async def test_every_step_is_in_the_trail(answered: Clerk, people: DeskPeople) -> None:
    await answered.page()
    await answered.page("?auto")
    await answered.say("还有呢")
    await answered.call_officer()
    told = [action for action in people.actions() if action.startswith("call.")]
    assert told[:3] == ["call.start", "call.read", "call.read"]  # the second: before typing
    assert told[3:] == ["call.say", "call.read", "call.hand_over"]


async def test_the_open_page_hears_of_the_reply(
    clerk: Clerk, bot: FakeBot, open_browser: Callable[[], Browser]
) -> None:
    bot.hold.clear()
    clerk.path = (await clerk.post("", CALLS, text=QUESTION)).headers["Location"]
    async with clerk.browser.client.get(f"{clerk.path}/events?auto") as stream:
        first = await stream.content.readuntil(b"\n\n")
        bot.hold.set()
        second = await stream.content.readuntil(b"\n\n")
    assert b"event: state" in first
    assert b"waits" in first
    assert b"event: state" in second
    assert b"waits" not in second
