"""Numbers as workers write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.zh.numerals import find_numbers, read_numeral


@pytest.mark.parametrize(
    ("said", "value", "approx"),
    [
        ("4000", "4000", False),
        ("4,500", "4500", False),
        ("四千五", "4500", False),
        ("四千五百", "4500", False),
        ("3千多", "3000", True),
        ("三千来", "3000", True),
        ("两三千", "2000", True),
        ("4k", "4000", False),
        ("4.5K", "4500", False),
        ("1.2w", "12000", False),
        ("1万2", "12000", False),
        ("1万2000", "12000", False),
        ("两万五", "25000", False),
        ("一千零五", "1005", False),
        ("一万零五百", "10500", False),
        ("二十一", "21", False),
        ("十五", "15", False),
        ("二〇二六", "2026", False),
        ("三点五万", "35000", False),
        ("一亿两千万", "120000000", False),
        ("一百万亿", "100000000000000", False),
    ],
)
def test_a_number_is_read(said, value, approx):
    (number,) = find_numbers(said)
    assert (number.value, number.approx) == (Decimal(value), approx)
    assert said[number.start : number.end] == said


@pytest.mark.parametrize("text", ["", "百", "几千", "没有", "千万别"])
def test_what_is_no_number_is_not_read(text):
    assert list(find_numbers(text)) == []


def test_a_numeral_with_other_words_is_no_numeral():
    assert read_numeral("四千五百块") is None


@given(st.integers(min_value=1, max_value=99_999_999))
def test_digits_read_as_themselves(number):
    assert read_numeral(str(number)) == number


@given(st.text(alphabet="零一二两三十百千万亿点多几k.,1239 ", max_size=60))
def test_any_heap_of_digits_is_survived(text):
    for number in find_numbers(text):
        assert number.value.is_finite() and number.start < number.end <= len(text)
