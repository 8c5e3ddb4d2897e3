"""Every figure in a document is the rulebook's own, or the place for it is left blank."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from gongyou.casework.documents import capital_yuan, compose, list_documents, prefill
from gongyou.casework.documents.words import read_shared
from gongyou.rulebook import UNKNOWN, FactValue, Rulebook
from tests.casework.documents import CASES, TODAY, answer_of, fill, form_of, printed
from tests.casework.the_law import real_rulebook

DOCUMENTS = [form.name for form in list_documents()]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return real_rulebook()


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("case", ["stoppage", "arrears", "overtime"])
def test_the_sum_is_the_rulebooks_in_figures_and_capitals(
    rulebook: Rulebook, document: str, case: str
) -> None:
    total = answer_of(rulebook, *CASES[case]).total
    assert total is not None
    values = fill(rulebook, document, case)
    text = printed(document, values)
    assert Decimal(values["amount_1"]) == total
    assert f"{total:,.0f} 元" in text
    if document != "evidence_list":
        assert f"人民币{capital_yuan(total)}" in text


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_step_of_the_arithmetic_stands_in_the_table(
    rulebook: Rulebook, document: str
) -> None:
    answer = answer_of(rulebook, *CASES["stoppage"])
    text = printed(document, fill(rulebook, document, "stoppage"))
    for step in answer.steps:
        if step.amount is not None:
            assert step.expression in text and f"{step.amount:,.0f} 元" in text
    assert "合计 |  | 7,040 元" in text


def test_steps_on_the_way_come_before_the_sum(rulebook: Rulebook) -> None:
    text = printed("arbitration_application", fill(rulebook, "arbitration_application", "laid off"))
    assert text.index("3.5 个月") < text.index("8,000 × 3.5") < text.index("| 28,000 元")


def test_a_sum_to_the_fen_is_written_to_the_fen(rulebook: Rulebook) -> None:
    topic, facts = CASES["stoppage"]
    resumed = {**facts, "stop_until": date(2020, 4, 13), "workdays_after_resume": 15}
    form = form_of("arbitration_application")
    text = printed(form.name, prefill(rulebook, form, topic, resumed, TODAY))
    assert "8,886.62 元（大写：人民币捌仟捌佰捌拾陆元陆角贰分）" in text


def test_a_dismissal_is_called_by_its_name(rulebook: Rulebook) -> None:
    for document, case, called in (
        ("arbitration_application", "dismissed", "支付违法解除劳动合同的赔偿金 77,000 元"),
        ("inspection_complaint", "laid off", "支付解除（终止）劳动合同的经济补偿 28,000 元"),
    ):
        assert called in printed(document, fill(rulebook, document, case))


def test_what_inspection_does_not_order_stays_out_of_a_complaint(rulebook: Rulebook) -> None:
    values = fill(rulebook, "inspection_complaint", "dismissed")
    assert values["amount_1"] == ""
    assert "违法解除劳动合同的赔偿金" in values["amount_1.why"]
    assert "元（待填）" in printed("inspection_complaint", values)


def test_a_deferral_takes_its_sum_from_what_is_owed(rulebook: Rulebook) -> None:
    values = fill(rulebook, "deferred_pay_agreement", "deferred")
    assert values["amount_1"] == "8000"
    assert "4,000 × 2" in printed("deferred_pay_agreement", values)


UNSURE: Mapping[str, tuple[str, Mapping[str, FactValue], str]] = {
    "a fact is missing": ("wage_arrears", {"months_owed": Decimal(3)}, "还差「月工资」"),
    "a fact is not known": (
        "wage_arrears",
        {"months_owed": UNKNOWN, "still_employed": "yes", "industry": "other"},
        "「欠了几个月」还不清楚",
    ),
    "the standard is unverified": (
        "wage_shutdown",
        {**CASES["stoppage"][1], "stop_from": date(2026, 5, 1), "stop_until": date(2026, 7, 1)},
        "待核实",
    ),
    "it depends on the county": (
        "wage_shutdown",
        {**CASES["stoppage"][1], "region": "410800"},
        "没有准数",
    ),
    "no rule covers it": (
        "wage_shutdown",
        {**CASES["stoppage"][1], "stop_from": UNKNOWN},
        "不知道哪天停工",
    ),
    "the facts contradict": (
        "wage_shutdown",
        {**CASES["stoppage"][1], "stop_until": date(2019, 1, 1)},
        "「哪天复工」用不上",
    ),
    "nothing is owed": (
        "dismissal_compensation",
        {"dismissal_matter": "quit", "quit_reason": "own"},
        "0 元",
    ),
    "no topic is known": ("", {}, "还差「欠了几个月」"),
}


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("case", UNSURE)
def test_no_figure_is_guessed(rulebook: Rulebook, document: str, case: str) -> None:
    topic, facts, why = UNSURE[case]
    form = form_of(document)
    values = prefill(rulebook, form, topic, facts, TODAY)
    assert values["amount_1"] == "" and values["workings"] == ""
    assert values["amount_1.why"].startswith("待填") and why in values["amount_1.why"]
    assert any(why in mark for mark in compose(form, values, values).marks["amount_1"])
    assert "＿元（待填）" in printed(document, values)


def test_every_claim_names_an_amount_of_its_topic(rulebook: Rulebook) -> None:
    for topic, claims in read_shared("claims").items():
        amounts = [rule.amount for rule in rulebook.topics[topic].rules if rule.amount]
        for claim in claims:
            fitting = [one for one in amounts if one.name == claim["amount"]]
            assert fitting and {one.unit for one in fitting} == {"元"}, (topic, claim)
            labels = {one.label for one in fitting}
            assert claim.get("label") in {None, *labels}, (topic, claim)
            assert claim.get("unless") in {None, *(one.name for one in amounts)}, (topic, claim)


def test_a_rules_reason_is_told_unless_it_speaks_to_the_worker(rulebook: Rulebook) -> None:
    by_months = fill(rulebook, "wage_demand_letter", "arrears")["workings"]
    assert by_months == "拖欠的工资：月工资乘欠的月数 ｜ 5,000 × 3 ｜ 15,000 元 ｜ "
    facts = {"owed_amount": Decimal(12000), "still_employed": "yes", "industry": "other"}
    form = form_of("wage_demand_letter")
    as_told = prefill(rulebook, form, "wage_arrears", facts, TODAY)["workings"]
    assert as_told == "拖欠的工资 ｜ 12,000 ｜ 12,000 元 ｜ "
