"""Lawyers and officers at work: signing in, reading what is theirs, answering in the chat."""

from collections.abc import Callable
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent, verify_chain
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.opening import open_ticket
from gongyou.web.keys import ASKER, WATCH
from gongyou.wiring import Desk
from tests.fixtures import PASSWORD
from tests.web.browser import StaffBrowser, WorkerBrowser, post_form
from tests.web.conftest import Browser, Clock, soon
from tests.web.fake_bot import FakeBot


@pytest.fixture
async def ticket(worker: WorkerBrowser) -> WorkerBrowser:
    """The worker whose legal-aid ticket is number 1."""
    await worker.open_sheet()
    await worker.send_sheet(words="<b>怕被开除</b>", contact="138 0000 0000")
    return worker


# signing in


async def test_without_a_sign_in_the_desk_leads_to_the_login(staff: StaffBrowser) -> None:
    for path in ("/desk", "/desk/tickets/1"):
        response = await staff.client.get(path, allow_redirects=False)
        assert (response.status, response.headers["Location"]) == (303, "/desk/login")


async def test_signing_in_sets_a_strict_cookie(staff: StaffBrowser, lawyer: Person) -> None:
    response = await staff.sign_in(lawyer.login, PASSWORD)
    assert (response.status, response.headers["Location"]) == (303, "/desk")
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


@pytest.mark.parametrize(("login", "password"), [("li", "wrong"), ("nobody", PASSWORD), ("", "")])
async def test_a_wrong_login_and_a_wrong_password_read_the_same(
    staff: StaffBrowser, lawyer: Person, login: str, password: str
) -> None:
    response = await staff.sign_in(login, password)
    assert response.status == 400
    assert "登录名或密码不对。" in await response.text()


async def test_after_five_wrong_passwords_even_the_right_one_waits(
    staff: StaffBrowser, lawyer: Person, clock: Clock
) -> None:
    for _ in range(5):
        await staff.sign_in(lawyer.login, "wrong")
    slowed = await staff.sign_in(lawyer.login, PASSWORD)
    assert (slowed.status, slowed.headers["Retry-After"]) == (429, "1")
    clock.pass_by(seconds=1)
    assert (await staff.sign_in(lawyer.login, PASSWORD)).status == 303


async def test_a_login_form_of_another_site_is_refused(staff: StaffBrowser, lawyer: Person) -> None:
    fields = {"login": lawyer.login, "password": PASSWORD}
    assert (await staff.client.post("/desk/login", data=fields)).status == 400


async def test_after_signing_out_the_cookie_opens_nothing(lawyer_page: StaffBrowser) -> None:
    cookies = lawyer_page.client.session.cookie_jar.filter_cookies(
        lawyer_page.client.make_url("/desk")
    )
    token = cookies["gongyou_desk"].value
    assert (await post_form(lawyer_page.client, "/desk/logout", {}, "/desk")).status == 303
    headers = {"Cookie": f"gongyou_desk={token}"}
    response = await lawyer_page.client.get("/desk", headers=headers, allow_redirects=False)
    assert response.status == 303


@pytest.mark.parametrize(("path", "status"), [("/desk?auto", 303), ("/desk", 200)])
async def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(
    lawyer_page: StaffBrowser, clock: Clock, path: str, status: int
) -> None:
    for _ in range(2):
        clock.pass_by(minutes=16)
        response = await lawyer_page.client.get(path, allow_redirects=False)
    assert response.status == status


async def test_signing_in_again_ends_the_sign_in_before(
    lawyer_page: StaffBrowser, lawyer: Person, open_browser: Callable[[], Browser]
) -> None:
    url = lawyer_page.client.make_url("/desk")
    earlier = lawyer_page.client.session.cookie_jar.filter_cookies(url)["gongyou_desk"].value
    await lawyer_page.sign_in(lawyer.login, PASSWORD)
    headers = {"Cookie": f"gongyou_desk={earlier}"}
    response = await open_browser().get("/desk", headers=headers, allow_redirects=False)
    assert response.status == 303
    assert (await lawyer_page.page("/desk"))[0] == 200


async def test_the_trail_tells_of_wrong_passwords_and_looks_at_the_list(
    staff: StaffBrowser, lawyer: Person, desk: Desk
) -> None:
    await staff.sign_in(lawyer.login, "wrong")
    await staff.sign_in(lawyer.login, PASSWORD)
    await staff.page("/desk")
    with desk.reading() as session:
        actions = [event.action for event in session.scalars(select(AuditEvent))]
        assert actions == ["sign_in.refused", "sign_in.open", "tickets.list"]
        assert verify_chain(session) is None


# reading


async def test_an_empty_list_says_so(lawyer_page: StaffBrowser) -> None:
    assert "现在没有等着接手的工单" in (await lawyer_page.page("/desk"))[1]


async def test_the_list_names_topic_region_and_state(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    _, html = await lawyer_page.page("/desk")
    for text in ("停工", "河南省焦作市", "2026-11-21 09:00", "等律师接手"):
        assert text in html


async def test_the_case_shows_facts_calculation_and_transcript(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    _, html = await lawyer_page.page("/desk/tickets/1")
    for text in (
        "月工资",
        "4,000 元",
        "没干",
        "一共应付你 7,040 元",
        "厂里停工了",
        "同意交给律师看",
    ):
        assert text in html


async def test_words_and_contact_are_for_the_one_who_took_it(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    assert "138 0000 0000" not in (await lawyer_page.page("/desk/tickets/1"))[1]
    await lawyer_page.accept(1)
    html = (await lawyer_page.page("/desk/tickets/1"))[1]
    assert "138 0000 0000" in html and "怕被开除" in html


async def test_the_workers_receipt_is_not_shown_to_staff(
    lawyer_page: StaffBrowser, worker: WorkerBrowser
) -> None:
    receipt = await worker.get_receipt()
    await lawyer_page.accept(1)
    assert receipt not in (await lawyer_page.page("/desk/tickets/1"))[1]


async def test_html_in_a_chat_is_shown_as_text(
    lawyer_page: StaffBrowser, worker: WorkerBrowser
) -> None:
    await worker.say("<script>alert('停工')</script>")
    await worker.until(lambda m: bool(m["buttons"]))
    await worker.press_titled("找律师")
    await worker.until(lambda m: m["text"].startswith("先看一遍"))
    await worker.send_sheet(facts={"region": "<img src=x onerror=alert(1)>"})
    await lawyer_page.accept(1)
    _, html = await lawyer_page.page("/desk/tickets/1")
    assert "<script>alert" not in html and "<img" not in html
    assert "&lt;script&gt;" in html and "&lt;img" in html


async def test_a_ticket_taken_is_closed_to_other_lawyers(
    lawyer_page: StaffBrowser,
    ticket: WorkerBrowser,
    other_lawyer: Person,
    open_browser: Callable[[], Browser],
) -> None:
    await lawyer_page.accept(1)
    other = StaffBrowser(open_browser())
    await other.sign_in(other_lawyer.login, PASSWORD)
    status, html = await other.page("/desk/tickets/1")
    assert status == 404 and "厂里停工了" not in html
    assert "没有这张工单，或者它不归你看。" in html
    assert "/desk/tickets/1" not in (await other.page("/desk"))[1]


async def test_an_officer_cannot_read_a_lawyers_ticket(
    officer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    assert (await officer_page.page("/desk/tickets/1"))[0] == 404


@pytest.mark.parametrize("path", ["/desk/tickets/99", "/desk/tickets/x", "/desk/tickets/-1"])
async def test_a_ticket_that_is_not_there_is_said_so(lawyer_page: StaffBrowser, path: str) -> None:
    assert (await lawyer_page.page(path))[0] == 404


async def test_every_read_is_in_an_unbroken_trail(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, desk: Desk
) -> None:
    await lawyer_page.page("/desk/tickets/1")
    with desk.reading() as session:
        assert verify_chain(session) is None


async def test_after_a_ticket_is_closed_its_lawyer_reads_nothing_new(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, clock: Clock
) -> None:
    await lawyer_page.accept(1)
    await lawyer_page.step(1, "reply", text="答复")
    await lawyer_page.close(1)
    clock.pass_by(seconds=1)
    await ticket.say("这句只跟机器人说")
    _, html = await lawyer_page.page("/desk/tickets/1")
    assert "答复" in html and "这句只跟机器人说" not in html
    assert await news_of(lawyer_page) == 0


async def test_an_open_page_hears_of_new_messages_but_not_what_they_say(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    last = (await ticket.messages())[-1]["id"]
    assert await news_of(lawyer_page, last) == 0
    await ticket.say("还有一件事")
    assert await news_of(lawyer_page, last) == 1


async def test_others_hear_nothing_of_it(officer_page: StaffBrowser, ticket: WorkerBrowser) -> None:
    response = await officer_page.client.get("/desk/tickets/1/news?after=0")
    assert response.status == 404


async def news_of(page: StaffBrowser, after: int = 0) -> int:
    response = await page.client.get(f"/desk/tickets/1/news?after={after}&auto")
    body: dict[str, Any] = await response.json()
    return int(body["count"])


# answering


async def test_taken_the_worker_is_told_and_the_bot_is_not_asked(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, bot: FakeBot
) -> None:
    before = len(bot.asked)
    await lawyer_page.accept(1)
    told = (await ticket.messages())[-1]
    assert told["text"] == "李律师接手了。你现在写的话直接给律师看，机器人先不插话。"
    await ticket.say("律师你好")
    news = await ticket.news()
    assert (news["mode"], news["waiting"], len(bot.asked)) == ("person", False, before)


async def test_the_answer_wakes_the_workers_page(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    last = (await ticket.messages())[-1]["id"]
    await lawyer_page.step(1, "reply", text="先把工资条留好。")
    answer = await ticket.until_from("lawyer", last)
    assert answer["text"] == "先把工资条留好。"


async def test_sent_twice_an_answer_is_written_once(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    await lawyer_page.step(1, "reply", text="答复", key="one")
    await lawyer_page.step(1, "reply", text="答复", key="one")
    assert [m["sender"] for m in await ticket.messages()].count("lawyer") == 1


@pytest.mark.parametrize("text", ["", "  \n ", "\x00", "长" * 2_001])
async def test_an_answer_that_cannot_be_sent_is_refused(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, text: str
) -> None:
    await lawyer_page.accept(1)
    assert (await lawyer_page.step(1, "reply", text=text)).status == 400
    assert "lawyer" not in [m["sender"] for m in await ticket.messages()]


async def test_a_worker_may_go_on_with_the_bot_and_back_to_the_person(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    await ticket.press_titled("继续问机器人")
    assert (await ticket.news())["mode"] == "bot"
    last = await ticket.say("你好")
    assert (await ticket.until_from("bot", last))["text"] == "收到：你好"
    await ticket.press_titled("跟人说")
    assert (await ticket.news())["mode"] == "person"


async def test_closed_the_bot_answers_again(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    await lawyer_page.accept(1)
    await lawyer_page.step(1, "reply", text="答复")
    assert (await lawyer_page.close(1)).status == 303
    assert (await ticket.messages())[-1]["text"].startswith("李律师结束了这次处理：给了咨询意见。")
    last = await ticket.say("你好")
    assert (await ticket.until_from("bot", last))["text"] == "收到：你好"


@pytest.mark.parametrize("step", ["reply", "close"])
async def test_a_step_out_of_order_is_refused_with_a_reason(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, step: str
) -> None:
    response = await lawyer_page.step(1, step, text="答复", outcome="advised")
    assert response.status == 409
    assert "等律师接手" in await response.text()


async def test_an_officer_cannot_take_a_lawyers_ticket(
    officer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    html = (await officer_page.page("/desk"))[1]
    token = html.split('name="form_token" value="')[1].split('"')[0]
    data = {"form_token": token}
    response = await officer_page.client.post("/desk/tickets/1/accept", data=data)
    assert response.status == 403


@pytest.mark.parametrize("step", ["accept", "reply", "close"])
@pytest.mark.parametrize("token", ["", "0" * 64])
async def test_a_form_without_its_token_does_nothing(
    lawyer_page: StaffBrowser, ticket: WorkerBrowser, step: str, token: str
) -> None:
    fields = {"form_token": token, "text": "x"}
    response = await lawyer_page.client.post(f"/desk/tickets/1/{step}", data=fields)
    assert response.status == 400
    assert "等律师接手" in (await lawyer_page.page("/desk"))[1]


# officers


async def test_a_handoff_reaches_an_officer_who_answers_in_the_chat(
    officer_page: StaffBrowser, worker: WorkerBrowser, bot: FakeBot
) -> None:
    bot.status = 502
    await worker.say("急")
    fallback = await worker.until_from("system")
    await worker.press(fallback["id"], 0)
    assert "转人工" in (await officer_page.page("/desk"))[1]
    await officer_page.accept(1)
    await officer_page.step(1, "reply", text="我在。")
    assert (await worker.until_from("officer"))["text"] == "我在。"


async def test_what_the_bot_never_answered_reaches_an_officer(
    officer_page: StaffBrowser,
    worker: WorkerBrowser,
    bot: FakeBot,
    gateway: TestServer,
    clock: Clock,
) -> None:
    bot.status, bot.healthy = 502, False
    asked = await worker.say("急")
    await worker.until_from("system")
    await soon(lambda: not gateway.app[ASKER].has(asked))
    clock.pass_by(minutes=11)
    await gateway.app[WATCH].look()
    assert "机器人没答上" in (await officer_page.page("/desk"))[1]
    assert "急" in (await officer_page.page("/desk/tickets/1"))[1]


async def test_what_failed_is_not_asked_again_while_a_person_has_the_chat(
    officer_page: StaffBrowser,
    worker: WorkerBrowser,
    bot: FakeBot,
    gateway: TestServer,
) -> None:
    bot.status = 502
    asked = await worker.say("急")
    fallback = await worker.until_from("system")
    await worker.press(fallback["id"], 0)
    await officer_page.accept(1)
    await soon(lambda: not gateway.app[ASKER].has(asked))
    bot.status = 200
    await gateway.app[WATCH].look()
    assert bot.said() == ["急"]
    assert "bot" not in [m["sender"] for m in await worker.messages()]


async def test_an_officer_sees_that_a_lawyers_ticket_exists_but_no_way_into_it(
    officer_page: StaffBrowser, ticket: WorkerBrowser
) -> None:
    html = (await officer_page.page("/desk?tab=all"))[1]
    assert "河南省焦作市" in html and 'href="/desk/tickets/1"' not in html
    assert (await officer_page.page("/desk/tickets/1"))[0] == 404


async def test_facts_an_action_stored_are_read_in_words(
    officer_page: StaffBrowser, worker: WorkerBrowser, bot: FakeBot, desk: Desk, clock: Clock
) -> None:
    await worker.say("急")
    await worker.until_from("bot")
    facts = {"region": "410800", "worked": "none", "monthly_wage": "4000", "gone_fact": "x"}
    with desk.transaction() as session:
        open_ticket(
            session,
            bot.asked[0]["sender"],
            kind="handoff",
            topic="wage_shutdown",
            region="410800",
            facts=facts,
            summary="",
            words="",
            contact="",
            consent=True,
            idempotency_key="by-action",
            now=clock(),
        )
    html = (await officer_page.page("/desk/tickets/1"))[1]
    for shown in ("河南省焦作市", "4,000 元", "gone_fact"):
        assert shown in html
