"""Who employs, where one was isolated, whose doing a stoppage was: named, not denied, one's own."""

import pytest

from bot.zh.circumstances import CircumstanceFinder


@pytest.fixture(scope="module")
def finder(lexicon):
    return CircumstanceFinder(lexicon.circumstances)


def named(finder, text):
    return [(span.kind, span.value) for span in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("我是派遣工", "employment", "dispatched"),
        ("合同是跟劳务公司签的", "employment", "dispatched"),
        ("我不是派遣,是厂里直招的", "employment", "employee"),
        ("他们说我是派遣的,其实我是厂里的正式职工", "employment", "employee"),
        ("跑外卖的", "employment", "flexible"),
        ("居家隔离了14天", "isolation", "home"),
        ("在隔离酒店住了10天", "isolation", "central"),
        ("拉去方舱", "isolation", "fangcang"),
        ("医学观察期", "isolation", "observation"),
        ("我是密接", "isolation", "contact"),
        ("厂里没订单,放假", "stop_cause", "employer"),
        ("街道通知我们停业", "stop_cause", "government"),
        ("我自己请假的", "stop_cause", "worker"),
        ("不是政府叫停,是厂里自己停的", "stop_cause", "employer"),
        ("说是政府要求的,其实是没单子", "stop_cause", "employer"),
        ("因为我操作失误机器坏了停的", "stop_cause", "worker"),
    ],
)
def test_a_circumstance_is_named(finder, text, kind, value):
    assert named(finder, text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "我不是派遣",
        "我不是密接,只是同一栋楼",
        "同事是密接",
        "小区有密接",
        "老婆在集中隔离",
        "方舱建设工地上干活",
        "政府没让停",
        "派遣了200人去上海",
        "居家办公",
    ],
)
def test_what_is_denied_or_somebody_elses_is_none(finder, text):
    assert named(finder, text) == []


def test_each_value_is_given_once(finder):
    assert named(finder, "集中隔离7天,又集中隔离7天") == [("isolation", "central")]


def test_every_phrase_of_the_list_is_found_by_itself(finder, lexicon):
    rows = [row for row in lexicon.circumstances if row[1] != "-" and "…" not in row[2]]
    assert [row for row in rows if row[:2] not in named(finder, row[2])] == []
