"""Invited, one sets a password; with a second factor, signing in asks for a code as well."""

import re
from datetime import timedelta

import pyotp
import pytest

from gongyou.desk.people.invitations import open_invitation
from gongyou.desk.people.second_factor import new_secret, turn_on
from gongyou.wiring import Desk
from tests.fixtures import PASSWORD
from tests.web.conftest import Clock
from tests.web.desk_people import DeskPeople, send

LINK = re.compile(r"/desk/invite/([\w-]{43})")
NEW = "another long password"


@pytest.fixture
async def link(people: DeskPeople) -> str:
    """The link of 钱律师, whose account the administrator has just made."""
    admin = people.sign_in("admin")
    new = {"login": "qian", "name": "钱律师", "role": "lawyer", "regions": "焦作"}
    status, html = await send(admin, "/desk/people", "/desk/people", **new)
    assert status == 200
    return LINK.findall(html)[0]


async def test_the_link_leads_to_a_password_and_the_login(people: DeskPeople, link: str) -> None:
    browser = people.stranger()
    status, html = await browser.page(f"/desk/invite/{link}")
    assert status == 200 and "钱律师，你的登录名是 <strong>qian</strong>" in html
    chosen = {"token": link, "password": NEW, "again": NEW}
    status, where = await send(browser, f"/desk/invite/{link}", "/desk/invite", **chosen)
    assert (status, where) == (303, "/desk/login?done=password")
    response = await browser.sign_in("qian", NEW)
    assert response.headers["Location"] == "/desk"


async def test_the_page_of_the_link_sends_no_referrer(people: DeskPeople, link: str) -> None:
    response = await people.stranger().client.get(f"/desk/invite/{link}")
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    assert f'action="/desk/invite/{link}' not in await response.text()


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [("x" * 11, "x" * 11, "密码至少要 12 个字符，现在是 11 个。"), (NEW, "other", "不一样")],
)
async def test_a_password_that_is_refused_says_why(
    people: DeskPeople, link: str, password: str, again: str, says: str
) -> None:
    chosen = {"token": link, "password": password, "again": again}
    browser, page = people.stranger(), f"/desk/invite/{link}"
    status, html = await send(browser, page, "/desk/invite", **chosen)
    assert status == 400 and says in html


async def test_a_used_link_says_what_to_do(people: DeskPeople, link: str) -> None:
    chosen = {"token": link, "password": NEW, "again": NEW}
    browser, page = people.stranger(), f"/desk/invite/{link}"
    await send(browser, page, "/desk/invite", **chosen)
    status, html = await browser.page(page)
    assert status == 404 and "已经用过了" in html and 'name="password"' not in html


async def test_an_expired_link_says_what_to_do(people: DeskPeople, link: str, clock: Clock) -> None:
    clock.pass_by(hours=72)
    status, html = await people.stranger().page(f"/desk/invite/{link}")
    assert status == 404 and "过期了。请管理员再发一个" in html


async def test_a_reset_shows_its_own_link_and_voids_the_old_password(people: DeskPeople) -> None:
    admin, lawyer = people.sign_in("admin"), people.add("lawyer", "li")
    page = f"/desk/people/{lawyer.id}"
    status, html = await send(admin, page, f"{page}/reset")
    assert status == 200 and "24 小时内有效" in html and LINK.search(html)
    assert (await people.stranger().sign_in("li", PASSWORD)).status == 400


class WithCode:
    """A lawyer with the second factor on, and their phone."""

    def __init__(self, people: DeskPeople, desk: Desk, clock: Clock) -> None:
        self.person, self.secret, self.clock = people.add("lawyer", "li"), new_secret(), clock
        earlier = clock() - timedelta(minutes=10)
        code = pyotp.TOTP(self.secret).at(earlier)
        with desk.transaction() as session:
            turn_on(session, self.person.id, self.secret, code, earlier)

    def code(self) -> str:
        return pyotp.TOTP(self.secret).at(self.clock())


@pytest.fixture
def phone(people: DeskPeople, desk: Desk, clock: Clock) -> WithCode:
    return WithCode(people, desk, clock)


async def test_the_password_alone_opens_nothing(people: DeskPeople, phone: WithCode) -> None:
    browser = people.stranger()
    response = await browser.sign_in("li", PASSWORD)
    assert response.headers["Location"] == "/desk/login/code"
    desk_page = await browser.client.get("/desk", allow_redirects=False)
    assert desk_page.headers["Location"] == "/desk/login"


async def test_the_code_finishes_the_sign_in(people: DeskPeople, phone: WithCode) -> None:
    browser = people.stranger()
    await browser.sign_in("li", PASSWORD)
    page = "/desk/login/code"
    assert await send(browser, page, page, code=phone.code()) == (303, "/desk")
    assert (await browser.page("/desk/me"))[0] == 200


async def test_a_code_signs_in_once(people: DeskPeople, phone: WithCode) -> None:
    page, statuses = "/desk/login/code", []
    for browser in (people.stranger(), people.stranger()):
        await browser.sign_in("li", PASSWORD)
        statuses.append((await send(browser, page, page, code=phone.code()))[0])
    assert statuses == [303, 400]


async def test_wrong_codes_are_slowed_down_from_any_browser(
    people: DeskPeople, phone: WithCode
) -> None:
    page, statuses = "/desk/login/code", []
    browser, other = people.stranger(), people.stranger()
    await browser.sign_in("li", PASSWORD)
    await other.sign_in("li", PASSWORD)
    for _ in range(5):
        statuses.append((await send(browser, page, page, code="000"))[0])
    statuses.append((await send(other, page, page, code=phone.code()))[0])
    assert statuses == [400] * 5 + [429]


async def test_without_the_password_there_is_no_code_to_type(people: DeskPeople) -> None:
    response = await people.stranger().client.get("/desk/login/code", allow_redirects=False)
    assert response.headers["Location"] == "/desk/login"


@pytest.mark.parametrize(
    ("role", "home"),
    [
        ("lawyer", "/desk"),
        ("officer", "/desk"),
        ("editor", "/desk/rules-review"),
        ("auditor", "/desk/trail"),
        ("admin", "/desk/people"),
        ("hotline", "/desk/calls"),
    ],
)
async def test_a_sign_in_lands_on_the_page_of_the_role(
    people: DeskPeople, role: str, home: str
) -> None:
    people.add(role, "somebody")  # type: ignore[arg-type]
    browser = people.stranger()
    response = await browser.sign_in("somebody", PASSWORD)
    assert response.headers["Location"] == home
    assert (await browser.page(home))[0] == 200


async def test_an_unused_invitation_is_voided_by_a_newer_one(
    people: DeskPeople, link: str, desk: Desk, clock: Clock
) -> None:
    with desk.transaction() as session:
        open_invitation(session, 2, "join", None, clock())
    assert (await people.stranger().page(f"/desk/invite/{link}"))[0] == 404
