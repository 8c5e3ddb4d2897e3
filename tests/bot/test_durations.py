"""How long something lasted."""

import pytest

from bot.zh.durations import find_durations


@pytest.mark.parametrize(
    ("said", "days", "unit", "count"),
    [
        ("停了三个月", 90, "month", "3"),
        ("半个月", 15, "month", "0.5"),
        ("两个半月", 75, "month", "2.5"),
        ("一年半", 547, "year", "1.5"),
        ("干了20天", 20, "day", "20"),
        ("两个星期", 14, "week", "2"),
        ("欠了三四个月", 90, "month", "3"),
        ("压了我一个月工资4300", 30, "month", "1"),
    ],
)
def test_a_duration_is_read(said, days, unit, count):
    (span,) = find_durations(said)
    assert span.value == {"days": days, "text_unit": unit, "count": count}


@pytest.mark.parametrize(
    "said",
    [
        "一个月4000",
        "7000块一个月",
        "一天都没干",
        "满一周岁",
        "2026年",
        "三月",
        "每天",
        "三个月前",
        "去年",
    ],
)
def test_a_rate_of_pay_or_a_date_is_no_duration(said):
    assert list(find_durations(said)) == []
