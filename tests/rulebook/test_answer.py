"""Answers and cards: sums, order, precedence, places."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyou.rulebook import (
    Answer,
    Card,
    FactValue,
    NeedFacts,
    NoRule,
    Question,
    evaluate,
    read_rulebook,
    render_card,
)
from gongyou.rulebook.judging.parameters import look_up

BOOK = read_rulebook(Path(__file__).parents[2] / "rulebook")
TODAY = date(2026, 11, 21)
SHUTDOWN: dict[str, FactValue] = {
    "region": "410802",
    "stop_from": date(2020, 2, 3),
    "stop_until": date(2020, 5, 1),
    "monthly_wage": Decimal(4000),
    "worked": "none",
    "pay_cycle_start_day": 1,
}


def ask(**facts: FactValue) -> Answer:
    outcome = evaluate(BOOK, Question("wage_shutdown", {**SHUTDOWN, **facts}, TODAY))
    assert isinstance(outcome, Answer), outcome
    return outcome


def card(**facts: FactValue) -> Card:
    return render_card(BOOK, ask(**facts), {**SHUTDOWN, **facts})


def test_the_conclusion_comes_first_with_the_figure() -> None:
    assert card().conclusion == "停工这段时间，一共至少应付你 7,040 元。"


def test_equal_months_are_one_line() -> None:
    assert card().workings == [
        "2020年2月（停工第 1 个发薪周期）：照合同发，4,000 元",
        "2020年3月、2020年4月：没有活干，发生活费，每月1,900 × 80% = 1,520 元"
        "（1,900 是河南省焦作市解放区当时的最低工资）",
        "第一个周期的工资：按合同里你这个岗位的工资，不含加班费",
    ]


FLAGSHIP: dict[str, FactValue] = {
    "region": "410800", "stop_from": date(2026, 9, 1), "stop_until": "ongoing",
}  # fmt: skip


def test_the_notes_begin_with_what_is_not_verified_and_are_few() -> None:
    notes = card(**FLAGSHIP).notes
    assert notes[0].startswith("待核实")
    assert any("河南的80%" in note for note in notes[:3])
    assert len(notes) <= 8


def test_a_stoppage_said_to_go_on_is_not_doubted() -> None:
    assert not [note for note in card(**FLAGSHIP).notes if "还没复工" in note]


def test_a_provincial_notice_is_cited_as_the_province_s() -> None:
    basis = card(region="410105", stop_from=date(2023, 4, 1), stop_until=date(2023, 6, 1)).basis
    assert [line for line in basis if "河南省人社厅" in line and line.endswith("，河南省。")]


def test_all_that_is_missing_is_named() -> None:
    made = card(region="370200", stop_from=date(2026, 9, 1), stop_until=date(2026, 11, 1))
    assert "山东省青岛市的最低工资没有核实到；青岛有说80%的" in made.conclusion


def test_many_equal_months_are_one_span() -> None:
    assert card(stop_until=date(2020, 7, 1)).workings[1].startswith("2020年3月1日—6月30日：")


def test_the_basis_names_document_number_article_dates_and_region() -> None:
    assert (
        card().basis[0]
        == "《工资支付暂行规定》（劳部发〔1994〕489号）第十二条，1995年1月1日起有效，全国。"
    )


def test_alternatives_are_lines_of_their_own() -> None:
    lines = card(region="410800", stop_until=date(2020, 4, 1)).workings
    assert lines[1].endswith("有 2 种可能（头一个数是那一档的最低工资）")
    assert lines[3] == "· 二类（修武县、博爱县、武陟县、温县）：1,700 × 80% = 1,360 元"


def test_the_sum_is_rounded_once() -> None:
    answer = ask(worked="some", days_worked=Decimal(5))
    amounts = [step.amount for step in answer.steps]
    shown = sum((one for one in amounts if isinstance(one, Decimal)), Decimal(0))
    assert shown == Decimal("7214.72")
    assert answer.total == Decimal("7214.71")


def test_a_region_s_rule_comes_before_the_nation_s() -> None:
    assert ask().steps[1].rule_id == "HA-WS-002"


def test_the_same_question_gets_the_same_answer() -> None:
    assert ask() == ask()


def test_hong_kong_macao_and_taiwan_have_their_own_law() -> None:
    for code in ("710000", "810000", "820000"):
        outcome = evaluate(BOOK, Question("wage_shutdown", {**SHUTDOWN, "region": code}, TODAY))
        assert isinstance(outcome, NoRule)
        assert "当地自己的劳动法" in outcome.reason


def test_a_county_s_tier_decides() -> None:
    found = look_up(BOOK, "min_wage_monthly", "410823", date(2020, 3, 1))
    assert [option.value for option in found.options] == [Decimal(1700)]


def test_a_figure_ends_the_day_before_until() -> None:
    before = look_up(BOOK, "min_wage_monthly", "410823", date(2021, 12, 31))
    after = look_up(BOOK, "min_wage_monthly", "410823", date(2022, 1, 1))
    assert [before.options[0].value, after.options[0].value] == [Decimal(1700), Decimal(1800)]


def test_a_city_figure_may_stand_beside_its_province_s() -> None:
    found = look_up(BOOK, "living_allowance_rate", "410105", date(2023, 5, 1))
    assert {option.value for option in found.options} == {Decimal("0.60"), Decimal("0.80")}


PROVINCES = sorted(code for code, r in BOOK.regions.by_code.items() if r.level == "province")
TEMPLATE = re.compile(r"[{}]")


@pytest.mark.parametrize("code", PROVINCES)
@pytest.mark.parametrize("worked", ["none", "all", "some"])
def test_every_province_gets_an_answer_without_an_unread_figure(code: str, worked: str) -> None:
    facts = {**SHUTDOWN, "region": code, "worked": worked, "days_worked": Decimal(3)}
    outcome = evaluate(BOOK, Question("wage_shutdown", facts, TODAY))
    if isinstance(outcome, NoRule):
        assert code >= "700000"
        return
    assert isinstance(outcome, Answer)
    made = render_card(BOOK, outcome, facts)
    assert not TEMPLATE.search("".join([made.conclusion, *made.workings, *made.notes]))
    assert outcome.totals[0].known >= 4000 or outcome.status == "unverified"
    if outcome.status == "unverified":
        assert "待核实" in made.conclusion


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(BOOK.regions.by_code)),
    st.dates(date(1990, 1, 1), TODAY),
    st.integers(1, 1200),
    st.sampled_from(["none", "all", "some", "unknown"]),
    st.sampled_from([1, 16, 26, "unknown"]),
)
def test_any_stoppage_gets_an_outcome(
    region: str, start: date, days: int, worked: str, first_day: FactValue
) -> None:
    facts = {
        **SHUTDOWN, "region": region, "stop_from": start, "worked": worked,
        "stop_until": min(date.fromordinal(start.toordinal() + days), date(2026, 11, 22)),
        "days_worked": Decimal(4), "pay_cycle_start_day": first_day,
    }  # fmt: skip
    outcome = evaluate(BOOK, Question("wage_shutdown", facts, TODAY))
    assert not isinstance(outcome, NeedFacts)
    if isinstance(outcome, Answer):
        assert render_card(BOOK, outcome, facts).conclusion
        assert (outcome.total is None) or outcome.total == outcome.totals[0].known
