"""Amounts of yuan and what they are paid for."""

import pytest

from bot.zh.money import find_money


def money(text):
    return [(s.value["amount"], s.value["per"], s.value["approx"]) for s in find_money(text)]


@pytest.mark.parametrize(
    ("said", "amount", "per", "approx"),
    [
        ("一个月4000", "4000", "month", False),
        ("四千五", "4500", None, False),
        ("3千多", "3000", None, True),
        ("大概4k左右", "4000", None, True),
        ("4000", "4000", None, False),
        ("月薪四千五百元", "4500", "month", False),
        ("每个月到手3800左右", "3800", "month", True),
        ("工资3500一个月", "3500", "month", False),
        ("4500元/月", "4500", "month", False),
        ("底薪3000-4000", "3000", "month", True),
        ("时薪20块", "20", "hour", False),
        ("一天两百", "200", "day", False),
        ("一共欠我3万", "30000", "total", False),
        ("欠薪1万2", "12000", "total", False),
        ("发了1900", "1900", None, False),
        ("120一天", "120", "day", False),
        ("16块一个小时", "16", "hour", False),
        ("年薪八万", "80000", "year", False),
        ("差我两万", "20000", "total", False),
        ("还有8000块钱没给", "8000", "total", False),
        ("一个月三千七八", "3700", "month", True),
        ("洛阳,5000,没干活", "5000", None, False),
        ("一年收入5万", "50000", "year", False),
        ("七千来块一个月", "7000", "month", True),
        ("押金500不退", "500", None, False),
        ("工资差不多4000", "4000", "month", True),
        ("欠我\n\n\n\n工资两万六", "26000", "total", False),
        ("压了我\n\n\n工资4300", "4300", "total", False),
        ("工资没发,大概一万五", "15000", "total", True),
        ("扣了我工资三百六", "360", None, False),
        ("一百万亿", "100000000000000", None, False),
    ],
)
def test_an_amount_is_read(said, amount, per, approx):
    assert money(said) == [(amount, per, approx)]


@pytest.mark.parametrize(
    "text",
    [
        "我们厂200人",
        "手机13812345678",
        "给我打138 1234 5678",
        "打010-1234-5678",
        "打12333没人接",
        "干了8小时",
        "50平米",
        "打八折",
        "三千名职工",
        "15",
    ],
)
def test_what_counts_something_else_is_no_money(text):
    assert money(text) == []


def test_two_amounts_in_one_sentence_are_both_read():
    assert [m[0] for m in money("工资4000,只发了1900")] == ["4000", "1900"]
