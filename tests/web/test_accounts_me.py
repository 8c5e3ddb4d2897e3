"""One's own page: browsers, second factor, and what a lawyer says of themselves."""

import re
from typing import Any

import pyotp
import pytest

from gongyou.desk.people.accounts import Person, get_person
from gongyou.desk.people.lawyers import Profile, fetch_profile
from gongyou.web.staff.accounts.agents import describe_agent
from gongyou.wiring import Desk
from tests.fixtures import PASSWORD
from tests.web.browser import StaffBrowser
from tests.web.conftest import Clock
from tests.web.desk_people import DeskPeople, send

ME = "/desk/me"
MARK = re.compile(r'name="mark" value="([0-9a-f]+)"')
SECRET = re.compile(r'name="secret" value="([A-Z2-7]{32})"')
PROFILE = {"regions": "焦作、湖南株洲", "load_limit": "5"}
CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
WECHAT = f"{CHROME} MicroMessenger/8.0"


@pytest.fixture
def person(people: DeskPeople) -> Person:
    return people.add("lawyer", "li")


@pytest.fixture
async def browser(people: DeskPeople, person: Person) -> StaffBrowser:
    return people.browser_of(person)


# browsers


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (CHROME, "Chrome · Android"),
        (WECHAT, "微信 · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537 Edg/130", "Edge · Windows"),
        ("curl/8.0", "浏览器"),
        ("", "浏览器"),
    ],
)
def test_a_browser_is_told_coarsely(header: str, words: str) -> None:
    assert describe_agent(header) == words


async def test_the_browsers_are_listed_and_this_one_is_marked(
    people: DeskPeople, person: Person, browser: StaffBrowser
) -> None:
    people.browser_of(person, "微信 · Android")
    _, html = await browser.page(ME)
    assert "微信 · Android" in html and html.count("就是这个") == 1


async def test_another_browser_is_ended(
    people: DeskPeople, person: Person, browser: StaffBrowser
) -> None:
    other = people.browser_of(person)
    _, html = await browser.page(ME)
    mark = MARK.findall(html)[0]
    await send(browser, ME, f"{ME}/browsers/end", mark=mark)
    assert await is_signed_in(browser) and not await is_signed_in(other)


async def test_all_others_are_ended(
    people: DeskPeople, person: Person, browser: StaffBrowser
) -> None:
    others = [people.browser_of(person) for _ in range(2)]
    await send(browser, ME, f"{ME}/browsers/end-others")
    assert [await is_signed_in(each) for each in (browser, *others)] == [True, False, False]


# second factor


async def turn_on(browser: StaffBrowser, clock: Clock) -> str:
    page = f"{ME}?enrol=yes"
    secret = SECRET.findall((await browser.page(page))[1])[0]
    code = pyotp.TOTP(secret).at(clock())
    given = {"secret": secret, "code": code, "password": PASSWORD}
    answer = await send(browser, page, f"{ME}/second-factor", **given)
    assert answer == (303, f"{ME}?done=second_factor_on")
    return secret


async def test_the_page_shows_a_drawing_and_the_secret_in_fours(browser: StaffBrowser) -> None:
    _, html = await browser.page(f"{ME}?enrol=yes")
    secret = SECRET.findall(html)[0]
    assert " ".join(secret[i : i + 4] for i in range(0, 32, 4)) in html
    assert 'src="data:image/svg+xml' in html


async def test_a_wrong_first_code_keeps_the_same_secret(browser: StaffBrowser) -> None:
    page = f"{ME}?enrol=yes"
    secret = SECRET.findall((await browser.page(page))[1])[0]
    given = {"secret": secret, "code": "1", "password": PASSWORD}
    status, html = await send(browser, page, f"{ME}/second-factor", **given)
    assert status == 400 and "验证码不对" in html and SECRET.findall(html) == [secret]


async def test_without_the_password_it_is_not_turned_on(
    browser: StaffBrowser, clock: Clock
) -> None:
    page = f"{ME}?enrol=yes"
    secret = SECRET.findall((await browser.page(page))[1])[0]
    given = {"secret": secret, "code": pyotp.TOTP(secret).at(clock()), "password": "wrong"}
    status, html = await send(browser, page, f"{ME}/second-factor", **given)
    assert status == 400 and SECRET.findall(html) == [secret]


async def test_turned_on_the_secret_is_shown_nowhere(browser: StaffBrowser, clock: Clock) -> None:
    secret = await turn_on(browser, clock)
    _, html = await browser.page(f"{ME}?enrol=yes")
    assert secret not in html and not SECRET.search(html)


@pytest.mark.parametrize(("password", "steps"), [("wrong", 1), (PASSWORD, 0)])
async def test_turning_it_off_needs_password_and_a_new_code(
    browser: StaffBrowser, clock: Clock, person: Person, desk: Desk, password: str, steps: int
) -> None:
    secret = await turn_on(browser, clock)
    clock.pass_by(seconds=30 * steps)
    fields = {"password": password, "code": pyotp.TOTP(secret).at(clock())}
    assert (await send(browser, ME, f"{ME}/second-factor/off", **fields))[0] == 400
    assert stored(desk, person).totp_secret == secret


async def test_with_both_it_is_off(
    browser: StaffBrowser, clock: Clock, person: Person, desk: Desk
) -> None:
    secret = await turn_on(browser, clock)
    clock.pass_by(seconds=30)
    fields = {"password": PASSWORD, "code": pyotp.TOTP(secret).at(clock())}
    assert (await send(browser, ME, f"{ME}/second-factor/off", **fields))[0] == 303
    assert stored(desk, person).totp_secret is None


# password

NEW = "another long password"


async def test_a_new_password_ends_every_sign_in(people: DeskPeople, browser: StaffBrowser) -> None:
    fields = {"old": PASSWORD, "new": NEW, "again": NEW}
    answer = await send(browser, ME, f"{ME}/password", **fields)
    assert answer == (303, "/desk/login?done=password_changed")
    assert not await is_signed_in(browser)
    assert (await people.stranger().sign_in("li", NEW)).status == 303


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"old": "wrong"}, "密码不对。"),
        ({"again": "other"}, "两次输的密码不一样"),
        ({"new": "short", "again": "short"}, "至少要 12 个字符，现在是 5 个"),
    ],
)
async def test_a_password_that_is_not_changed_says_why(
    browser: StaffBrowser, changed: dict[str, str], says: str
) -> None:
    fields = {"old": PASSWORD, "new": NEW, "again": NEW} | changed
    status, html = await send(browser, ME, f"{ME}/password", **fields)
    assert status == 400 and says in html
    assert await is_signed_in(browser)


# a lawyer's profile


async def test_a_profile_is_kept(browser: StaffBrowser, person: Person, desk: Desk) -> None:
    fields = PROFILE | {
        "topic.wage_shutdown": "yes",
        "from.5": "09:00",
        "to.5": "12:00",
        "away_from": "2026-12-01",
        "away_until": "2026-12-10",
        "employers": "宏达厂\n\n明亮电子",
    }
    assert (await send(browser, ME, f"{ME}/profile", **fields))[0] == 303
    profile = profile_of(desk, person)
    assert (profile.regions, profile.specialities) == (["410800", "430200"], ["wage_shutdown"])
    assert (profile.hours, profile.load_limit) == ({"5": ["09:00", "12:00"]}, 5)
    assert str(profile.away_until) == "2026-12-10"
    assert profile.employers == ("宏达厂", "明亮电子")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"regions": ""}, "「地区」没有填"),
        ({"regions": "火星"}, "没有找到：火星"),
        ({"regions": "朝阳区"}, "叫「朝阳区」的地方不止一个"),
        ({"load_limit": "0"}, "填 1 到 50 的整数"),
        ({"load_limit": "51"}, "填 1 到 50 的整数"),
        ({"load_limit": "三"}, "填 1 到 50 的整数"),
        ({"from.0": "09:00"}, "「周一」只填了一半"),
        ({"from.6": "19:00", "to.6": "09:00"}, "「周日」的结束要晚于开始"),
        ({"from.6": "7pm", "to.6": "8pm"}, "「周日」的时间要像 19:00"),
        ({"away_from": "明天"}, "「从哪天起不接」没看懂：明天"),
        ({"away_from": "2026-12-02", "away_until": "2026-12-02"}, "要晚于「从哪天起不接」"),
        ({"employers": "有限公司"}, "看不出「有限公司」是哪家单位"),
        ({"employers": "长" * 101}, "最多 100 个字"),
    ],
)
async def test_a_wrong_field_is_named_with_its_cure(
    browser: StaffBrowser, person: Person, desk: Desk, changed: dict[str, str], says: str
) -> None:
    status, html = await send(browser, ME, f"{ME}/profile", **(PROFILE | changed))
    assert status == 400 and says in html
    assert profile_of(desk, person).load_limit == 10


async def test_what_was_typed_stays_in_the_form(browser: StaffBrowser) -> None:
    fields = PROFILE | {"load_limit": "99", "employers": "宏达厂", "topic.overtime": "yes"}
    _, html = await send(browser, ME, f"{ME}/profile", **fields)
    assert 'value="99"' in html and ">宏达厂</textarea>" in html


@pytest.mark.parametrize(
    ("name", "code"),
    [("海南", "460000"), ("长沙", "430100"), ("吉林", "220000"), ("山阳区", "410811")],
)
async def test_of_places_of_one_name_the_widest_is_meant(
    browser: StaffBrowser, person: Person, desk: Desk, name: str, code: str
) -> None:
    await send(browser, ME, f"{ME}/profile", **(PROFILE | {"regions": name}))
    assert profile_of(desk, person).regions == [code]


async def test_the_whole_country_is_a_region(
    browser: StaffBrowser, person: Person, desk: Desk
) -> None:
    await send(browser, ME, f"{ME}/profile", **(PROFILE | {"regions": "全国"}))
    assert profile_of(desk, person).regions == ["000000"]
    assert ">全国</textarea>" in (await browser.page(ME))[1]


async def is_signed_in(browser: StaffBrowser) -> bool:
    response = await browser.client.get(ME, allow_redirects=False)
    return response.status == 200


def stored(desk: Desk, person: Person) -> Any:
    with desk.reading() as session:
        return get_person(session, person.id)


def profile_of(desk: Desk, person: Person) -> Profile:
    with desk.reading() as session:
        return fetch_profile(session, get_person(session, person.id))
