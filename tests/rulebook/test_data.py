"""The rulebook's figures and regions: complete, dated, sourced, and never two at once."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from itertools import combinations, groupby
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2] / "rulebook"
EPIDEMIC = date(2020, 2, 1)
FILES = sorted(path.stem for path in (ROOT / "parameters").glob("*.yaml"))
REGIONAL = sorted(ROOT.glob("regions/*/*.yaml"))

type Row = dict[str, Any]


@cache
def rows(name: str) -> list[Row]:
    text = (ROOT / "parameters" / f"{name}.yaml").read_text(encoding="utf-8")
    listed: list[Row] = yaml.safe_load(text)["values"]
    return listed


@cache
def rules(path: Path) -> list[Row]:
    listed: list[Row] = yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
    return listed


def in_force(row: Row, day: date) -> bool:
    return bool(row["from"] <= day < (row["until"] or date.max))


def places() -> dict[str, dict[str, str]]:
    with (ROOT / "regions.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}


PLACES = places()
PROVINCES = [code for code, row in PLACES.items() if row["level"] == "province" and code < "700000"]


def test_the_mainland_has_31_provinces() -> None:
    assert len(PROVINCES) == 31


def test_taiwan_hong_kong_and_macao_are_provinces_without_counties() -> None:
    assert [code for code in PLACES if code >= "700000"] == ["710000", "810000", "820000"]


@pytest.mark.parametrize(
    ("code", "name", "level"),
    [
        ("410800", "焦作市", "city"),
        ("410823", "武陟县", "county"),
        ("419001", "济源市", "county"),
        ("430200", "株洲市", "city"),
        ("441900", "东莞市", "city"),
    ],
)
def test_places_carry_their_gb_2260_code(code: str, name: str, level: str) -> None:
    assert (PLACES[code]["name"], PLACES[code]["level"]) == (name, level)


@pytest.mark.parametrize("code", PROVINCES)
def test_each_province_has_a_rate_or_says_it_is_unknown_in_february_2020(code: str) -> None:
    found = [
        row
        for row in rows("living_allowance_rate")
        if row["region"] == code and in_force(row, EPIDEMIC)
    ]
    assert len(found) == 1
    assert found[0]["value"] or found[0]["note"]


@pytest.mark.parametrize("code", PROVINCES)
def test_each_province_has_a_minimum_wage_or_says_it_is_unknown_in_february_2020(
    code: str,
) -> None:
    assert any(
        row["region"] == code and in_force(row, EPIDEMIC) and (row["value"] or row["note"])
        for row in rows("min_wage_monthly")
    )


@pytest.mark.parametrize("code", PROVINCES)
def test_each_province_has_a_wage_shutdown_file_of_its_own(code: str) -> None:
    assert list(ROOT.glob(f"regions/{code}-*/wage_shutdown.yaml"))


@pytest.mark.parametrize("name", FILES)
def test_no_two_figures_hold_at_once_for_one_place_and_tier(name: str) -> None:
    def key(row: Row) -> tuple[str, str]:
        return row["region"], row.get("tier") or ""

    for _, same in groupby(sorted(rows(name), key=key), key=key):
        for one, two in combinations(same, 2):
            assert not in_force(one, two["from"]), (one, two)
            assert not in_force(two, one["from"]), (one, two)


@pytest.mark.parametrize("name", FILES)
def test_figures_are_kept_in_order_of_place_and_time(name: str) -> None:
    keys = [(row["region"], row["from"]) for row in rows(name)]
    assert keys == sorted(keys)


@pytest.mark.parametrize("name", FILES)
def test_figures_belong_to_places_that_exist(name: str) -> None:
    assert {row["region"] for row in rows(name)} <= {"000000", *PLACES}


@pytest.mark.parametrize("name", FILES)
def test_a_figure_has_a_source_and_a_missing_one_is_unverified(name: str) -> None:
    for row in rows(name):
        if row["value"] is None:
            assert row["status"] == "unverified", row
            assert row["note"], row
        else:
            assert row["status"] in ("verified", "secondary"), row
            assert row["source"], row


def test_the_tier_of_a_place_is_one_its_province_has() -> None:
    wages = rows("min_wage_monthly")
    for row in rows("min_wage_tier"):
        province = row["region"][:2] + "0000"
        known = {wage.get("tier") for wage in wages if wage["region"] == province}
        assert row["value"] is None or row["value"] in known, row


@pytest.mark.parametrize(
    ("day", "figures"),
    [
        (date(2018, 10, 1), ["1900", "1700", "1500"]),
        (date(2021, 12, 31), ["1900", "1700", "1500"]),
        (date(2022, 1, 1), ["2000", "1800", "1600"]),
        (date(2025, 11, 30), ["2100", "2000", "1800"]),
        (date(2025, 12, 1), ["2350", "2150", "2000"]),
    ],
)
def test_henan_changes_its_minimum_wage_on_the_day(day: date, figures: list[str]) -> None:
    found = [r for r in rows("min_wage_monthly") if r["region"] == "410000" and in_force(r, day)]
    assert [row["value"] for row in found] == figures


def test_nobody_has_read_where_jiaozuo_belongs_since_december_2025() -> None:
    after = date(2025, 12, 1)
    held = [r for r in rows("min_wage_tier") if r["region"][:4] == "4108" and in_force(r, after)]
    assert [row["value"] for row in held] == [None]


@pytest.mark.parametrize("code", ["150000", "430000", "370200", "130000", "610000"])
def test_a_rate_nobody_has_read_is_never_a_number(code: str) -> None:
    found = [row["value"] for row in rows("living_allowance_rate") if row["region"] == code]
    assert found == [None]


def test_tianjins_rate_ends_with_the_epidemic() -> None:
    held = [r for r in rows("living_allowance_rate") if r["region"] == "120000"]
    ends = {row["value"]: (row["from"], row["until"]) for row in held if row["value"]}
    assert ends == {"0.80": (date(2020, 2, 1), date(2023, 1, 8))}


@pytest.mark.parametrize("path", REGIONAL, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_region_folder_is_named_after_a_place(path: Path) -> None:
    code, _, pinyin = path.parent.name.partition("-")
    assert code in PLACES
    assert pinyin.isalpha()


@pytest.mark.parametrize("path", REGIONAL, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_regional_rule_says_how_far_it_was_checked(path: Path) -> None:
    for rule in rules(path):
        assert rule["status"] in ("verified", "secondary", "unverified")
        assert rule["basis"]
        assert rule["says"]


@pytest.mark.parametrize("path", REGIONAL, ids=lambda path: "/".join(path.parts[-2:]))
def test_an_unverified_regional_rule_gives_no_figure(path: Path) -> None:
    for rule in rules(path):
        if rule["status"] == "unverified":
            assert "amount" not in rule


def test_a_regional_share_stands_on_a_rate_that_was_read() -> None:
    rates = rows("living_allowance_rate")
    for path in REGIONAL:
        code = path.parent.name[:6]
        for rule in rules(path):
            if rule.get("amount", {}).get("rate") == "living_allowance_rate":
                held = [r for r in rates if r["region"] == code and in_force(r, rule["from"])]
                assert [bool(row["value"]) for row in held] == [True], rule["id"]
