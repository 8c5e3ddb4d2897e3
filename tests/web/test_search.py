"""The search page: over what one may read, and what is looked for is written down nowhere."""

import io

import pytest
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.people.accounts import Person
from gongyou.web.staff.review import search_page
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser, WorkerBrowser
from tests.web.case_visitor import readable
from tests.web.desk_people import DeskPeople, send

PAGE = "/desk/search"
WORD = "孩子学费"


@pytest.fixture
async def said(caller: WorkerBrowser, officer_page: StaffBrowser) -> StaffBrowser:
    """An officer; the worker of ticket 1 wrote of the school fees."""
    await caller.say(f"<b>{WORD}</b>交不上了")
    return officer_page


async def search(page: StaffBrowser, text: str, **fields: str) -> tuple[int, str]:
    return await send(page, PAGE, PAGE, q=text, **fields)


async def test_what_was_said_is_found_and_leads_to_the_message(said: StaffBrowser) -> None:
    status, html = await search(said, "学费")
    assert status == 200 and "<mark>学费</mark>" in html
    link = html.split('class="topic" href="')[1].partition('"')[0]
    assert link.startswith("/desk/tickets/1?before=")
    path, _, place = link.partition("#")
    assert f'id="{place}"' in (await said.page(path))[1]


async def test_what_a_worker_wrote_is_shown_as_text(said: StaffBrowser) -> None:
    html = (await search(said, "学费"))[1]
    assert "<b>" not in html and "&lt;b&gt;" in html


async def test_nothing_found_says_so(said: StaffBrowser) -> None:
    assert "没有找到。" in readable((await search(said, "没有这句话"))[1])


@pytest.mark.parametrize("text", ["", "   ", "字" * 61])
async def test_what_cannot_be_looked_for_is_said(officer_page: StaffBrowser, text: str) -> None:
    status, html = await search(officer_page, text)
    assert status == 400 and 'role="alert"' in html


async def test_what_is_not_theirs_to_read_officers_do_not_find(
    worker: WorkerBrowser, lawyer: Person, officer_page: StaffBrowser
) -> None:
    await worker.open_sheet()
    await worker.say(WORD)
    await worker.send_sheet()  # a lawyer's
    assert "没有找到。" in readable((await search(officer_page, WORD))[1])


async def test_a_lawyer_does_not_search(lawyer_page: StaffBrowser) -> None:
    assert (await lawyer_page.page(PAGE))[0] == 403


async def test_an_address_cannot_search(said: StaffBrowser) -> None:
    html = (await said.page(f"{PAGE}?q={WORD}"))[1]
    assert WORD not in html and "<mark>" not in html


async def test_page_by_page_the_rest_is_found(
    said: StaffBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongyou.desk.review.search.MOST_HITS", 0)
    html = (await search(said, "学费"))[1]
    assert "最近的里面没有，还可以再往前找。" in html and "再往前找</button>" in html
    hidden = {
        name: html.split(f'name="{name}" value="')[1].partition('"')[0]
        for name in ("ticket", "message", "found")
    }
    monkeypatch.undo()
    assert "<mark>学费</mark>" in (await search(said, "学费", **hidden))[1]


@pytest.mark.parametrize("made_up", ["x", "-1", "99999999999999999999", "1e9"])
async def test_a_position_that_was_made_up_breaks_nothing(said: StaffBrowser, made_up: str) -> None:
    status, _ = await search(said, "学费", ticket=made_up, message=made_up, found=made_up)
    assert status == 200


async def test_the_trail_tells_that_somebody_searched_and_not_for_what(
    said: StaffBrowser, officer: Person, desk: Desk, people: DeskPeople
) -> None:
    await search(said, WORD)
    with desk.reading() as session:
        query = select(AuditEvent).where(AuditEvent.action == "tickets.search")
        (event,) = session.scalars(query)
    assert (event.actor, event.subject) == (f"person:{officer.id}", f"person:{officer.id}")
    html = (await people.sign_in("auditor").page("/desk/trail"))[1]
    assert "查找工单" in html and WORD not in html


async def test_what_is_looked_for_is_in_no_log(said: StaffBrowser, log: io.StringIO) -> None:
    await search(said, WORD)
    assert WORD not in log.getvalue()


async def test_not_even_when_the_search_breaks(
    said: StaffBrowser, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(session: object, person: object, words: object, *rest: object) -> None:
        raise RuntimeError(f"cannot find {words}")

    monkeypatch.setattr(search_page, "search_cases", broken)
    assert (await search(said, WORD))[0] == 500
    assert "RuntimeError" in log.getvalue() and WORD not in log.getvalue()
