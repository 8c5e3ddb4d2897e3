"""Folding keeps the length of a text, so that offsets stay true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.zh.fold import fold


@given(st.text(alphabet=st.characters()))
def test_folding_never_changes_the_length(text):
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.characters()))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("９月１號", "9月1号"),
        ("薪資沒發", "薪资没发"),
        ("停\u200b工\x00了", "停 工 了"),
        ("工资　4000，", "工资 4000,"),
        ("\ud800", " "),
        ("😀", "😀"),
    ],
)
def test_a_character_is_folded_to_its_plain_form(written, plain):
    assert fold(written) == plain
