"""Facts in and out: forms, JSON, words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyou.rulebook import (
    ONGOING,
    UNKNOWN,
    FactError,
    FactValue,
    decode_facts,
    describe_fact,
    encode_facts,
    parse_fact,
    parse_region,
    read_rulebook,
)

BOOK = read_rulebook(Path(__file__).parents[2] / "rulebook")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("worked", "没干", "none"),
        ("worked", "none", "none"),
        ("worked", "不清楚", UNKNOWN),
        ("worked", "  ", None),
        ("stop_from", "2026-09-01", date(2026, 9, 1)),
        ("stop_from", "2026年9月1日", date(2026, 9, 1)),
        ("stop_from", "２０２６/９/１", date(2026, 9, 1)),
        ("stop_until", "还在停", ONGOING),
        ("monthly_wage", "4000", Decimal(4000)),
        ("monthly_wage", "4,000.50 元", Decimal("4000.50")),
        ("days_worked", "5天", Decimal(5)),
        ("pay_cycle_start_day", "16号", 16),
        ("pay_cycle_start_day", "5", 5),
        ("region", "410802", "410802"),
    ],
)
def test_a_form_s_text_becomes_a_value(name: str, text: str, value: FactValue | None) -> None:
    assert parse_fact(BOOK.facts[name], text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("worked", "也许"),
        ("stop_from", "2026-02-31"),
        ("stop_from", "昨天"),
        ("monthly_wage", "很多"),
        ("monthly_wage", "NaN"),
        ("monthly_wage", "Infinity"),
        ("monthly_wage", "100000000000000"),
        ("monthly_wage", "-1"),
        ("pay_cycle_start_day", "31"),
        ("pay_cycle_start_day", "9" * 5000),
        ("region", "西地省"),
    ],
)
def test_an_impossible_answer_is_refused_by_name_and_with_a_cure(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=f"「{BOOK.facts[name].label}」") as caught:
        parse_fact(BOOK.facts[name], text)
    assert isinstance(caught.value, FactError)
    assert caught.value.name == name


@pytest.mark.parametrize("name", BOOK.facts)
def test_the_refusal_of_every_fact_names_it(name: str) -> None:
    fact = BOOK.facts[name]
    assert f"「{fact.label}」" in fact.wrong


@pytest.mark.parametrize("name", BOOK.facts)
def test_no_question_says_the_worker_must(name: str) -> None:
    assert "必须" not in BOOK.facts[name].ask


@given(st.text(max_size=40), st.sampled_from(sorted(BOOK.facts)))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    try:
        parse_fact(BOOK.facts[name], text)
    except FactError as error:
        assert error.name == name


def test_facts_survive_json() -> None:
    facts: dict[str, FactValue] = {
        "region": "410802",
        "stop_from": date(2026, 9, 1),
        "stop_until": ONGOING,
        "monthly_wage": Decimal("4000.50"),
        "worked": UNKNOWN,
        "pay_cycle_start_day": 16,
    }
    encoded = encode_facts(facts)
    assert all(isinstance(value, str | int) for value in encoded.values())
    assert decode_facts(BOOK, encoded) == facts


def test_a_fact_the_rulebook_no_longer_has_is_left_out() -> None:
    assert decode_facts(BOOK, {"shoe_size": 42}) == {}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("monthly_wage", Decimal(4000), "4,000 元"),
        ("monthly_wage", Decimal("2758.6"), "2,758.60 元"),
        ("stop_from", date(2026, 9, 1), "2026年9月1日"),
        ("region", "410800", "河南省焦作市"),
        ("region", "410823", "河南省焦作市武陟县"),
        ("region", "110105", "北京市朝阳区"),
        ("worked", "none", "没干"),
        ("worked", UNKNOWN, "不清楚"),
        ("stop_until", ONGOING, "还在停"),
        ("days_worked", Decimal("5.5"), "5.5 天"),
        ("months_owed", Decimal(10), "10 个月"),
        ("pay_cycle_start_day", 5, "5 号"),
    ],
)
def test_a_value_is_described_in_plain_words(name: str, value: FactValue, words: str) -> None:
    assert describe_fact(BOOK, name, value) == words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("焦作", "410800"),
        ("焦作市", "410800"),
        ("河南省焦作市武陟县", "410823"),
        ("410800", "410800"),
    ],
)
def test_a_place_is_found_by_its_name(text: str, code: str) -> None:
    assert parse_region(BOOK, text) == code


@pytest.mark.parametrize("text", ["西地省", "朝阳区", "", "市"])
def test_a_place_that_is_none_or_several_is_not_guessed(text: str) -> None:
    assert parse_region(BOOK, text) is None


@pytest.mark.parametrize(
    ("name", "said", "value"),
    [
        ("worked", "没干", "none"),
        ("worked", "没有安排干活", "none"),
        ("worked", "没活干", "none"),
        ("worked", "就干了几天", "some"),
        ("worked", "一直都在上班的", "all"),
        ("still_employed", "还没离职", "yes"),
        ("still_employed", "上个月就离职了", "no"),
        ("industry", "不是工地", "other"),
        ("rural_worker", "是农村来的", "yes"),
        ("rural_worker", "不是农村的", "no"),
        ("union_agreed", "没同意", "no"),
        ("union_agreed", "不知道有没有同意", UNKNOWN),
        ("pay_cycle_start_day", "1号到月底", 1),
    ],
)
def test_a_short_reply_in_other_words_names_a_choice(name: str, said: str, value: object) -> None:
    assert parse_fact(BOOK.facts[name], said) == value


def test_a_long_text_is_no_reply_to_a_choice() -> None:
    with pytest.raises(FactError):
        parse_fact(BOOK.facts["worked"], "还有一件事想问问没有加班费老板说以后再说能行吗")
