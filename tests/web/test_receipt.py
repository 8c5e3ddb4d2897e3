"""Coming back with a receipt code, and guessing at one."""

import pytest

from tests.web.browser import WorkerBrowser
from tests.web.conftest import Clock

WRONG = "1111 2222 3333 4444"


async def test_a_receipt_opens_the_chat_on_another_device(
    worker: WorkerBrowser, other_worker: WorkerBrowser
) -> None:
    receipt = await worker.get_receipt()
    response = await other_worker.type_receipt(receipt)
    assert (response.status, response.headers["Location"]) == (303, "/")
    assert await other_worker.messages() == await worker.messages()


async def test_a_receipt_can_be_typed_in_many_ways(
    worker: WorkerBrowser, other_worker: WorkerBrowser
) -> None:
    digits = (await worker.get_receipt()).replace(" ", "")
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in digits)
    assert (await other_worker.type_receipt(full_width)).status == 303
    assert (await other_worker.type_receipt("-".join(digits))).status == 303


@pytest.mark.parametrize("typed", ["", "123", "一二三四", "12345678901234567", "<b>"])
async def test_what_is_no_receipt_is_said_so(worker: WorkerBrowser, typed: str) -> None:
    response = await worker.type_receipt(typed)
    assert response.status == 400
    assert "回执码是 16 位数字" in await response.text()


async def test_a_wrong_receipt_is_said_so(worker: WorkerBrowser) -> None:
    response = await worker.type_receipt(WRONG)
    assert response.status == 400
    assert "没有这个回执码" in await response.text()


async def test_after_five_wrong_receipts_even_the_right_one_waits(
    worker: WorkerBrowser, other_worker: WorkerBrowser, clock: Clock
) -> None:
    receipt = await worker.get_receipt()
    for _ in range(5):
        await other_worker.type_receipt(WRONG)
    slowed = await other_worker.type_receipt(receipt)
    assert (slowed.status, slowed.headers["Retry-After"]) == (429, "1")
    assert "等 1 秒再试" in await slowed.text()
    clock.pass_by(seconds=1)
    assert (await other_worker.type_receipt(receipt)).status == 303


async def test_a_receipt_form_of_another_site_is_refused(worker: WorkerBrowser) -> None:
    receipt = await worker.get_receipt()
    response = await worker.client.post("/receipt", data={"receipt": receipt})
    assert response.status == 400
    assert "放得太久" in await response.text()
