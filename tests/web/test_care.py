"""Cases of distress on the desk's pages: the care people's own queue, and nobody else's door."""

import pytest

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import CARE
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.web.browser import TOKEN, StaffBrowser, WorkerBrowser, first, post_form
from tests.web.case_visitor import readable
from tests.web.desk_people import DeskPeople
from tests.web.fake_bot import FakeBot
from tests.web.test_permissions import ROUTES

CASE = "/desk/tickets/1"
SECRET = "我不想活了，活不下去了"


@pytest.fixture
def care_person(people: DeskPeople, desk: Desk) -> Person:
    """苏干部, charged with care."""
    person = people.add("officer", "su")
    with desk.transaction() as session:
        stored = session.get_one(Person, person.id)
        stored.name, stored.duties = "苏干部", [CARE]
    return person


@pytest.fixture
async def care_page(people: DeskPeople, care_person: Person) -> StaffBrowser:
    return people.browser_of(care_person)


@pytest.fixture
async def crying(worker: WorkerBrowser, bot: FakeBot) -> WorkerBrowser:
    """A worker in danger while the bot is silent: ticket 1."""
    bot.status = 500
    await worker.say(SECRET)
    await worker.until(lambda message: "110" in message["text"])
    return worker


async def doors(browser: StaffBrowser, number: int) -> list[tuple[str, str, int, str]]:
    """Every address of the desk that a ticket's number is part of, tried by hand."""
    token = first(TOKEN, (await browser.page("/desk/me"))[1])
    found = []
    for method, path, _ in ROUTES:
        if not path.startswith("/desk/tickets/1"):
            continue
        address = path.replace("/1", f"/{number}", 1)
        fields = {"form_token": token, "key": "k", "text": "x", "reason": "x", "no_conflict": "yes"}
        fields |= {"outcome": "advised", "lawyer": "1", "seen": "1", "paper.0": "given"}
        data = fields if method == "POST" else None
        response = await browser.client.request(method, address, data=data, allow_redirects=False)
        text = (await response.text()).replace(token, "")
        found.append((method, path, response.status, text.replace(f"/{number}", "/N")))
    return found


# who has not the duty


async def test_to_an_officer_without_the_duty_a_care_case_is_as_if_it_were_not_there(
    care_person: Person, crying: WorkerBrowser, officer_page: StaffBrowser, desk: Desk
) -> None:
    tried, none = await doors(officer_page, 1), await doors(officer_page, 999)
    assert len(tried) > 20
    assert tried == none
    assert not any(SECRET in text for _, _, _, text in tried)
    with desk.reading() as session:
        ticket = session.get_one(Ticket, 1)
    assert (ticket.status, ticket.person_id, ticket.priority) == ("opened", None, 0)


@pytest.mark.parametrize("tab", ["todo", "care", "mine", "later", "all", "done"])
async def test_no_list_of_theirs_has_a_line_of_it(
    care_person: Person, crying: WorkerBrowser, officer_page: StaffBrowser, tab: str
) -> None:
    html = (await officer_page.page(f"/desk?tab={tab}"))[1]
    assert CASE not in html and "关爱" not in html and "紧急求助" not in html


async def test_the_next_conversation_of_theirs_is_another(
    care_person: Person, crying: WorkerBrowser, officer_page: StaffBrowser
) -> None:
    response = await officer_page.client.get("/desk/live/next", allow_redirects=False)
    assert response.headers["Location"] == "/desk"


async def test_when_the_duty_is_given_to_somebody_the_page_that_was_open_ends(
    crying: WorkerBrowser, officer_page: StaffBrowser, people: DeskPeople, desk: Desk
) -> None:
    assert (await officer_page.page(f"{CASE}/live"))[0] == 200
    person = people.add("officer", "su")
    with desk.transaction() as session:
        session.get_one(Person, person.id).duties = [CARE]
    assert (await officer_page.page(f"{CASE}/live"))[0] == 404
    assert (await officer_page.page(f"{CASE}/live/messages"))[0] == 404


# who has it


async def test_the_care_tab_comes_first_and_holds_it(
    care_page: StaffBrowser, crying: WorkerBrowser
) -> None:
    html = (await care_page.page("/desk"))[1]
    assert 'href="/desk?tab=care" aria-current="page"' in html
    assert CASE in html


async def test_who_answers_and_who_reads_is_said_before_anybody_comes(
    care_person: Person, crying: WorkerBrowser
) -> None:
    said = [message["text"] for message in await crying.messages()]
    assert said[-1] == "来回你的是工会里负责关爱的人。这段话只有他们看得到。"


async def test_taking_it_over_says_who_is_here_and_who_reads(
    care_page: StaffBrowser, crying: WorkerBrowser
) -> None:
    await care_page.step(1, "accept")
    line = (await crying.messages())[-1]["text"]
    assert line.startswith(
        "工会干部 苏干部来陪你说话。" if "工会" in line else "苏干部来陪你说话。"
    )
    assert "负责关爱的工会干部看得到" in line


async def test_what_is_not_so_is_not_said(
    crying: WorkerBrowser, officer_page: StaffBrowser
) -> None:
    """Without care people every officer of the place reads it."""
    assert not any("关爱" in message["text"] for message in await crying.messages())
    await officer_page.step(1, "accept")
    assert "关爱" not in (await crying.messages())[-1]["text"]


async def test_taking_over_handing_back_and_closing_are_as_anywhere(
    care_page: StaffBrowser, crying: WorkerBrowser
) -> None:
    await care_page.step(1, "accept")
    await care_page.step(1, "reply", text="我在，慢慢说。")
    assert (await care_page.step(1, "live/back", f"{CASE}/live")).status == 303
    assert (await care_page.step(1, "live/step-in", f"{CASE}/live")).status == 303
    assert (await care_page.close(1)).status == 303


async def test_nothing_of_it_is_offered_for_teaching(
    care_page: StaffBrowser, crying: WorkerBrowser
) -> None:
    assert "教机器人" not in (await care_page.page(f"{CASE}/live"))[1]


# the administrator


async def test_the_duty_is_set_on_the_account(people: DeskPeople, desk: Desk) -> None:
    officer, admin = people.add("officer"), people.sign_in("admin")
    page = f"/desk/people/{officer.id}"
    fields = {"name": "赵干部", "role": "officer", "regions": "全国", "duty.care": "yes"}
    assert (await post_form(admin.client, f"{page}/account", fields, page)).status == 303
    with desk.reading() as session:
        assert session.get_one(Person, officer.id).duties == [CARE]
    assert 'name="duty.care" value="yes" checked' in (await admin.page(page))[1]
    fields = {"name": "赵干部", "role": "officer", "regions": "全国"}
    await post_form(admin.client, f"{page}/account", fields, page)
    with desk.reading() as session:
        assert session.get_one(Person, officer.id).duties == []


async def test_a_new_account_may_have_the_duty(people: DeskPeople, desk: Desk) -> None:
    admin = people.sign_in("admin")
    fields = {"login": "su", "name": "苏干部", "role": "officer", "regions": "全国"}
    await post_form(admin.client, "/desk/people", fields | {"duty.care": "yes"})
    text = readable((await admin.page("/desk/people?q=su"))[1])
    assert "工会干部，关爱" in text


async def test_the_list_says_where_nobody_is_charged_with_care(
    people: DeskPeople, desk: Desk
) -> None:
    officer, admin = people.add("officer"), people.sign_in("admin")
    with desk.transaction() as session:
        session.get_one(Person, officer.id).regions = ["410800"]
    assert "还没有人负责关爱：河南省焦作市。" in readable((await admin.page("/desk/people"))[1])
    with desk.transaction() as session:
        session.get_one(Person, officer.id).duties = [CARE]
    assert "还没有人负责关爱" not in (await admin.page("/desk/people"))[1]
