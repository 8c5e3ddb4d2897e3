"""Routing: the officer sees who was asked and why, and picks the next one."""

import pytest

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.lawyers import Conflict
from gongyou.desk.routing.offers import fetch_offers
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser, WorkerBrowser, post_form

PAGE = "/desk/tickets/1/routing"


@pytest.fixture
async def declined(lawyer_page: StaffBrowser, worker: WorkerBrowser) -> WorkerBrowser:
    """A case that its only lawyer declined; it fell to the officers on duty."""
    await worker.open_sheet()
    await worker.send_sheet(employer="宏达机械厂")
    await lawyer_page.step(1, "decline", note="下周都在开庭")
    return worker


async def test_the_page_tells_who_was_asked_and_what_they_said(
    officer_page: StaffBrowser, declined: WorkerBrowser
) -> None:
    _, html = await officer_page.page(PAGE)
    for shown in ("李律师", "不接", "下周都在开庭", "这件事已经派给过这位"):
        assert shown in html
    for hidden in ("4,000", "厂里停工了", "宏达"):
        assert hidden not in html


async def test_an_officer_asks_a_chosen_lawyer_once(
    officer_page: StaffBrowser, declined: WorkerBrowser, other_lawyer: Person, desk: Desk
) -> None:
    assert f'value="{other_lawyer.id}"' in (await officer_page.page(PAGE))[1]
    for _ in range(2):
        fields = {"lawyer": str(other_lawyer.id)}
        response = await post_form(officer_page.client, "/desk/tickets/1/assign", fields, PAGE)
        assert response.headers["Location"] == f"{PAGE}?done=assigned"
    with desk.reading() as session:
        assert [o.answer for o in fetch_offers(session, 1)] == ["declined", "pending"]


async def test_a_lawyer_bound_to_the_employer_cannot_be_chosen(
    officer_page: StaffBrowser, declined: WorkerBrowser, other_lawyer: Person, desk: Desk
) -> None:
    with desk.transaction() as session:
        session.add(Conflict(person_id=other_lawyer.id, name="焦作宏达机械"))
    assert "说过要回避" in (await officer_page.page(PAGE))[1]
    fields = {"lawyer": str(other_lawyer.id)}
    response = await post_form(officer_page.client, "/desk/tickets/1/assign", fields, PAGE)
    assert response.status == 403 and "不能派给这位律师" in await response.text()


async def test_without_a_choice_nobody_is_asked(
    officer_page: StaffBrowser, declined: WorkerBrowser
) -> None:
    response = await post_form(officer_page.client, "/desk/tickets/1/assign", {}, PAGE)
    assert response.status == 400 and "选一位律师" in await response.text()


async def test_a_lawyer_has_no_routing_page(
    lawyer_page: StaffBrowser, declined: WorkerBrowser
) -> None:
    assert (await lawyer_page.page(PAGE))[0] == 403


async def test_an_officer_of_other_regions_has_none_either(
    officer_page: StaffBrowser, declined: WorkerBrowser, officer: Person, desk: Desk
) -> None:
    with desk.transaction() as session:
        session.get_one(Person, officer.id).regions = ["110000"]
    assert (await officer_page.page(PAGE))[0] == 404


async def test_on_duty_the_officer_takes_what_no_lawyer_took(
    officer_page: StaffBrowser, declined: WorkerBrowser, officer: Person, desk: Desk
) -> None:
    with desk.transaction() as session:
        session.get_one(Person, officer.id).on_duty = True
    assert "/desk/tickets/1" in (await officer_page.page("/desk"))[1]
    assert (await officer_page.accept(1)).status == 303
    assert "赵干部接手了" in (await declined.messages())[-1]["text"]


async def test_why_an_officer_gave_a_case_away_is_asked_kept_and_shown(
    officer_page: StaffBrowser, declined: WorkerBrowser, officer: Person, desk: Desk
) -> None:
    with desk.transaction() as session:
        session.get_one(Person, officer.id).on_duty = True
    await officer_page.accept(1)
    assert (await officer_page.step(1, "transfer")).status == 400
    assert (await officer_page.step(1, "transfer", reason="要懂工伤的律师")).status == 303
    assert "要懂工伤的律师" in (await officer_page.page(PAGE))[1]
