"""What is counted in months, years, hours or heads: whose, of what, and how many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.facts import find_counted
from bot.zh.counted import read_time
from bot.zh.whose import NOT_OURS


def counted(text):
    return [(span.kind, *span.value.values()) for span in find_counted(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("怀孕六个月", "pregnancy", ("6", "month")),
        ("我孕28周了", "pregnancy", ("28", "week")),
        ("七个多月身孕", "pregnancy", ("7", "month")),
        ("怀孕5个半月", "pregnancy", ("5.5", "month")),
        ("我媳妇怀孕3个月", "pregnancy", ("3", "month")),
        ("孩子才8个月", "child_age", ("8", "month")),
        ("娃三岁半", "child_age", ("3.5", "year")),
        ("娃娃两岁三个月", "child_age", ("27", "month")),
        ("小孩刚满月", "child_age", ("1", "month")),
        ("8个月大的孩子", "child_age", ("8", "month")),
        ("社保交了3年", "contribution", ("36", "social")),
        ("交了1年零3个月的社保", "contribution", ("15", "social")),
        ("失业保险一共交了40个月", "contribution", ("40", "unemployment")),
        ("每天加班3个小时", "overtime", ("3", "day")),
        ("一个月加60个钟的班", "overtime", ("60", "month")),
        ("加了一个半小时的班", "overtime", ("1.5", None)),
        ("多干了5个小时", "overtime", ("5", None)),
        ("我们三十几个人", "headcount", (30, "people")),
        ("一百多号工友", "headcount", (100, "people")),
        ("七八个人", "headcount", (7, "people")),
        ("十一个人", "headcount", (11, "people")),
        ("一下子裁了四十个", "headcount", (40, "people")),
        ("家里五口人", "headcount", (5, "family")),
    ],
)
def test_a_figure_is_read(text, kind, value):
    assert counted(text) == [(kind, *value)]


@pytest.mark.parametrize(
    "text",
    [
        "怀孕了,两个月没发工资",
        "怀孕7个月以上不能上夜班",
        "孩子三个月没上学",
        "我今年45岁",
        "我妈60岁",
        "欠缴社保10个月",
        "厂里没给交社保,3年了",
        "公积金交了两年",
        "每天上12小时",
        "加班到晚上11点",
        "加班费一小时15块",
        "公司说加班两小时以内不算",
        "就我一个人没发",
        "第二个人力资源",
        "10人以上的单位",
    ],
)
def test_what_only_looks_like_one_is_none(text):
    assert counted(text) == []


@pytest.mark.parametrize("text", ["老板娘怀孕8个月", "同事怀孕5个月", "老板孩子5岁"])
def test_what_is_somebody_elses_is_neither_a_fact_nor_a_duration(reader, text):
    from tests.bot.conftest import TODAY

    assert {span.kind for span in find_counted(text)} == {NOT_OURS}
    assert reader.read(text, TODAY) == []


def test_a_pregnancy_is_no_duration_beside(reader):
    from tests.bot.conftest import TODAY

    text = "怀孕7个月还让加班"
    (fact,) = reader.read(text, TODAY)
    assert (fact.kind, text[fact.start : fact.end]) == ("pregnancy", "7个月")


def test_years_and_weeks_do_not_add_up():
    assert read_time("三年零两个月") is not None
    assert read_time("3周") is not None and read_time("") is None


@given(st.text(alphabet="怀孕娃孩子社保交加班小时个月岁年周人口我们一二十半多几3 ,。", max_size=80))
def test_any_heap_of_such_words_is_survived(text):
    for span in find_counted(text):
        assert 0 <= span.start < span.end <= len(text)
