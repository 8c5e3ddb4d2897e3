"""Files and documents of a case, as its lawyer works with them."""

import io
import re

import pytest
from aiohttp import ClientResponse, FormData
from PIL import Image

from gongyou.casework.documents import find_document
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.life import withdraw_ticket
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.web.browser import TOKEN, StaffBrowser, WorkerBrowser, first
from tests.web.conftest import Clock

CASE = "/desk/tickets/1"
LETTER = f"{CASE}/documents/wage_demand_letter"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
async def in_hand(lawyer_page: StaffBrowser, worker: WorkerBrowser, lawyer: Person) -> StaffBrowser:
    await worker.open_sheet()
    await worker.send_sheet(employer="宏达机械厂")
    await lawyer_page.accept(1)
    return lawyer_page


def picture() -> bytes:
    sheet = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(sheet, "PNG")
    return sheet.getvalue()


async def upload(page: StaffBrowser, content: bytes, key: str = "file-1") -> ClientResponse:
    form = FormData()
    form.add_field("form_token", first(TOKEN, (await page.page("/desk"))[1]))
    form.add_field("key", key)
    form.add_field("file", content, filename="payslip.png", content_type="image/png")
    return await page.client.post(f"{CASE}/files", data=form, allow_redirects=False)


def download(html: str) -> dict[str, str]:
    """The letter with everything that must be filled in."""
    form = find_document("wage_demand_letter")
    assert form is not None
    sample = {"date": "2026-11-21", "money": "100"}
    typed = {one.name: sample.get(one.kind, "某某") for one in form.fields if one.required}
    return {"form_token": first(TOKEN, html), "step": "download", **typed}


async def test_a_picture_is_kept_shown_and_told_to_the_worker_once(
    in_hand: StaffBrowser, worker: WorkerBrowser
) -> None:
    for _ in range(2):
        assert (await upload(in_hand, picture())).status == 303
    html = (await in_hand.page(CASE))[1]
    assert html.count("payslip.") == 2  # in the list, and in what the worker was told
    assert (await worker.messages())[-1]["text"].startswith("李律师放了一个文件：payslip.")
    response = await in_hand.client.get(f"{CASE}/files/1")
    assert response.status == 200
    assert Image.open(io.BytesIO(await response.read())).size == (40, 30)


async def test_the_case_page_names_pictures_without_showing_them(in_hand: StaffBrowser) -> None:
    await upload(in_hand, picture())
    html = (await in_hand.page(CASE))[1]
    assert f'href="{CASE}/files/1"' in html and "1 KB" in html
    assert "<img" not in html


async def test_what_is_no_picture_is_refused_with_a_way_back(in_hand: StaffBrowser) -> None:
    response = await upload(in_hand, b"MZ" + bytes(100))
    html = await response.text()
    assert response.status == 400 and f'href="{CASE}"' in html


async def test_others_cannot_open_a_file(in_hand: StaffBrowser, officer_page: StaffBrowser) -> None:
    await upload(in_hand, picture())
    assert (await officer_page.page(f"{CASE}/files/1"))[0] == 404


@pytest.mark.parametrize("path", [f"{CASE}/files/99", "/desk/tickets/2/files/1"])
async def test_a_file_that_is_not_there_is_said_so(in_hand: StaffBrowser, path: str) -> None:
    await upload(in_hand, picture())
    assert (await in_hand.page(path))[0] == 404


async def test_before_acceptance_files_and_documents_are_closed(
    lawyer_page: StaffBrowser, worker: WorkerBrowser
) -> None:
    await worker.open_sheet()
    await worker.send_sheet()
    assert (await upload(lawyer_page, picture())).status == 409
    for path in (f"{CASE}/files/1", LETTER):
        assert (await lawyer_page.page(path))[0] == 404


async def test_a_document_is_filled_in_from_the_case_and_downloaded(in_hand: StaffBrowser) -> None:
    _, html = await in_hand.page(LETTER)
    assert "宏达机械厂" in html
    response = await in_hand.client.post(LETTER, data=download(html))
    assert (response.status, response.content_type) == (200, DOCX)


async def test_a_lawyer_is_asked_for_the_workers_name_not_their_own(in_hand: StaffBrowser) -> None:
    _, html = await in_hand.page(LETTER)
    assert "职工姓名" in html and "你的" not in re.sub(r'<p class="hint.*?</p>', "", html)
    sent = download(html) | {"worker_name": ""}
    assert "「职工姓名」还没有填" in await (await in_hand.client.post(LETTER, data=sent)).text()


async def test_a_document_of_a_case_withdrawn_meanwhile_is_refused_in_plain_words(
    in_hand: StaffBrowser, desk: Desk, clock: Clock
) -> None:
    _, html = await in_hand.page(LETTER)
    with desk.transaction() as session:
        withdraw_ticket(session, session.get_one(Ticket, 1).conversation_id, 1, clock())
    response = await in_hand.client.post(LETTER, data=download(html))
    assert response.status == 404
    assert "职工把这件事撤回了" in await response.text()
