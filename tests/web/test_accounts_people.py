"""An administrator's pages: accounts made and changed, kept out and let in, never a case."""

from typing import Any

import pytest

from gongyou.desk.people.accounts import Person, fetch_person, get_person
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk
from tests.web.browser import StaffBrowser, WorkerBrowser
from tests.web.desk_people import DeskPeople, send

LIST = "/desk/people"
NEW = {"login": "qian", "name": "钱律师", "role": "lawyer", "regions": "焦作"}


@pytest.fixture
async def admin(people: DeskPeople) -> StaffBrowser:
    return people.sign_in("admin")


@pytest.fixture
def lawyer(people: DeskPeople) -> Person:
    return people.add("lawyer", "li")


async def test_a_new_account_has_what_was_given(admin: StaffBrowser, desk: Desk) -> None:
    new = {
        "login": "qian",
        "name": "钱干部",
        "role": "officer",
        "email": "qian@example.com",
        "regions": "河南\n长沙",
        "employer": "宏达厂",
        "on_duty": "yes",
    }
    assert (await send(admin, LIST, LIST, **new))[0] == 200
    person = named(desk, "qian")
    assert (person.name, person.role, person.email) == ("钱干部", "officer", "qian@example.com")
    assert (person.regions, person.employer) == (["410000", "430100"], "宏达厂")
    assert person.on_duty and not person.has_joined


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"login": "钱"}, "「登录名」用 2 到 32 个小写字母"),
        ({"login": "admin"}, "admin 已经有人用了"),
        ({"name": " "}, "「姓名」没有填"),
        ({"name": "长" * 31}, "最多 30 个字"),
        ({"role": "king"}, "「角色」要从列出的里面选"),
        ({"email": "li"}, "「邮箱」写得不对"),
        ({"regions": ""}, "「地区」没有填"),
        ({"role": "officer", "employer": "公司"}, "看不出「公司」是哪家单位"),
    ],
)
async def test_a_wrong_field_is_named_and_nothing_is_made(
    admin: StaffBrowser, desk: Desk, changed: dict[str, str], says: str
) -> None:
    status, html = await send(admin, LIST, LIST, **(NEW | changed))
    assert status == 400 and says in html
    assert named(desk, "qian") is None


async def test_every_wrong_field_is_named_at_once(admin: StaffBrowser) -> None:
    _, html = await send(admin, LIST, LIST, login="", name="", role="lawyer", regions="火星")
    for field in ("「登录名」", "「姓名」没有填", "没有找到：火星"):
        assert field in html


async def test_who_reads_no_cases_needs_no_region(admin: StaffBrowser, desk: Desk) -> None:
    new = NEW | {"role": "auditor", "regions": ""}
    assert (await send(admin, LIST, LIST, **new))[0] == 200


async def test_the_list_finds_people(admin: StaffBrowser, lawyer: Person) -> None:
    assert "李律师" in (await admin.page(f"{LIST}?q=li&role=lawyer"))[1]
    assert "没有找到账号" in (await admin.page(f"{LIST}?q=nobody"))[1]


async def test_a_change_is_kept(admin: StaffBrowser, lawyer: Person, desk: Desk) -> None:
    page = f"{LIST}/{lawyer.id}"
    changed = {"name": "李明", "role": "lawyer", "regions": "株洲", "email": ""}
    assert await send(admin, page, f"{page}/account", **changed) == (303, f"{page}?done=saved")
    with desk.reading() as session:
        person = get_person(session, lawyer.id)
        assert (person.name, person.regions) == ("李明", ["430200"])


async def test_the_profile_is_kept_and_leaves_the_regions(
    admin: StaffBrowser, lawyer: Person, desk: Desk
) -> None:
    page = f"{LIST}/{lawyer.id}"
    assert (await send(admin, page, f"{page}/profile", load_limit="7"))[0] == 303
    with desk.reading() as session:
        assert get_person(session, lawyer.id).regions == ["000000"]
    assert 'value="7"' in (await admin.page(page))[1]


async def test_kept_out_one_is_signed_out_and_let_in_again(
    admin: StaffBrowser, lawyer: Person, people: DeskPeople
) -> None:
    browser, page = people.browser_of(lawyer), f"{LIST}/{lawyer.id}"
    await send(admin, page, f"{page}/active", active="no")
    assert (await browser.client.get("/desk/me", allow_redirects=False)).status == 303
    await send(admin, page, f"{page}/active", active="yes")
    assert people.actions()[-2:] == ["person.deactivate", "person.activate"]


async def test_nobody_keeps_themselves_out(admin: StaffBrowser) -> None:
    status, html = await send(admin, f"{LIST}/1", f"{LIST}/1/active", active="no")
    assert status == 409 and "不能停用自己的账号" in html


async def test_the_last_administrator_keeps_the_role(
    admin: StaffBrowser, people: DeskPeople
) -> None:
    changed = {"name": "孙管理", "role": "lawyer", "regions": "全国"}
    status, html = await send(admin, f"{LIST}/1", f"{LIST}/1/account", **changed)
    assert status == 409 and "不能改自己的角色" in html


async def test_all_browsers_of_somebody_are_ended(
    admin: StaffBrowser, lawyer: Person, people: DeskPeople
) -> None:
    browser, page = people.browser_of(lawyer), f"{LIST}/{lawyer.id}"
    await send(admin, page, f"{page}/end-sessions")
    assert (await browser.client.get("/desk/me", allow_redirects=False)).status == 303


async def test_who_has_joined_gets_no_second_link_to_join(
    admin: StaffBrowser, lawyer: Person
) -> None:
    page = f"{LIST}/{lawyer.id}"
    status, html = await send(admin, page, f"{page}/join-link")
    assert status == 409 and "已经设过密码了" in html


async def test_an_account_that_is_not_there_is_said_so(admin: StaffBrowser) -> None:
    assert (await admin.page(f"{LIST}/999"))[0] == 404


async def test_nothing_of_a_case_is_on_any_of_the_administrators_pages(
    admin: StaffBrowser, lawyer: Person, worker: WorkerBrowser, desk: Desk
) -> None:
    await worker.open_sheet()
    await worker.send_sheet(words="怕被开除", contact="13800000000")
    with desk.transaction() as session:
        ticket = session.get(Ticket, 1)
        assert ticket is not None
        ticket.person_id, ticket.status = lawyer.id, "accepted"
    for path in (LIST, f"{LIST}/{lawyer.id}", "/desk/notices"):
        _, html = await admin.page(path)
        for secret in ("怕被开除", "13800000000", "停工三个月"):
            assert secret not in html
    assert "在办 1 件" in (await admin.page(f"{LIST}/{lawyer.id}"))[1]


def named(desk: Desk, login: str) -> Any:
    with desk.reading() as session:
        return fetch_person(session, login)
