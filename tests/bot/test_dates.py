"""Dates and intervals, read on 21 November 2026."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.zh.dates import DateFinder
from tests.bot.conftest import TODAY

FESTIVALS = {"国庆": {0: (10, 1)}, "春节": {2025: (1, 29), 2026: (2, 17)}}
finder = DateFinder(FESTIVALS)


def dates(text):
    return [
        (s.value["from"], s.value["until"], s.value["precision"], s.value["role"])
        for s in finder.find(text, TODAY)
        if s.kind == "date"
    ]


@pytest.mark.parametrize(
    ("said", "since", "until", "precision"),
    [
        ("9月1号", "2026-09-01", "2026-09-02", "day"),
        ("九月一号", "2026-09-01", "2026-09-02", "day"),
        ("2026-09-01", "2026-09-01", "2026-09-02", "day"),
        ("2026年9月1日", "2026-09-01", "2026-09-02", "day"),
        ("9.1", "2026-09-01", "2026-09-02", "day"),
        ("昨天", "2026-11-20", "2026-11-21", "day"),
        ("21号", "2026-11-21", "2026-11-22", "day"),
        ("22号", "2026-10-22", "2026-10-23", "day"),
        ("上个月15号", "2026-10-15", "2026-10-16", "day"),
        ("2031年5月1日", "2031-05-01", "2031-05-02", "day"),
        ("去年3月", "2025-03-01", "2025-04-01", "month"),
        ("三月份", "2026-03-01", "2026-04-01", "month"),
        ("上个月", "2026-10-01", "2026-11-01", "month"),
        ("上月底", "2026-10-21", "2026-11-01", "month"),
        ("九月初", "2026-09-01", "2026-09-11", "month"),
        ("三个月前", "2026-08-01", "2026-09-01", "month"),
        ("国庆后", "2026-10-01", "2026-11-01", "month"),
        ("春节后", "2026-02-01", "2026-03-01", "month"),
        ("去年春节", "2025-01-01", "2025-02-01", "month"),
        ("年初", "2026-01-01", "2026-02-01", "month"),
        ("过完年", "2026-02-01", "2026-03-01", "month"),
        ("9月15", "2026-09-15", "2026-09-16", "day"),
        ("2020年2月", "2020-02-01", "2020-03-01", "month"),
        ("去年", "2025-01-01", "2026-01-01", "year"),
        ("正月十五", "2026-03-03", "2026-03-04", "day"),
        ("大年初三", "2026-02-19", "2026-02-20", "day"),
        ("腊月二十六", "2026-02-13", "2026-02-14", "day"),
        ("去年大年三十", "2025-01-28", "2025-01-29", "day"),
        ("除夕", "2026-02-16", "2026-02-17", "day"),
        ("去年下半年", "2025-07-01", "2026-01-01", "year"),
        ("半年前", "2026-05-01", "2026-06-01", "month"),
    ],
)
def test_a_date_is_read(said, since, until, precision):
    assert dates(said)[0][:3] == (since, until, precision)


def test_a_day_without_a_year_is_the_latest_that_has_come():
    assert dates("12月1号")[0][0] == "2025-12-01"


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("从2月3日到4月12日", "2026-02-03", "2026-04-13"),
        ("9月1号到15号", "2026-09-01", "2026-09-16"),
        ("1号到月底", "2026-11-01", "2026-12-01"),
        ("上个月1号到月底", "2026-10-01", "2026-11-01"),
        ("11月到3月", "2025-11-01", "2026-04-01"),
        ("去年12月到今年3月", "2025-12-01", "2026-04-01"),
        ("2025.12.3到2026.1.5", "2025-12-03", "2026-01-06"),
        ("去年12月20号停到今年1月10号", "2025-12-20", "2026-01-11"),
        ("9/1-9/30没发钱", "2026-09-01", "2026-10-01"),
    ],
)
def test_an_interval_is_half_open(said, since, until):
    ((start, end, _, role),) = dates(said)
    assert (start, end, role) == (since, until, "range")


@pytest.mark.parametrize("said", ["9月1号停工到现在", "9月1号至今", "9月1号开始一直到今天"])
def test_an_interval_to_now_ends_after_today_and_is_open(said):
    (span,) = finder.find(said, TODAY)
    assert span.value["from"] == "2026-09-01" and span.value["until"] == "2026-11-22"
    assert span.value["open"] is True


@pytest.mark.parametrize("said", ["2月31日", "2026年2月30日", "13月1号", "99月99号"])
def test_a_day_the_calendar_does_not_have_is_named(said):
    (span,) = finder.find(said, TODAY)
    assert (span.kind, span.value) == ("date_invalid", said)


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("9月1日起停工", "start"),
        ("从9月1号", "start"),
        ("10月15日复工", "end"),
        ("到10月15号", "end"),
    ],
)
def test_the_words_around_a_date_say_whether_it_begins_or_ends(said, role):
    assert dates(said)[0][3] == role


@pytest.mark.parametrize(
    "said",
    [
        "停了三个月",
        "一个月4000",
        "8号楼",
        "三号线",
        "每月5号发工资",
        "工资4.5千",
        "第三天",
        "一个月底薪",
    ],
)
def test_what_is_no_date_is_not_read(said):
    assert finder.find(said, TODAY) == []


@given(
    st.text(alphabet="年月日号去今上个底初到至从-./0123456789一二三十国庆春节 现在", max_size=80)
)
def test_any_heap_of_date_words_is_survived(text):
    for span in finder.find(text, TODAY):
        assert 0 <= span.start < span.end <= len(text)


def test_a_later_date_without_a_year_follows_the_year_said_before_it():
    assert dates("去年3月停的，一直到6月复工")[1] == ("2025-06-01", "2025-07-01", "month", "end")


def test_a_pay_cycle_from_the_middle_of_a_month_is_one_month_long():
    assert dates("16号到15号") == [("2026-10-16", "2026-11-16", "day", "range")]


@pytest.mark.parametrize("said", ["一百五一天", "干了二十一天", "工资月底发"])
def test_a_rate_a_count_or_a_pay_day_is_no_date(said):
    assert dates(said) == []
