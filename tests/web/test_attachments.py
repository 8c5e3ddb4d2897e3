"""Photos and PDFs from a worker: cleaned, kept once, refused in words, taken back."""

import asyncio
import io
import zlib
from collections.abc import AsyncIterator

import pikepdf
import pytest
from PIL import Image

from gongyou.desk.files.attachments import AttachmentContent, NewFile, attach_file
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.life import close_ticket, reply_ticket
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.web.browser import WorkerBrowser
from tests.web.case_visitor import CaseVisitor, make_reachable, readable
from tests.web.conftest import Clock

MEGABYTE = 1024 * 1024
HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(100)
PROGRAM = b"MZ\x90\x00" + bytes(1_000)
ZIP = b"PK\x03\x04" + bytes(1_000)
SPOILT_PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog"


@pytest.fixture
def asked(desk: Desk, lawyer: Person) -> Person:
    return make_reachable(desk, lawyer)


@pytest.fixture
async def visitor(worker: WorkerBrowser, desk: Desk, clock: Clock, asked: Person) -> CaseVisitor:
    """A worker whose case 1 lies before a lawyer."""
    await worker.get_receipt()
    return CaseVisitor(worker, desk, clock)


def photo(colour: str = "white") -> bytes:
    """A JPEG that says where it was taken."""
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at the factory gate"
    Image.new("RGB", (60, 40), colour).save(file, "JPEG", exif=exif)
    return file.getvalue()


def pdf() -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(file)
    return file.getvalue()


def bomb() -> bytes:
    """A PNG of a few kilobytes that would be drawn on gigabytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return len(data).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)

    header = (50_000).to_bytes(4) * 2 + bytes((8, 2, 0, 0, 0))
    data = zlib.compress(bytes(MEGABYTE))
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def put_files(desk: Desk, clock: Clock, count: int) -> None:
    with desk.transaction() as session:
        ticket = session.get_one(Ticket, 1)
        for number in range(count):
            new = NewFile(f"{number}.jpg", "image/jpeg", b"x", f"key-{number}")
            attach_file(session, ticket, "worker", new, clock.now)


async def test_a_photo_is_kept_and_shown_without_where_it_was_taken(visitor: CaseVisitor) -> None:
    response = await visitor.upload(photo(), "10月工资条.jpg")
    assert response.headers["Location"] == "/cases/1?done=file_added"
    assert "10月工资条.jpg 你传的 · 1 KB" in (await visitor.page())[1]
    shown = await visitor.worker.client.get("/cases/1/files/1")
    content = await shown.read()
    assert Image.open(io.BytesIO(content)).size == (60, 40)
    assert b"factory gate" not in content


async def test_a_file_can_run_nothing_in_a_browser(visitor: CaseVisitor) -> None:
    await visitor.upload(pdf(), "停工通知.pdf")
    headers = (await visitor.worker.client.get("/cases/1/files/1")).headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%E5%81%9C%E5%B7%A5%E9%80%9A%E7%9F%A5.pdf"
    )
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


async def test_the_chat_tells_of_the_file_and_the_lawyer_has_the_case_again(
    visitor: CaseVisitor, desk: Desk, asked: Person
) -> None:
    visitor.accept(asked)
    with desk.transaction() as session:
        reply_ticket(session, 1, asked, "拍一下停工通知。", visitor.clock.now, asks=True)
    await visitor.upload(photo(), "停工通知.jpg")
    assert visitor.told()[-1] == "你传了一个文件：停工通知.jpg。接手的人能看到。"
    assert visitor.ticket().status == "accepted"


async def test_the_same_upload_twice_is_kept_once(visitor: CaseVisitor) -> None:
    hidden = await visitor.hidden()
    for _ in range(2):
        assert (await visitor.upload(photo(), hidden=hidden)).status == 303
    assert sum("你传了一个文件" in line for line in visitor.told()) == 1
    assert (await visitor.worker.client.get("/cases/1/files/2")).status == 404


async def test_another_file_from_a_page_gone_back_to_is_kept_too(visitor: CaseVisitor) -> None:
    hidden = await visitor.hidden()
    await visitor.upload(photo("white"), hidden=hidden)
    await visitor.upload(photo("black"), hidden=hidden)
    assert (await visitor.worker.client.get("/cases/1/files/2")).status == 200


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (PROGRAM, "工资条.jpg", "这是程序，不是照片也不是 PDF"),
        (ZIP, "工资条.jpg", "这是压缩包"),
        (HEIC, "IMG_1.HEIC", "HEIC 照片，我这里打不开"),
        (SPOILT_PDF, "通知.pdf", "这个 PDF 打不开"),
        (bomb(), "照片.png", "尺寸太大"),
        (b"", "空.jpg", "这个文件是空的"),
        (b"hello", "a.txt", "只收照片、截图和 PDF"),
    ],
)
async def test_what_is_not_taken_is_said_on_the_case_page(
    visitor: CaseVisitor, content: bytes, name: str, says: str
) -> None:
    status, text = await visitor.refused(content, name=name)
    assert status == 400
    assert says in text
    assert "选照片或 PDF" in text
    assert (await visitor.worker.client.get("/cases/1/files/1")).status == 404


async def test_fifty_megabytes_are_refused(visitor: CaseVisitor) -> None:
    status, text = await visitor.refused(bytes(50 * MEGABYTE))
    assert status == 413
    assert "这个文件超过 10 MB" in text


async def endless(head: bytes, chunks: int) -> AsyncIterator[bytes]:
    """The beginning of an upload whose rest never comes."""
    yield head
    for _ in range(chunks):
        yield bytes(MEGABYTE)
    await asyncio.Event().wait()


def head_of(hidden: dict[str, str]) -> bytes:
    fields = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in hidden.items()
    )
    file = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    return (fields + file).encode()


async def send_endless(visitor: CaseVisitor, head: bytes, chunks: int) -> tuple[int, str]:
    """An upload of unknown length; the answer comes while it is still under way."""
    response = await visitor.worker.client.post(
        "/cases/1/files",
        data=endless(head, chunks),
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    return response.status, readable(await response.text())


async def test_reading_stops_at_the_limit_whatever_was_declared(visitor: CaseVisitor) -> None:
    status, text = await send_endless(visitor, head_of(await visitor.hidden()), 11)
    assert status == 413
    assert "这个文件超过 10 MB" in text


async def test_an_upload_that_does_not_arrive_in_time_is_given_up(
    visitor: CaseVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongyou.web.files.UPLOAD_SECONDS", 0.05)
    status, text = await send_endless(visitor, head_of(await visitor.hidden()), 0)
    assert status == 408
    assert "网太慢" in text


async def test_with_too_many_uploads_under_way_one_is_asked_to_wait(
    visitor: CaseVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongyou.web.files._ROOM", asyncio.Semaphore(0))
    status, text = await visitor.refused(photo())
    assert status == 429
    assert "这会儿传文件的人太多。等 10 秒再传一次。" in text


async def test_a_file_without_the_forms_token_is_not_read(visitor: CaseVisitor) -> None:
    status, text = await send_endless(visitor, head_of({"form_token": "x"}), 1)
    assert status == 400
    assert "放得太久" in text


async def test_a_form_without_a_file_is_said_so(visitor: CaseVisitor) -> None:
    hidden = await visitor.hidden()
    body = head_of(hidden).rsplit(b"--b\r\n", 1)[0] + b"--b--\r\n"
    response = await visitor.worker.client.post(
        "/cases/1/files",
        data=body,
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert response.status == 400
    assert "还没选文件" in await response.text()


async def test_the_twenty_first_file_is_refused(visitor: CaseVisitor, desk: Desk) -> None:
    hidden = await visitor.hidden()
    put_files(desk, visitor.clock, 20)
    assert "已经满了" in (await visitor.page())[1]
    status, text = await visitor.refused(photo(), hidden=hidden)
    assert status == 400
    assert "一件事最多放 20 个文件" in text


async def test_nothing_is_sent_to_a_withdrawn_case(visitor: CaseVisitor) -> None:
    hidden = await visitor.hidden()
    await visitor.withdraw()
    status, text = await visitor.refused(photo(), hidden=hidden)
    assert status == 409
    assert "这件事你已经撤回" in text


async def test_nothing_is_sent_to_a_closed_case(
    visitor: CaseVisitor, desk: Desk, asked: Person
) -> None:
    hidden = await visitor.hidden()
    visitor.accept(asked)
    with desk.transaction() as session:
        reply_ticket(session, 1, asked, "可以要。", visitor.clock.now)
        close_ticket(session, 1, asked, visitor.clock.now)
    status, text = await visitor.refused(photo(), hidden=hidden)
    assert status == 409
    assert "这件事已经办结" in text


async def test_another_chats_case_takes_no_file(
    visitor: CaseVisitor, other_worker: WorkerBrowser
) -> None:
    await other_worker.get_receipt()
    other = CaseVisitor(other_worker, visitor.desk, visitor.clock)
    response = await other.upload(photo(), number=1, hidden=await other.hidden("/cases/2"))
    assert response.status == 404
    assert "没有这件事" in await response.text()


async def test_a_file_taken_back_is_gone(visitor: CaseVisitor, desk: Desk) -> None:
    await visitor.upload(photo(), "错的.jpg")
    for _ in range(2):
        response = await visitor.post("/cases/1/files/1/remove", "/cases/1")
        assert response.status == 303
    assert (await visitor.worker.client.get("/cases/1/files/1")).status == 404
    with desk.reading() as session:
        assert session.get(AttachmentContent, 1) is None
    assert sum("你删掉了文件" in line for line in visitor.told()) == 1


async def test_the_lawyers_file_cannot_be_taken_back(
    visitor: CaseVisitor, desk: Desk, asked: Person
) -> None:
    with desk.transaction() as session:
        new = NewFile("意见.pdf", "application/pdf", pdf(), "k")
        ticket = session.get_one(Ticket, 1)
        attach_file(session, ticket, f"person:{asked.id}", new, visitor.clock.now)
    assert "意见.pdf 李律师传的" in (await visitor.page())[1]
    response = await visitor.post("/cases/1/files/1/remove", "/cases/1")
    assert response.status == 404
    assert (await visitor.worker.client.get("/cases/1/files/1")).status == 200


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("../../etc/passwd.jpg", "passwd.jpg"), ("工资条.exe", "工资条.jpg"), (".jpg", "照片.jpg")],
)
async def test_a_file_is_named_for_what_it_is(visitor: CaseVisitor, sent: str, kept: str) -> None:
    await visitor.upload(photo(), sent)
    assert f"{kept} 你传的" in (await visitor.page())[1]
