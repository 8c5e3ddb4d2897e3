"""The five documents on the worker's pages: filled in, looked at, downloaded, never stored."""

import io
import re
from html import unescape

import docx
import pytest
from aiohttp import ClientResponse

from gongyou.casework.documents import list_documents
from gongyou.desk.chat.messages import Message
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.web.browser import WorkerBrowser
from tests.web.case_visitor import readable

LETTER = "/documents/wage_demand_letter"
VALUE = re.compile(r'id="d-(\w+)" name="\w+"[^>]*? value="([^"]*)"')
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
# Everything the rulebook needs, for a sum it is sure of.
SURE = {
    "region": "410800",
    "stop_from": "2026-11-01",
    "worked": "none",
    "monthly_wage": "4000",
    "pay_cycle_start_day": "1",
    "still_employed": "yes",
}


@pytest.fixture
async def sheet(worker: WorkerBrowser) -> WorkerBrowser:
    """A worker who was shown the facts sheet, and has not sent it."""
    await worker.open_sheet()
    return worker


async def load(worker: WorkerBrowser, path: str) -> str:
    response = await worker.client.get(path)
    assert response.status == 200
    return await response.text()


async def fill(worker: WorkerBrowser, path: str, step: str, **typed: str) -> ClientResponse:
    """Load the form, type over some fields, press a button."""
    html = await load(worker, path)
    fields = {name: unescape(value) for name, value in [*HIDDEN.findall(html)]}
    fields |= {name: unescape(value) for name, value in VALUE.findall(html)}
    return await worker.client.post(path, data=fields | typed | {"step": step})


def set_facts(desk: Desk, facts: dict[str, str]) -> None:
    with desk.transaction() as session:
        session.get_one(Ticket, 1).facts = facts


async def test_every_document_is_listed_with_when_to_use_it(worker: WorkerBrowser) -> None:
    text = readable(await load(worker, "/documents"))
    for form in list_documents():
        assert form.title in text
        assert form.use in text


@pytest.mark.parametrize("name", [form.name for form in list_documents()])
async def test_anybody_can_take_one_without_a_case(worker: WorkerBrowser, name: str) -> None:
    typed = {"worker_name": "王小明", "employer_name": "大河纺织有限公司"}
    response = await fill(worker, f"/documents/{name}", "download", **typed)
    assert response.status == 200
    written = docx.Document(io.BytesIO(await response.read()))
    words = [p.text for p in written.paragraphs]
    words += [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    assert any("大河纺织有限公司" in text for text in words)


async def test_it_is_filled_in_from_the_sheet_the_chat_showed(sheet: WorkerBrowser) -> None:
    html = unescape(await load(sheet, LETTER))
    assert "2026年9月1日起，贵单位停工停产。" in html
    assert "双方约定的月工资为 4,000 元。" in html


async def test_it_is_filled_in_from_a_case_with_its_employer(sheet: WorkerBrowser) -> None:
    await sheet.send_sheet(employer="焦作大河纺织有限公司")
    html = await load(sheet, f"{LETTER}?case=1")
    assert dict(VALUE.findall(html))["employer_name"] == "焦作大河纺织有限公司"


async def test_another_chats_case_fills_in_nothing(
    sheet: WorkerBrowser, other_worker: WorkerBrowser
) -> None:
    await sheet.send_sheet()
    await other_worker.say("你好")
    assert (await other_worker.client.get(f"{LETTER}?case=1")).status == 404


async def test_what_is_missing_is_said_by_field(worker: WorkerBrowser) -> None:
    response = await fill(worker, LETTER, "preview", amount_1="很多钱", pay_by="下个月")
    text = readable(await response.text())
    assert response.status == 400
    assert "有 4 处要改一下" in text
    assert "「你的姓名」还没有填。" in text
    assert "「要多少钱」要写钱数" in text
    assert "「请单位哪天前付」要写日期" in text


async def test_what_was_typed_is_still_there_after_a_mistake(worker: WorkerBrowser) -> None:
    response = await fill(worker, LETTER, "preview", worker_name="王小明", pay_by="下个月")
    shown = dict(VALUE.findall(await response.text()))
    assert (shown["worker_name"], shown["pay_by"]) == ("王小明", "下个月")


async def test_the_preview_shows_it_whole_and_goes_back_with_everything(
    sheet: WorkerBrowser,
) -> None:
    typed = {"worker_name": "王小明", "employer_name": "大河纺织", "amount_1": "7040"}
    preview = await (await fill(sheet, LETTER, "preview", **typed)).text()
    assert "我是贵单位的职工王小明。" in preview
    assert "人民币柒仟零肆拾元整" in preview
    hidden = {name: unescape(value) for name, value in HIDDEN.findall(preview)}
    again = await sheet.client.post(LETTER, data=hidden | {"step": "edit"})
    assert dict(VALUE.findall(await again.text()))["amount_1"] == "7040"
    taken = await sheet.client.post(LETTER, data=hidden | {"step": "download"})
    assert taken.headers["Content-Disposition"].endswith(
        "%E6%94%AF%E4%BB%98%E5%B7%A5%E8%B5%84%E5%82%AC%E5%91%8A%E5%87%BD.docx"
    )


async def test_an_amount_unlike_the_rulebooks_is_marked(sheet: WorkerBrowser, desk: Desk) -> None:
    await sheet.send_sheet()
    set_facts(desk, SURE)
    path, typed = f"{LETTER}?case=1", {"worker_name": "王小明", "employer_name": "大河纺织"}
    assert dict(VALUE.findall(await load(sheet, path)))["amount_1"] == "4000"
    response = await fill(sheet, path, "preview", amount_1="99999", **typed)
    marked = "只给你看： 和算出来的不一样：算出来是 4,000 元，你写的是 99,999 元。"
    assert marked in readable(await response.text())


async def test_an_amount_the_rulebook_did_not_work_out_is_said_to_be_ones_own(
    worker: WorkerBrowser,
) -> None:
    typed = {"worker_name": "王小明", "employer_name": "大河纺织", "amount_1": "99999"}
    response = await fill(worker, LETTER, "preview", **typed)
    assert "这个数是你自己写的，规则库没有算出来" in readable(await response.text())


async def test_a_long_story_fits(worker: WorkerBrowser) -> None:
    typed = {"worker_name": "王小明", "employer_name": "大河纺织", "story": "老板拖欠工资。\n" * 90}
    typed["basis"] = "依" * 7_000
    assert (await fill(worker, LETTER, "preview", **typed)).status == 200


async def test_what_was_typed_is_shown_as_text_only(worker: WorkerBrowser) -> None:
    typed = {"worker_name": "<script>x</script>", "employer_name": "大河纺织"}
    html = await (await fill(worker, LETTER, "preview", **typed)).text()
    assert "<script>x" not in html


async def test_nothing_typed_is_stored(sheet: WorkerBrowser, desk: Desk) -> None:
    before = len(await sheet.messages())
    typed = {"worker_name": "王小明", "employer_name": "大河纺织", "worker_phone": "138"}
    await fill(sheet, LETTER, "download", **typed)
    assert len(await sheet.messages()) == before
    with desk.reading() as session:
        assert session.get(Ticket, 1) is None
        assert session.query(Message).filter(Message.sender == "system").count() == 0


async def test_without_the_forms_token_nothing_is_made(worker: WorkerBrowser) -> None:
    response = await worker.client.post(LETTER, data={"step": "download"})
    assert response.status == 400


async def test_a_document_nobody_has_is_said_so(worker: WorkerBrowser) -> None:
    response = await worker.client.get("/documents/love_letter")
    assert response.status == 404
    assert "没有这份文书" in await response.text()
