"""Attacks on the desk and on workers' cases: everybody gets what is theirs, and nothing else."""

import io
import logging
from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

import pytest
from aiohttp import FormData

from gongyou.desk.files.attachments import NewFile, attach_file
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.sign_ins import open_half_sign_in, set_active
from gongyou.desk.tickets.life import accept_ticket, withdraw_ticket
from gongyou.desk.tickets.sheets import correct_sheet
from gongyou.desk.tickets.table import Ticket
from gongyou.quiet import QuietFormatter
from gongyou.web import files
from gongyou.web.cookies import CHAT, SIGN_IN
from gongyou.wiring import Desk
from tests.fixtures import PASSWORD
from tests.web.browser import TOKEN, StaffBrowser, WorkerBrowser, first, post_form
from tests.web.case_visitor import CaseVisitor
from tests.web.conftest import Browser, Clock
from tests.web.desk_people import DeskPeople
from tests.web.test_attachments import head_of, photo
from tests.web.test_permissions import ROUTES

EMPLOYER = "焦作市宏达机械有限公司"
SECRET = {"words": "怕被开除的话", "contact": "13800001111", "employer": EMPLOYER}
CASE = "/desk/tickets/1"
GET_CASE = (
    CASE,
    f"{CASE}/news",
    f"{CASE}/deadlines.ics",
    f"{CASE}/facts",
    f"{CASE}/routing",
    f"{CASE}/files/1",
    f"{CASE}/documents/wage_demand_letter",
)
STEPS = ("accept", "decline", "reply", "ask", "transfer", "close", "reopen", "facts", "assign")
NASTY = "<script>alert(1)</script>'\"\u202egpj.exe{{7*7}}"


@pytest.fixture
def people(
    desk: Desk, password_hash: str, clock: Clock, open_browser: Callable[[], Browser]
) -> DeskPeople:
    return DeskPeople(desk, password_hash, clock, open_browser)


@pytest.fixture
async def case(worker: WorkerBrowser, lawyer: Person, desk: Desk, clock: Clock) -> CaseVisitor:
    """Case 1, offered to 李律师, with a file in it."""
    await worker.open_sheet()
    assert (await worker.send_sheet(**SECRET)).status == 201
    with desk.transaction() as session:
        new = NewFile("厂门口.jpg", "image/jpeg", b"picture", "k")
        attach_file(session, session.get_one(Ticket, 1), "worker", new, clock())
    return CaseVisitor(worker, desk, clock)


async def answers(browser: StaffBrowser, number: int = 1) -> list[tuple[str, int, str]]:
    """Every door of a case: its address, status and text, without what names the case."""
    token = first(TOKEN, await (await browser.client.get("/desk/me")).text())
    found = []
    for path in GET_CASE:
        response = await browser.client.get(path.replace("/1", f"/{number}", 1))
        found.append((path, response.status, await response.text()))
    for step in STEPS:
        fields = {"form_token": token, "key": "k", "lawyer": "1", "text": "x", "reason": "x"}
        fields |= {"outcome": "advised", "seen": "99", "no_conflict": "yes"}
        path = f"/desk/tickets/{number}/{step}"
        response = await browser.client.post(path, data=fields, allow_redirects=False)
        found.append((step, response.status, await response.text()))
    return [(path, status, text.replace(token, "")) for path, status, text in found]


# who has no business with a case learns not even that it is there


async def test_to_an_officer_of_that_enterprise_the_case_is_as_if_it_were_not_there(
    case: CaseVisitor, people: DeskPeople, desk: Desk
) -> None:
    officer = people.add("officer")
    with desk.transaction() as session:
        stored = session.get_one(Person, officer.id)
        stored.employer, stored.on_duty = "宏达机械厂", True
    browser = people.browser_of(officer)
    assert await answers(browser, 1) == await answers(browser, 99)


async def test_to_another_lawyer_the_case_is_as_if_it_were_not_there(
    case: CaseVisitor, people: DeskPeople, other_lawyer: Person
) -> None:
    browser = people.browser_of(other_lawyer)
    assert await answers(browser, 1) == await answers(browser, 99)


async def test_to_another_worker_the_case_is_as_if_it_were_not_there(
    case: CaseVisitor, other_worker: WorkerBrowser
) -> None:
    await other_worker.say("你好")
    doors = ("", "/deadlines.ics", "/files/1", "/withdraw", "/reopen")
    for door in doors:
        theirs = await other_worker.client.get(f"/cases/1{door}")
        none = await other_worker.client.get(f"/cases/99{door}")
        assert (theirs.status, await theirs.text()) == (404, await none.text())
    assert (await other_worker.client.get("/documents?case=1")).status == 404


async def test_no_file_is_reached_by_way_of_ones_own_case(
    case: CaseVisitor, other_worker: WorkerBrowser, lawyer_page: StaffBrowser
) -> None:
    await other_worker.get_receipt()
    assert (await other_worker.client.get("/cases/2/files/1")).status == 404
    await lawyer_page.accept(2)
    assert (await lawyer_page.page("/desk/tickets/2/files/1"))[0] == 404


# an offer


async def test_who_is_only_asked_learns_nothing_of_what_is_in_the_case(
    case: CaseVisitor, lawyer_page: StaffBrowser
) -> None:
    found = [text for _, _, text in await answers(lawyer_page)]
    for secret in ("怕被开除的话", "13800001111", "厂里停工了", "厂门口", "picture"):
        assert not any(secret in text for text in found), secret


async def test_who_is_only_asked_is_not_told_how_much_is_said(
    case: CaseVisitor, lawyer_page: StaffBrowser
) -> None:
    async def news() -> str:
        return (await lawyer_page.page(f"{CASE}/news?after=0"))[1]

    before = await news()
    assert '"count": 0' in before
    await case.worker.say("还有一件事")
    await case.upload(photo())
    assert await news() == before


# what was withdrawn


async def test_a_withdrawn_case_is_read_through_no_door(
    case: CaseVisitor, people: DeskPeople, lawyer_page: StaffBrowser, desk: Desk, clock: Clock
) -> None:
    officer = people.sign_in("officer")
    await lawyer_page.step(1, "decline", note="当事人说过的话")
    with desk.transaction() as session:
        withdraw_ticket(session, session.get_one(Ticket, 1).conversation_id, 1, clock())
    for browser in (lawyer_page, officer):
        for path, status, text in await answers(browser):
            if path != "decline":
                assert status in (303, 403, 404, 409), path
            assert not any(secret in text for secret in (*SECRET.values(), "当事人说过的话")), path
    with desk.reading() as session:
        assert session.get_one(Ticket, 1).status == "withdrawn"


# an account that was changed while it held a case


async def test_a_holder_whose_union_it_turns_out_to_be_sees_it_no_more(
    case: CaseVisitor, people: DeskPeople, lawyer_page: StaffBrowser, desk: Desk, clock: Clock
) -> None:
    officer = people.add("officer")
    with desk.transaction() as session:
        session.get_one(Person, officer.id).on_duty = True
    await lawyer_page.step(1, "decline")
    with desk.transaction() as session:
        stored = session.get_one(Person, officer.id)
        accept_ticket(session, 1, stored, clock())
        facts = {"monthly_wage": {"label": "工资", "text": "只有他知道的数", "value": "1"}}
        correct_sheet(session, 1, stored, 1, facts, None, clock())
        stored.employer = "宏达机械"
    browser = people.browser_of(officer)
    late = await post_form(browser.client, f"{CASE}/facts", {"seen": "99"}, "/desk/me")
    assert late.status == 403 and "只有他知道的数" not in await late.text()
    for path, _, text in await answers(browser):
        assert not any(s in text for s in (*SECRET.values(), "只有他知道的数", "厂里停工了")), path
    for tab in ("todo", "mine", "all", "done"):
        assert CASE not in (await browser.page(f"/desk?tab={tab}"))[1]


async def test_a_sign_in_ends_with_the_account(
    people: DeskPeople, lawyer: Person, desk: Desk, clock: Clock
) -> None:
    browser = people.browser_of(lawyer)
    with desk.transaction() as session:
        set_active(session, lawyer.id, False, clock())
    for method, path, _ in ROUTES:
        response = await browser.client.request(method, path, data={}, allow_redirects=False)
        assert response.status == (303 if method == "GET" else 401), path


async def test_half_a_sign_in_opens_no_address(
    people: DeskPeople, lawyer: Person, desk: Desk, clock: Clock
) -> None:
    with desk.transaction() as session:
        token = open_half_sign_in(session, session.get_one(Person, lawyer.id), clock())
    browser = people.stranger()
    url = browser.client.make_url("/desk")
    browser.client.session.cookie_jar.update_cookies({SIGN_IN: token}, url)
    for method, path, _ in ROUTES:
        response = await browser.client.request(method, path, data={}, allow_redirects=False)
        assert response.status == (303 if method == "GET" else 401), path


# forms


@pytest.mark.parametrize("how", ["none", "made up", "another's"])
async def test_no_form_of_the_desk_is_taken_without_its_own_token(
    people: DeskPeople, how: str
) -> None:
    for role in ("lawyer", "officer", "auditor", "admin", "hotline"):
        browser = people.sign_in(role)
        other = people.sign_in(role, f"other-{role}")
        theirs = first(TOKEN, (await other.page("/desk/me"))[1])
        token = {"none": "", "made up": "0" * 64, "another's": theirs}[how]
        for method, path, _ in ROUTES:
            if method != "POST":
                continue
            form = {"form_token": token, "key": "k", "title": "x"}
            response = await browser.client.post(path, data=form, allow_redirects=False)
            assert response.status in (400, 403, 404), (role, path, response.status)
            parts = FormData(default_to_multipart=True)
            parts.add_fields(*form.items())
            response = await browser.client.post(path, data=parts, allow_redirects=False)
            assert response.status in (400, 403, 404), (role, path, response.status)


@pytest.mark.parametrize("path", ["files", "files/1/remove", "withdraw", "reopen"])
async def test_no_form_of_a_worker_is_taken_without_its_own_token(
    case: CaseVisitor, other_worker: WorkerBrowser, path: str
) -> None:
    page = await (await other_worker.client.get("/receipt")).text()
    form = {"form_token": first(TOKEN, page), "key": "k", "consent": "on"}
    parts = FormData(default_to_multipart=True)
    parts.add_fields(*form.items())
    for data in (form, parts):
        response = await case.worker.client.post(
            f"/cases/1/{path}", data=data, allow_redirects=False
        )
        assert response.status == 400
    assert case.ticket().status == "offered"


ODD_BODIES: dict[str, tuple[bytes, str]] = {
    "none": (b"", ""),
    "no type": (b"form_token=x", "text/plain"),
    "many fields": (b"&".join(b"a%d=1" % n for n in range(10_000)), "form"),
    "the same field": (b"&".join([b"form_token=1"] * 90), "form"),
    "a long field": (b"text=" + b"x" * 10_000_000, "form"),
    "no text": (b"form_token=%ff%fe%00&text=%ed%a0%80", "form"),
    "half a part": (
        b"--b\r\nContent-Disposition: form-data; name=",
        "multipart/form-data; boundary=b",
    ),
    "no boundary": (b"--b", "multipart/form-data"),
    "parts in parts": (
        b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
        b"--c\r\n\r\nx\r\n--c--\r\n--b--\r\n",
        "multipart/form-data; boundary=b",
    ),
}


@pytest.mark.parametrize("body", ODD_BODIES.values(), ids=list(ODD_BODIES))
async def test_odd_bodies_are_refused_everywhere(
    people: DeskPeople, case: CaseVisitor, body: tuple[bytes, str]
) -> None:
    content, kind = body
    kind = {"form": "application/x-www-form-urlencoded"}.get(kind, kind)
    headers = {"Content-Type": kind} if kind else {}
    own = ["/cases/1/files", "/cases/1/withdraw", "/documents/wage_demand_letter", "/receipt"]
    tries = [(case.worker.client, path) for path in (*own, "/desk/login", "/desk/invite")]
    for role in ("lawyer", "officer", "admin", "hotline"):
        client = people.sign_in(role).client
        tries += [(client, path) for method, path, _ in ROUTES if method == "POST"]
    for client, path in tries:
        data = io.BytesIO(content)
        response = await client.post(path, data=data, headers=headers, allow_redirects=False)
        assert 400 <= response.status < 500, (path, response.status)


@pytest.mark.parametrize(
    "query",
    [
        "page=99999999999999999999", "page=-1", "page=" + "9" * 5000, "page=1e9", "tab=%00",
        "before=-5", "before=99999999999999999999999", "after=x", "day=0001-01-01",
        "day=9999-12-31", "day=2100-12-31", "kind=%27%20OR%201=1--&number=1", "number=-1",
        "number=%EF%BC%91", "actor=%25", "action=_", "q=%25", "role=%00x", "case=-1",
        "case=999999999999", "done=x", "topic=%00", "province=%F0%9F%98%80",
    ],
)  # fmt: skip
async def test_odd_queries_break_no_page(
    people: DeskPeople, case: CaseVisitor, lawyer_page: StaffBrowser, query: str
) -> None:
    await lawyer_page.accept(1)
    pages = {
        "officer": ("/desk", f"{CASE}/routing", "/desk/links"),
        "auditor": ("/desk/trail",),
        "admin": ("/desk/people", "/desk/notices"),
        "editor": ("/desk/rules-review",),
        "hotline": ("/desk/calls", "/desk/calls/1"),
    }
    for path in ("/desk", CASE, f"{CASE}/news"):
        assert (await lawyer_page.client.get(f"{path}?{query}")).status < 500, path
    for path in ("/cases", "/cases/1", "/documents", "/"):
        assert (await case.worker.client.get(f"{path}?{query}")).status < 500, path
    for role, paths in pages.items():
        browser = people.sign_in(role)  # type: ignore[arg-type]
        for path in paths:
            assert (await browser.client.get(f"{path}?{query}")).status < 500, path


@pytest.mark.parametrize("number", ["0", "-1", "99999999999", "1%00", "１", "1/../1", "1.0"])
async def test_odd_numbers_are_not_there(lawyer_page: StaffBrowser, number: str) -> None:
    for door in ("", "/news", "/files/1", "/facts"):
        response = await lawyer_page.client.get(f"/desk/tickets/{number}{door}")
        assert response.status == 404


# what is shown


async def test_a_file_name_is_text_on_every_page_and_in_the_header(
    case: CaseVisitor, lawyer_page: StaffBrowser
) -> None:
    await lawyer_page.accept(1)
    name = quote(f"../../{NASTY}\r\nX-Evil: 1.html", safe="")
    odd = f"filename*=UTF-8''{name}"
    head = head_of(await case.hidden()).replace(b'filename="a.jpg"', odd.encode())
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    body = head + photo() + b"\r\n--b--\r\n"
    sent = await case.worker.client.post("/cases/1/files", data=body, headers=kind)
    assert sent.status == 200
    for html in (
        await (await case.worker.client.get("/cases/1")).text(),
        (await lawyer_page.page(CASE))[1],
    ):
        assert "<script>alert" not in html and "\u202e" not in html
    response = await case.worker.client.get("/cases/1/files/2")
    assert "X-Evil" not in response.headers
    name = unquote(response.headers["Content-Disposition"])
    assert name.endswith(".jpg") and "/" not in name.split("UTF-8''")[1]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


async def test_what_anybody_types_is_text_wherever_it_is_shown(
    worker: WorkerBrowser,
    lawyer: Person,
    lawyer_page: StaffBrowser,
    people: DeskPeople,
    desk: Desk,
) -> None:
    with desk.transaction() as session:
        session.get_one(Person, lawyer.id).name = NASTY
    await worker.open_sheet()
    sent = dict.fromkeys(("words", "contact", "employer"), NASTY)
    assert (await worker.send_sheet(**sent)).status == 201
    pages = [(await lawyer_page.page(CASE))[1]]
    await lawyer_page.accept(1)
    await worker.say(NASTY)
    await lawyer_page.step(1, "reply", text=NASTY)
    pages += [(await lawyer_page.page(path))[1] for path in GET_CASE]
    document = "/documents/wage_demand_letter"
    response = await post_form(worker.client, document, {"worker_name": NASTY, "step": "edit"})
    pages.append(await response.text())
    await lawyer_page.step(1, "close", outcome="advised", note=NASTY)
    pages += [(await lawyer_page.page(path))[1] for path in (CASE, "/desk?tab=done", "/desk/me")]
    pages += [(await people.sign_in("officer").page(f"{CASE}/routing"))[1]]
    pages += [(await people.sign_in("admin").page(f"/desk/people/{lawyer.id}"))[1]]
    pages += [(await people.sign_in("auditor").page("/desk/trail"))[1]]
    pages += [await (await worker.client.get(path)).text() for path in ("/cases", "/cases/1")]
    for html in pages:
        assert "<script>alert" not in html
    assert sum("&lt;script&gt;alert" in html for html in pages) >= 8


async def test_no_control_character_breaks_a_document(case: CaseVisitor) -> None:
    document = "/documents/wage_demand_letter"
    odd = "王\x00小\x0b明\ufffe\u202e"
    fields = {"worker_name": odd, "employer_name": odd, "step": "download"}
    response = await post_form(case.worker.client, document, fields)
    assert response.status in (200, 400)


# signing in


async def test_signing_in_gives_a_new_cookie_whatever_the_browser_brought(
    people: DeskPeople, lawyer: Person
) -> None:
    browser = people.stranger()
    url = browser.client.make_url("/desk")
    jar = browser.client.session.cookie_jar
    jar.update_cookies({SIGN_IN: "fixed", CHAT: "fixed"}, url)
    await browser.sign_in(lawyer.login, PASSWORD)
    assert jar.filter_cookies(url)[SIGN_IN].value != "fixed"


async def test_no_address_sends_a_browser_elsewhere(people: DeskPeople, lawyer: Person) -> None:
    browser = people.stranger()
    for query in ("next=//evil.example", "done=//evil.example", "return=https://evil.example"):
        form = {"login": lawyer.login, "password": PASSWORD}
        response = await post_form(browser.client, f"/desk/login?{query}", form)
        assert response.headers["Location"] == "/desk"


# floods


async def test_one_address_cannot_take_all_the_room_for_uploads(
    case: CaseVisitor, lawyer_page: StaffBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = await case.hidden()
    address = "127.0.0.1"
    with files.place_of(address), files.place_of(address):
        monkeypatch.setattr(files, "MOST_OF_ONE", 2)
        assert (await case.upload(photo(), hidden=hidden)).status == 429
    assert (await case.upload(photo(), hidden=hidden)).status == 303


# logs


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged at any level, as the gateway writes it: it has no access log."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(QuietFormatter())
    handler.addFilter(lambda record: record.name != "aiohttp.access")
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


async def test_a_whole_case_leaves_nothing_of_it_in_the_log(
    log: io.StringIO, case: CaseVisitor, people: DeskPeople, lawyer_page: StaffBrowser
) -> None:
    await lawyer_page.accept(1)
    await case.upload(photo(), name="老板签的欠条.jpg")
    await case.upload(b"MZ", name="坏的欠条.jpg")
    await lawyer_page.step(1, "reply", text="律师说的话")
    await lawyer_page.step(1, "close", outcome="advised", note="办结的话")
    admin = people.sign_in("admin")
    fields = {"login": "new", "name": "新来的人", "role": "lawyer", "regions": "全国"}
    page = await (await post_form(admin.client, "/desk/people", fields)).text()
    link = page.split("/desk/invite/")[1].split('"')[0].split("<")[0].strip()
    await people.stranger().client.get(f"/desk/invite/{link}")
    for secret in (
        *SECRET.values(), "厂里停工了", "欠条", "律师说的话", "办结的话", "新来的人", link,
    ):  # fmt: skip
        assert secret not in log.getvalue(), secret
