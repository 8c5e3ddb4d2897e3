"""Early warning and reports at the desk: published figures of one's scope, files to send upward."""

import io
from collections.abc import Callable
from itertools import count
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from gongyou.desk.people.accounts import Person, get_person
from gongyou.desk.statistics.alerts import put_alerts
from gongyou.wiring import Desk
from tests.desk.statistics import NEXT, WEEK, ask, at, publish
from tests.web.browser import StaffBrowser
from tests.web.conftest import Browser, Clock
from tests.web.desk_people import DeskPeople

PAGE, REPORTS = "/desk/early-warning", "/desk/reports"


@pytest.fixture
def people(
    desk: Desk, password_hash: str, clock: Clock, open_browser: Callable[[], Browser]
) -> DeskPeople:
    return DeskPeople(desk, password_hash, clock, open_browser)


@pytest.fixture
def published(desk: Desk) -> None:
    """焦作: 12 of 宏达, 4 of 明亮, 3 elsewhere unnamed; 苏州: 6."""
    with desk.transaction() as session:
        ask(session, 12, employer="宏达机械厂", topic="wage_arrears", answered=True)
        ask(session, 4, employer="明亮电子", topic="sick_pay")
        ask(session, 3, topic="overtime_pay")
        ask(session, 6, region="320500", topic="work_injury")
        publish(session)
        put_alerts(session, WEEK, at(NEXT))


@pytest.fixture
def sign_in(desk: Desk, people: DeskPeople) -> Any:
    """A browser of an officer with these columns; another one, each time."""
    numbers = count(1)

    def sign_in_(**columns: Any) -> StaffBrowser:
        person: Person = people.add("officer", f"officer{next(numbers)}")
        with desk.transaction() as session:
            row = get_person(session, person.id)
            for name, value in columns.items():
                setattr(row, name, value)
        return people.browser_of(person)

    return sign_in_


async def test_an_officer_sees_the_warnings_and_figures_of_their_region(published, sign_in):
    _, html = await sign_in(regions=["410800"]).page(PAGE)
    for shown in (
        "“宏达”（河南省焦作市）：本周有 12 名职工来问，达到预警线。",
        "拖欠工资",
        "19 人",
    ):
        assert shown in html
    for hidden in ("明亮", "工伤", "苏州"):
        assert hidden not in html


async def test_every_chart_has_its_table(published, sign_in):
    _, html = await sign_in().page(PAGE)
    assert html.count("<svg") == html.count("<caption") == 4
    assert html.count('aria-hidden="true"') == 4


async def test_an_enterprises_union_reads_nothing_of_its_own(published, sign_in):
    _, html = await sign_in(employer="焦作市宏达机械厂").page(PAGE)
    assert "企业工会的干部" in html and "不列人数" in html
    assert "“宏达”" not in html and "12 人" not in html


async def test_a_week_with_fewer_than_five_people_shows_no_number(desk, sign_in):
    with desk.transaction() as session:
        ask(session, 4)
        publish(session)
    status, html = await sign_in(regions=["410800"]).page(PAGE)
    assert status == 200 and "没有满五人的小组，按规定不列人数" in html
    assert "4 人" not in html


async def test_before_the_first_monday_it_says_when_there_will_be_figures(sign_in):
    assert "还没有数字" in (await sign_in().page(PAGE))[1]
    assert "还没有周报" in (await sign_in().page(REPORTS))[1]


async def test_an_unknown_week_shows_the_newest(published, sign_in):
    browser = sign_in()
    for asked in ("202646", "999999", "x"):
        assert "11/9—11/15" in (await browser.page(f"{PAGE}?week={asked}"))[1]


# the reports


async def test_the_report_of_ones_region_is_there_to_download(published, sign_in):
    browser = sign_in(regions=["410800"])
    _, html = await browser.page(REPORTS)
    assert "河南省焦作市" in html and f"{REPORTS}/202646/410800/docx" in html
    response = await browser.client.get(f"{REPORTS}/202646/410800/docx")
    made = docx.Document(io.BytesIO(await response.read()))
    texts = [paragraph.text for paragraph in made.paragraphs]
    assert "四、建议" in texts and any("19 人" in text for text in texts)
    assert "attachment" in response.headers["Content-Disposition"]


async def test_both_files_hold_the_same_figures_each_time(published, sign_in):
    browser = sign_in(regions=["410000"])
    contents = []
    for _ in range(2):
        response = await browser.client.get(f"{REPORTS}/202646/410000/xlsx")
        contents.append(await response.read())
    assert contents[0] == contents[1]
    assert load_workbook(io.BytesIO(contents[0]))["概况"]["B5"].value == 19


async def test_a_city_of_ones_province_is_made_on_demand(published, sign_in):
    browser = sign_in(regions=["410000"])
    assert f"{REPORTS}/202646/410800/docx" in (await browser.page(f"{REPORTS}?place=焦作市"))[1]
    assert "不在你负责的省市里" in (await browser.page(f"{REPORTS}?place=苏州市"))[1]


async def test_who_has_the_whole_country_is_told_of_a_place_that_is_none(published, sign_in):
    browser = sign_in(regions=["000000"])
    for place in ("没有", "修武县"):
        assert "不在你负责的省市里" in (await browser.page(f"{REPORTS}?place={place}"))[1]


@pytest.mark.parametrize("region", ["999999", "410821", "1"])
async def test_there_is_no_report_of_a_county_or_of_no_place(published, sign_in, region):
    browser = sign_in(regions=["000000"])
    assert (await browser.client.get(f"{REPORTS}/202646/{region}/docx")).status == 404


@pytest.mark.parametrize(
    "path", ["202646/320500/docx", "202646/000000/xlsx", "202645/410800/docx", "209999/410800/docx"]
)
async def test_there_is_no_report_of_other_regions_and_weeks(published, sign_in, path):
    response = await sign_in(regions=["410800"]).client.get(f"{REPORTS}/{path}")
    assert response.status == 404


async def test_a_report_of_a_region_with_four_people_tells_no_number(desk, sign_in):
    with desk.transaction() as session:
        ask(session, 4, employer="宏达机械厂")
        publish(session)
        put_alerts(session, WEEK, at(NEXT))
    response = await sign_in(regions=["410800"]).client.get(f"{REPORTS}/202646/410800/docx")
    made = docx.Document(io.BytesIO(await response.read()))
    text = "".join(paragraph.text for paragraph in made.paragraphs)
    assert "不足五人，按规定不列人数" in text and "没有达到预警线" in text
    assert "4 人" not in text and "宏达" not in text


async def test_an_enterprises_union_has_no_reports(published, sign_in):
    browser = sign_in(employer="明亮电子")
    assert "企业工会的账号不能下载" in (await browser.page(REPORTS))[1]
    assert (await browser.client.get(f"{REPORTS}/202646/000000/docx")).status == 404


async def test_a_download_is_in_the_trail(published, sign_in, people):
    await sign_in().client.get(f"{REPORTS}/202646/000000/docx")
    assert people.actions()[-1] == "report.read"
