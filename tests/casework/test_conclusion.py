"""What the rulebook concluded at the time, and whether its rules are still the same."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongyou.casework.conclusion import changed_since, conclude
from tests.casework.the_law import changed_rulebook, real_rulebook

ON = date(2026, 11, 22)
ARREARS: Any = {
    "months_owed": Decimal(3),
    "monthly_wage": Decimal(4000),
    "still_employed": "no",
    "left_on": date(2026, 3, 31),
    "industry": "other",
    "rural_worker": "no",
}


def concluded(facts: Any = ARREARS, topic: str = "wage_arrears", on: date = ON) -> dict[str, Any]:
    kept = conclude(real_rulebook(), topic, facts, on)
    assert kept is not None
    return kept


def test_the_answer_is_kept_with_its_arithmetic_and_its_rules() -> None:
    kept = concluded()
    assert (kept["kind"], kept["on"], kept["topic"]) == ("answer", "2026-11-22", "wage_arrears")
    first, second, *_ = kept["text"].split("\n")
    assert first == "单位一共欠你 12,000 元工资，应当马上补发。"
    assert "4,000 × 3 = 12,000 元" in second
    rule = next(one for one in kept["rules"] if one["id"] == "CN-AR-002")
    assert (rule["since"], rule["status"]) == ("1995-01-01", "verified")


def test_figures_are_kept_beside_the_rules() -> None:
    facts = {"stop_from": date(2026, 2, 1), "stop_until": date(2026, 4, 30), "worked": "none"}
    facts |= {"monthly_wage": Decimal(4000), "pay_cycle_start_day": 1, "region": "410800"}
    ids = [rule["id"] for rule in concluded(facts, "wage_shutdown")["rules"]]
    assert "HA-WS-002" in ids and "living_allowance_rate 410000 2020-01-26" in ids


def test_it_survives_json() -> None:
    kept = concluded()
    assert json.loads(json.dumps(kept)) == kept


def test_what_could_not_be_worked_out_says_what_was_missing() -> None:
    kept = concluded({"monthly_wage": Decimal(4000)})
    assert (kept["kind"], kept["rules"]) == ("need_facts", [])
    assert "欠了几个月" in kept["text"]


def test_no_rule_is_kept_as_no_rule() -> None:
    kept = concluded(ARREARS | {"region": "810000"})
    assert kept["kind"] == "no_rule" and "香港" in kept["text"]


def test_facts_that_cannot_be_true_are_kept_as_such() -> None:
    kept = concluded(ARREARS | {"still_employed": "yes"})
    assert kept["kind"] == "wrong_facts" and "对不上" in kept["text"]


def test_a_topic_without_rules_has_no_conclusion() -> None:
    assert conclude(real_rulebook(), "crisis", {}, ON) is None


def test_nothing_has_changed_while_the_rulebook_is_the_same() -> None:
    assert changed_since(real_rulebook(), concluded()) == []


def test_a_rule_that_is_gone_begins_otherwise_or_stands_otherwise_is_named() -> None:
    kept = concluded()
    kept["rules"][0] |= {"since": "1999-01-01"}
    kept["rules"][1] |= {"status": "secondary"}
    kept["rules"].append({"id": "XX-1", "since": "2020-01-01", "status": "verified"})
    ids = [kept["rules"][0]["id"], kept["rules"][1]["id"], "XX-1"]
    assert changed_since(real_rulebook(), kept) == ids


def test_a_new_edition_of_the_rulebook_is_noticed(tmp_path: Path) -> None:
    old, new = (
        'from: 2008-05-01\n  when: {still_employed: "no"',
        'from: 2008-05-02\n  when: {still_employed: "no"',
    )
    newer = changed_rulebook(tmp_path, "national/wage_arrears.yaml", old, new)
    assert changed_since(newer, concluded()) == ["CN-DP-001-L"]


def test_a_corrected_formula_is_noticed_though_the_day_stands(tmp_path: Path) -> None:
    old, new = "formula: monthly_wage * months_owed}", "formula: monthly_wage * months_owed + 1}"
    newer = changed_rulebook(tmp_path, "national/wage_arrears.yaml", old, new)
    assert changed_since(newer, concluded()) == ["CN-AR-002"]


def test_of_a_conclusion_kept_without_hashes_day_and_status_tell() -> None:
    kept = concluded()
    kept["rules"] = [{k: v for k, v in one.items() if k != "content"} for one in kept["rules"]]
    assert changed_since(real_rulebook(), kept) == []


def test_a_conclusion_without_rules_never_changes() -> None:
    assert changed_since(real_rulebook(), concluded({})) == []
