"""Which rule counts: the law before a document, the nearer place, the newer, the better."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gongyou.rulebook import RulebookError
from tests.rulebook.tiny import rule, tiny

HENAN = "410000-henan"
LAW = "[{document: 示例法, number: 主席令第1号, from: 2000-01-01}], status: verified"


def total(made: object) -> object:
    return getattr(made, "total", None)


def test_the_nearer_place_comes_first(tmp_path: Path) -> None:
    local = rule("A-HENAN", amount="{formula: 2}")
    made = tiny(tmp_path, rule("A", amount="{formula: 1}"), regional={HENAN: local})
    assert made.answer(region="410802").total == Decimal(2)
    assert made.answer(region="430200").total == Decimal(1)


def test_a_city_comes_before_its_province(tmp_path: Path) -> None:
    places = {
        HENAN: rule("A-HENAN", amount="{formula: 2}"),
        "410800-jiaozuo": rule("A-JIAOZUO", amount="{formula: 3}"),
    }
    made = tiny(tmp_path, rule("A", amount="{formula: 1}"), regional=places)
    assert made.answer(region="410802").total == Decimal(3)


def test_a_statute_comes_before_a_document_of_a_nearer_place(tmp_path: Path) -> None:
    law = rule("LAW", amount="{formula: 1}", basis=LAW)
    local = rule("A-HENAN", amount="{formula: 2}")
    made = tiny(tmp_path, law, regional={HENAN: local})
    assert made.answer(region="410802").trace[0] == "LAW"


def test_a_statute_of_a_nearer_place_comes_before_the_nations(tmp_path: Path) -> None:
    law = rule("LAW", amount="{formula: 1}", basis=LAW)
    local = rule("A-HENAN", amount="{formula: 2}", rank="statute")
    made = tiny(tmp_path, law, regional={HENAN: local})
    assert made.answer(region="410802").trace[0] == "A-HENAN"


def test_the_newer_of_two_comes_first(tmp_path: Path) -> None:
    made = tiny(
        tmp_path,
        rule("OLD", amount="{formula: 1}"),
        rule("NEW", since="2020-01-01", amount="{formula: 2}"),
    )
    assert made.answer(on=date(2019, 12, 31)).total == Decimal(1)
    assert made.answer(on=date(2020, 1, 1)).total == Decimal(2)


def test_a_lapsed_rule_still_answers_for_its_own_time(tmp_path: Path) -> None:
    lapsed = rule("OLD", until="2023-01-08", amount="{formula: 1}")
    made = tiny(tmp_path, lapsed, head="facts: []\nevent: began")
    assert made.answer(began=date(2023, 1, 7)).total == Decimal(1)
    assert total(made.ask(began=date(2023, 1, 8))) is None


@pytest.mark.parametrize(("local", "wanted"), [("30", 60), ("90", 90)])
def test_where_the_law_favours_the_worker_the_higher_counts(
    tmp_path: Path, local: str, wanted: int
) -> None:
    made = tiny(
        tmp_path,
        rule("A", amount="{formula: 60, unit: 天}", favourable="true"),
        regional={HENAN: rule("A-HENAN", amount=f"{{formula: {local}, unit: 天}}")},
    )
    assert made.answer(region="410000").total == Decimal(wanted)


def test_amounts_of_different_names_stand_side_by_side(tmp_path: Path) -> None:
    made = tiny(
        tmp_path,
        rule("LOW", amount="{name: low, label: 最少, formula: 1000}"),
        rule("HIGH", amount="{name: high, label: 最多, formula: 5000}"),
    )
    found = {one.name: one.value for one in made.answer().totals}
    assert found == {"low": Decimal(1000), "high": Decimal(5000)}


def test_rules_that_cannot_be_told_apart_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="B: can match together with A"):
        tiny(tmp_path, rule("A", amount="{formula: 1}"), rule("B", amount="{formula: 2}"))


def test_rules_whose_conditions_exclude_each_other_are_not_refused(tmp_path: Path) -> None:
    made = tiny(
        tmp_path,
        rule("A", when="{wage: {less_than: 3000}}", amount="{formula: 1}"),
        rule("B", when="{wage: {at_least: 3000}}", amount="{formula: 2}"),
        head="facts: [wage]",
    )
    assert made.answer(wage=Decimal(3000)).total == Decimal(2)
