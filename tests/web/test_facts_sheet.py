"""The facts sheet: only what was asked, only with consent, once however often it is sent."""

from typing import Any

import pytest

from gongyou.desk.tickets.table import Ticket
from gongyou.web.worker.chat.sheet import read_facts
from gongyou.wiring import Desk
from tests.web.browser import WorkerBrowser, kind_of
from tests.web.conftest import error_of


@pytest.fixture
async def sheet(worker: WorkerBrowser) -> WorkerBrowser:
    """A worker who has the facts sheet before them."""
    await worker.open_sheet()
    return worker


def stored(desk: Desk) -> Ticket:
    with desk.reading() as session:
        ticket: Ticket | None = session.get(Ticket, 1)
    assert ticket is not None
    return ticket


async def test_the_sheet_becomes_a_ticket_with_a_receipt(sheet: WorkerBrowser, desk: Desk) -> None:
    response = await sheet.send_sheet(words="怕被开除", contact="138 0000 0000")
    receipt = (await response.json())["receipt"]
    assert response.status == 201
    assert len(receipt) == 19 and receipt.replace(" ", "").isdigit()
    ticket = stored(desk)
    assert (ticket.kind, ticket.topic, ticket.region) == ("legal_aid", "wage_shutdown", "410800")
    assert (ticket.words, ticket.contact) == ("怕被开除", "138 0000 0000")
    assert ticket.facts["worked"] == {
        "label": "停工期间干活没有",
        "text": "没干",
        "value": "none",
    }
    assert ticket.summary == "到现在厂里一共应付你 7,040 元。"


async def test_the_employer_is_kept_for_whoever_takes_the_case(
    sheet: WorkerBrowser, desk: Desk
) -> None:
    await sheet.send_sheet(employer="焦作大河纺织有限公司")
    ticket = stored(desk)
    assert (ticket.employer, ticket.employer_agreed) == ("焦作大河纺织有限公司", False)
    assert ticket.employer_key is not None


async def test_the_factorys_union_sees_it_only_when_the_worker_ticked_it(
    sheet: WorkerBrowser, desk: Desk
) -> None:
    await sheet.send_sheet(employer="焦作大河纺织有限公司", employer_agreed=True)
    assert stored(desk).employer_agreed


async def test_the_sheet_says_who_will_see_it(worker: WorkerBrowser) -> None:
    html = await (await worker.client.get("/")).text()
    assert "只给接手的人看；用来避开跟单位有关系的律师和本厂工会" in html
    assert '<input type="checkbox" name="employer_agreed">' in html
    assert "没有律师接的时候，当班的工会干部也能看到" in html


async def test_the_receipt_is_shown_in_the_chat_too(sheet: WorkerBrowser) -> None:
    receipt = (await (await sheet.send_sheet()).json())["receipt"]
    shown = await sheet.until(lambda m: kind_of(m) == "ticket")
    assert shown["custom"]["receipt"] == receipt


async def test_sent_again_the_same_receipt_comes_back(sheet: WorkerBrowser) -> None:
    first = await (await sheet.send_sheet()).json()
    second = await (await sheet.send_sheet()).json()
    assert first == second
    assert [kind_of(m) for m in await sheet.messages()].count("ticket") == 1


async def test_another_workers_key_gives_another_receipt(
    sheet: WorkerBrowser, other_worker: WorkerBrowser
) -> None:
    first = await (await sheet.send_sheet(key="same")).json()
    await other_worker.open_sheet()
    second = await (await other_worker.send_sheet(key="same")).json()
    assert first != second


@pytest.mark.parametrize("consent", [False, None, "yes", 1])
async def test_without_consent_nothing_is_sent(
    sheet: WorkerBrowser, desk: Desk, consent: Any
) -> None:
    response = await sheet.send_sheet(consent=consent)
    assert response.status == 400
    assert "勾选同意" in await error_of(response)
    with desk.reading() as session:
        assert session.get(Ticket, 1) is None


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("monthly_wage", "很多", "月工资要填数字，比如 4000。"),
        ("monthly_wage", "NaN", "月工资要填数字，比如 4000。"),
        ("monthly_wage", "-5", "月工资的数太大或者太小，看看是不是多打了字。"),
        ("monthly_wage", "1e99", "月工资的数太大或者太小，看看是不是多打了字。"),
        ("stop_from", "2026-02-31", "停工开始要填日期，比如 2026-09-01。"),
        ("worked", "maybe", "停工期间干活没有要从给出的几项里选。"),
        ("region", "焦" * 201, "地区写得太长，最多 200 个字。"),
        ("boss_name", "张三", "情况单里没有这一项。"),
    ],
)
async def test_a_field_that_cannot_be_used_is_named(
    sheet: WorkerBrowser, name: str, value: str, says: str
) -> None:
    response = await sheet.send_sheet(facts={name: value})
    body = await response.json()
    assert (response.status, body["fields"]) == (400, {name: says})


@pytest.mark.parametrize("value", ["4000", "4,000 元", "４０００", "unknown", ""])
async def test_what_people_write_for_money_is_taken(sheet: WorkerBrowser, value: str) -> None:
    assert (await sheet.send_sheet(facts={"monthly_wage": value})).status == 201


@pytest.mark.parametrize(
    ("field", "written", "shown"),
    [
        ({"type": "money"}, "4000", "4,000 元"),
        ({"type": "money"}, "４，０００.5元", "4,000.5 元"),
        ({"type": "date"}, "2026-09-01", "2026年9月1日"),
        ({"type": "integer", "unit": "号"}, "1", "1号"),
        ({"type": "integer", "unit": "号"}, "21号", "21号"),
        ({"type": "number", "unit": "天"}, "10.5", "10.5 天"),
        ({"type": "integer"}, "3", "3"),
        ({"type": "number"}, "1e-999999999", "1e-999999999"),
        ({"type": "date"}, "unknown", "不清楚"),
        ({"type": "text"}, "焦作市", "焦作市"),
    ],
)
def test_a_lawyer_reads_facts_as_people_write_them(
    field: dict[str, str], written: str, shown: str
) -> None:
    fields = [{"name": "one", "label": "一项", **field}]
    assert read_facts(fields, {"one": written})["one"]["text"] == shown


async def test_a_place_nobody_knows_is_kept_as_written(sheet: WorkerBrowser, desk: Desk) -> None:
    await sheet.send_sheet(facts={"region": "西地省"})
    ticket = stored(desk)
    assert (ticket.region, ticket.facts["region"]["text"]) == ("000000", "西地省")


@pytest.mark.parametrize(
    "changes",
    [{"words": "长" * 2_001}, {"contact": "1" * 201}, {"employer": "厂" * 101}],
)
async def test_too_long_a_note_is_named(sheet: WorkerBrowser, changes: dict[str, str]) -> None:
    response = await sheet.send_sheet(**changes)
    assert response.status == 400
    assert list((await response.json())["fields"]) == list(changes)


@pytest.mark.parametrize("changes", [{"facts": []}, {"topic": 1}, {"words": 5}, {"key": ""}])
async def test_a_sheet_of_another_shape_is_refused(
    sheet: WorkerBrowser, changes: dict[str, Any]
) -> None:
    assert (await sheet.send_sheet(**changes)).status == 400


async def test_a_topic_nobody_was_asked_about_is_refused(sheet: WorkerBrowser) -> None:
    response = await sheet.send_sheet(topic="other")
    assert (response.status, await error_of(response)) == (
        400,
        "没找到要交的情况单。先点「找律师」。",
    )


async def test_without_a_conversation_there_is_no_sheet(worker: WorkerBrowser) -> None:
    response = await worker.send_sheet()
    assert (response.status, await error_of(response)) == (400, "还没有对话。先说说你的事。")
