"""An officer teaches a sentence out of a chat; somebody else approves it; nobody sees names."""

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from gongyou.desk.teaching.corrections import fetch_approved
from gongyou.desk.teaching.table import Correction
from gongyou.rulebook import Rulebook
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser, WorkerBrowser, kind_of, post_form
from tests.web.desk_people import DeskPeople
from tests.web.fake_bot import FakeBot
from tests.web.kept_answers import KnownBot

CASE = "/desk/tickets/1"
LIST = "/desk/teaching"
SAID = "我叫张伟，在焦作市宏达机械制造有限公司，电话13912345678，下个月才发工资行不行"
KEPT = "我叫某人，在焦作市某公司，电话某电话，下个月才发工资行不行"


@pytest.fixture
async def sentence(caller: WorkerBrowser) -> int:
    """The number of a message with names in it, in the chat of ticket 1."""
    return await caller.say(SAID)


@pytest.fixture
async def editor_page(people: DeskPeople) -> StaffBrowser:
    return people.sign_in("editor")


@pytest.fixture
async def other_page(people: DeskPeople) -> StaffBrowser:
    return people.sign_in("officer", "he")


@pytest.fixture
async def answered(
    worker: WorkerBrowser, bot: FakeBot, gateway: TestServer, rulebook: Rulebook
) -> int:
    """The number of a message that got an answer, which did not help: ticket 1 is its review."""
    KnownBot(bot, gateway, rulebook)
    number = await worker.say("厂里停工了")
    card = await worker.until(lambda m: kind_of(m) == "answer_card")
    rating = {"message": card["id"], "verdict": "unsolved"}
    assert (await worker.client.post("/api/ratings", json=rating)).status == 200
    return number


async def teach(
    page: StaffBrowser, message: int, text: str = KEPT, topic: str = "deferred_pay", **more: str
) -> tuple[int, str]:
    """Send the form of a sentence: the status, and where it leads or what it shows."""
    path = f"{CASE}/teach/{message}"
    response = await post_form(page.client, path, {"text": text, "topic": topic, **more})
    return response.status, response.headers.get("Location") or await response.text()


async def step(page: StaffBrowser, path: str, tab: str = "", **fields: str) -> tuple[int, str]:
    response = await post_form(page.client, f"{LIST}/{path}", fields, f"{LIST}?tab={tab}")
    return response.status, response.headers.get("Location") or await response.text()


def kept(desk: Desk) -> Correction:
    with desk.reading() as session:
        return session.scalars(select(Correction)).one()


async def test_a_workers_own_words_have_the_link_and_no_others(
    sentence: int, officer_page: StaffBrowser
) -> None:
    for page in (CASE, f"{CASE}/live"):
        _, html = await officer_page.page(page)
        assert f'href="{CASE}/teach/{sentence}"' in html
        assert html.count("教机器人") == html.count('class="worker"') - 1  # one is a button


async def test_a_lawyer_has_no_such_link(
    worker: WorkerBrowser, bot: FakeBot, lawyer_page: StaffBrowser
) -> None:
    await worker.get_receipt()
    await lawyer_page.accept(1)
    _, html = await lawyer_page.page(CASE)
    assert "厂里停工了" in html
    assert "教机器人" not in html
    assert (await lawyer_page.page(f"{CASE}/teach/1"))[0] == 403


async def test_the_sentence_is_offered_without_its_names_each_marked(
    sentence: int, officer_page: StaffBrowser
) -> None:
    status, html = await officer_page.page(f"{CASE}/teach/{sentence}")
    assert status == 200
    assert "<mark>张伟<small>人名</small></mark>" in html
    assert "<mark>13912345678<small>电话</small></mark>" in html
    assert f">{KEPT}</textarea>" in html


async def test_what_the_bot_took_it_for_is_told_where_it_is_kept(
    worker: WorkerBrowser, officer_page: StaffBrowser, answered: int
) -> None:
    _, html = await officer_page.page(f"{CASE}/teach/{answered}")
    assert "机器人当成了：「停工停产的工资」" in html
    later = await worker.say("你好")
    assert "没记下" in (await officer_page.page(f"{CASE}/teach/{later}"))[1]


async def test_what_the_bot_took_rightly_is_nothing_to_teach(
    officer_page: StaffBrowser, answered: int
) -> None:
    status, html = await teach(officer_page, answered, "厂里停工了", "wage_shutdown")
    assert (status, "没有要教的" in html) == (400, True)


async def test_looking_at_it_goes_into_the_trail(
    sentence: int, officer_page: StaffBrowser, people: DeskPeople
) -> None:
    await officer_page.page(f"{CASE}/teach/{sentence}")
    assert people.actions()[-1] == "ticket.read"


async def test_every_topic_may_be_chosen(sentence: int, officer_page: StaffBrowser) -> None:
    _, html = await officer_page.page(f"{CASE}/teach/{sentence}")
    topics = html.split('id="topic"')[1].split("</select>")[0]
    assert topics.count("<option value=") == 1 + 34


async def test_a_proposal_waits_for_another_person(
    sentence: int, officer_page: StaffBrowser, other_page: StaffBrowser, desk: Desk
) -> None:
    assert await teach(officer_page, sentence) == (303, f"{LIST}?done=taught")
    assert (kept(desk).text, kept(desk).topic) == (KEPT, "deferred_pay")
    _, own = await officer_page.page(LIST)
    assert "你交的，要另一位同事看" in own
    assert "/approve" not in own
    _, others = await other_page.page(LIST)
    assert f"{LIST}/1/approve" in others
    assert f"{LIST}/1/reject" in others


async def test_one_who_presses_approve_on_their_own_is_refused(
    sentence: int, officer_page: StaffBrowser, desk: Desk
) -> None:
    await teach(officer_page, sentence)
    status, html = await step(officer_page, "1/approve")
    assert status == 403
    assert "要另一位同事看" in html
    assert kept(desk).state == "proposed"


async def test_another_person_approves(
    sentence: int, officer_page: StaffBrowser, editor_page: StaffBrowser, desk: Desk
) -> None:
    await teach(officer_page, sentence)
    assert await step(editor_page, "1/approve") == (303, f"{LIST}?tab=waiting&done=approved")
    with desk.reading() as session:
        assert [one.text for one in fetch_approved(session)] == [KEPT]
    _, html = await officer_page.page(f"{LIST}?tab=approved")
    assert KEPT in html
    assert "下次训练就学" in html


async def test_a_rejection_needs_a_reason_which_the_proposer_reads(
    sentence: int, officer_page: StaffBrowser, other_page: StaffBrowser
) -> None:
    await teach(officer_page, sentence)
    status, html = await step(other_page, "1/reject")
    assert (status, "写一句为什么不同意" in html) == (400, True)
    status, _ = await step(other_page, "1/reject", reason="说的是<欠薪>")
    assert status == 303
    _, html = await officer_page.page(f"{LIST}?tab=refused")
    assert "说的是&lt;欠薪&gt;" in html


async def test_the_proposer_takes_it_back(
    sentence: int, officer_page: StaffBrowser, desk: Desk
) -> None:
    await teach(officer_page, sentence)
    status, _ = await step(officer_page, "1/withdraw")
    assert (status, kept(desk).state) == (303, "withdrawn")


async def test_names_that_are_left_in_are_marked_and_must_be_confirmed_by_both(
    sentence: int, officer_page: StaffBrowser, other_page: StaffBrowser, desk: Desk
) -> None:
    named = "张伟说下个月才发工资"
    status, html = await teach(officer_page, sentence, named)
    assert (status, "<mark>张伟<small>人名</small></mark>说下个月" in html) == (400, True)
    assert (await teach(officer_page, sentence, named, sure="yes"))[0] == 303
    status, html = await step(other_page, "1/approve")
    assert (status, "还像有人名" in html) == (400, True)
    status, _ = await step(other_page, "1/approve", confirmed="yes")
    assert (status, kept(desk).state) == (303, "approved")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("停产放假两个月，一分钱没给，合理吗", "停工停产的工资"),
        ("算了", "回答机器人、换话题的话"),
    ],
)
async def test_one_of_our_own_sentences_of_another_topic_is_named(
    sentence: int, officer_page: StaffBrowser, text: str, topic: str
) -> None:
    status, html = await teach(officer_page, sentence, text)
    assert status == 409
    assert f"归在「{topic}」" in html


async def test_another_correction_that_contradicts_is_named_by_its_number(
    caller: WorkerBrowser, sentence: int, officer_page: StaffBrowser, other_page: StaffBrowser
) -> None:
    await teach(officer_page, sentence)
    again = await caller.say(SAID)
    status, html = await teach(other_page, again, topic="wage_arrears")
    assert status == 409
    assert "第 1 条已经教成" in html


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": " "}, "这里不能空着"),
        ({"text": "字" * 301}, "最多 300 个字"),
        ({"topic": ""}, "选一个主题"),
        ({"topic": "no_such"}, "选一个主题"),
        ({"fact.0": "monthly_wage", "value.0": "很多"}, "monthly_wage"),
        ({"fact.0": "", "value.0": "4000"}, "先选是哪一项"),
    ],
)
async def test_what_cannot_be_used_is_shown_again_with_what_was_typed(
    sentence: int, officer_page: StaffBrowser, fields: dict[str, str], told: str
) -> None:
    status, html = await teach(officer_page, sentence, **fields)
    assert status == 400
    assert told in html
    assert fields.get("value.0", "") in html


async def test_facts_are_read_as_the_rulebook_reads_them(
    sentence: int, officer_page: StaffBrowser, other_page: StaffBrowser, desk: Desk
) -> None:
    facts = {"fact.0": "monthly_wage", "value.0": "4000元", "fact.1": "region", "value.1": "焦作"}
    status, _ = await teach(officer_page, sentence, **facts)
    assert status == 303
    assert kept(desk).facts == {"monthly_wage": "4000", "region": "410800"}
    assert "4,000 元" in (await other_page.page(LIST))[1]


async def test_a_form_sent_twice_is_one_proposal(
    sentence: int, officer_page: StaffBrowser, desk: Desk
) -> None:
    for _ in range(2):
        assert (await teach(officer_page, sentence))[0] == 303
    assert kept(desk).id == 1


async def test_a_sentence_that_is_taught_already_says_so_at_once(
    sentence: int, officer_page: StaffBrowser
) -> None:
    await teach(officer_page, sentence)
    assert "是第 1 条" in (await officer_page.page(f"{CASE}/teach/{sentence}"))[1]


async def test_a_button_is_nothing_to_teach(
    caller: WorkerBrowser, officer_page: StaffBrowser
) -> None:
    pressed = [m["id"] for m in await caller.messages() if m["text"] == "转人工"]
    status, html = await officer_page.page(f"{CASE}/teach/{pressed[0]}")
    assert (status, "职工自己写的话" in html) == (400, True)


@pytest.mark.parametrize("message", [404, 999_999_999])
async def test_a_message_that_is_not_there_is_not_found(
    sentence: int, officer_page: StaffBrowser, message: int
) -> None:
    assert (await officer_page.page(f"{CASE}/teach/{message}"))[0] == 404
    assert (await teach(officer_page, message))[0] == 400  # no form, so no token


async def test_an_editor_sees_the_sentence_and_nothing_of_the_case(
    sentence: int, officer_page: StaffBrowser, editor_page: StaffBrowser
) -> None:
    await teach(officer_page, sentence)
    _, html = await editor_page.page(LIST)
    assert KEPT in html
    assert "/desk/tickets" not in html
    assert "张伟" not in html
    assert (await editor_page.page(f"{CASE}/teach/{sentence}"))[0] == 403


async def test_an_officer_who_may_read_the_case_has_the_way_to_it(
    sentence: int, officer_page: StaffBrowser, other_page: StaffBrowser
) -> None:
    await teach(officer_page, sentence)
    assert f'href="{CASE}"' in (await other_page.page(LIST))[1]


@pytest.mark.parametrize("tab", ["waiting", "approved", "refused", "runs", "nothing"])
async def test_an_empty_page_says_what_will_stand_there(
    officer_page: StaffBrowser, tab: str
) -> None:
    status, html = await officer_page.page(f"{LIST}?tab={tab}")
    assert (status, 'class="empty"' in html) == (200, True)


async def test_new_words_of_the_worker_reach_the_live_page_with_the_link(
    caller: WorkerBrowser, officer_page: StaffBrowser
) -> None:
    number = await caller.say("下个月才发工资行不行")
    response = await officer_page.client.get(f"{CASE}/live/messages?after={number - 1}")
    lines = (await response.json())["messages"]
    assert f"{CASE}/teach/{number}" in lines[0]["html"]
