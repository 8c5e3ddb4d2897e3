"""Whole sentences: all facts of one, at the right places of the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.zh.fold import fold
from tests.bot.conftest import TODAY


def kinds(reader, text):
    return {(s.kind, text[s.start : s.end]) for s in reader.read(fold(text), TODAY)}


def test_the_first_question_of_the_issue_yields_all_its_facts(reader):
    found = kinds(reader, "厂里9月1号停工到现在，一分钱没发，我在焦作，一个月4000")
    assert found >= {
        ("date", "9月1号停工到现在"),
        ("stage", "停工"),
        ("region", "焦作"),
        ("money", "4000"),
    }


def test_offsets_hold_for_traditional_and_full_width_text(reader):
    assert ("money", "４ｋ") in kinds(reader, "厂裡停產，薪資４ｋ")
    assert ("stage", "停產") in kinds(reader, "厂裡停產，薪資４ｋ")


def test_a_correction_keeps_only_what_holds(reader):
    assert kinds(reader, "不是焦作，是株洲") == {("region", "株洲")}
    assert kinds(reader, "不是4000，是4500") == {("money", "4500")}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("没干", "no"),
        ("嗯，没有", "no"),
        ("没有", "no"),
        ("是的", "yes"),
        ("有", "yes"),
        ("不清楚", "unknown"),
        ("我不知道啊", "unknown"),
        ("记不得了", "unknown"),
    ],
)
def test_a_short_reply_is_a_yes_a_no_or_a_do_not_know(reader, text, answer):
    (fact,) = reader.read(text, TODAY)
    assert (fact.kind, fact.value) == ("yesno", answer)


@pytest.mark.parametrize("text", ["有时候干", "对方说再等等", "没有发工资我们去找了好几次都没用"])
def test_a_sentence_that_only_begins_like_an_answer_is_none(reader, text):
    assert "yesno" not in {fact.kind for fact in reader.read(text, TODAY)}


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("厂里停产了", "stoppage"),
        ("让我们待岗", "stoppage"),
        ("一直居家办公", "home_office"),
        ("被隔离了", "quarantine"),
        ("老板拖欠工资", "arrears"),
        ("说要延期支付", "deferral"),
        ("两个班轮休", "rotation"),
    ],
)
def test_a_stage_is_named(reader, text, stage):
    assert stage in {fact.value for fact in reader.read(text, TODAY) if fact.kind == "stage"}


def test_the_leave_after_an_injury_is_no_stoppage(reader):
    assert reader.read("停工留薪期工资怎么算", TODAY) == []


def test_every_stage_phrase_is_found_inside_a_sentence(reader, lexicon):
    missed = [
        phrase
        for stage, phrase in lexicon.stages
        if stage != "-"
        and stage not in {f.value for f in reader.read(f"我们{phrase}，怎么办", TODAY)}
    ]
    assert missed == []


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=200))
def test_any_text_is_survived(reader, text):
    for fact in reader.read(fold(text), TODAY):
        assert 0 <= fact.start < fact.end <= len(text)


@pytest.mark.parametrize(
    "unit",
    [
        "一",
        "1",
        "9月1号到",
        "亿",
        "1,",
        "河南",
        "4000到",
        "朝阳区",
        "不是",
        "去年",
        "省",
        "在西地省",
        "怀孕",
        "孩子,",
        "缴费",
        "街道",
        "加班一",
        "初一到",
    ],
)
def test_two_thousand_characters_are_read_in_a_moment(reader, unit):
    text = (unit * 2000)[:2000]
    reader.read("热身", TODAY)
    began = time.perf_counter()
    reader.read(text, TODAY)
    assert time.perf_counter() - began < 1.0
