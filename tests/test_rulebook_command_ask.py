"""`gongyou rulebook ask` as a policy officer types it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gongyou import rulebook_command
from gongyou.cli import main
from gongyou.rulebook import read_rulebook

_read = cache(read_rulebook)

BEIJING = (
    "region=110000",
    "stop_from=2020-02-03",
    "stop_until=2020-04-01",
    "monthly_wage=4000",
    "worked=没干",
    "pay_cycle_start_day=1",
)
KEYS = {"outcome", "conclusion", "amounts", "eligible", "reasons", "papers", "missing", "steps"}


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same folder is read once for all tests."""
    monkeypatch.setattr(rulebook_command, "read_rulebook", _read)


def typed(*facts: str) -> list[str]:
    return [word for fact in facts for word in ("--fact", fact)]


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["rulebook", "ask", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def as_json(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run(capsys, *words, "--json")[1])
    return made


def test_the_text_begins_with_the_conclusion(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "wage_shutdown", *typed(*BEIJING))
    assert "5,540" in out.splitlines()[0]


def test_an_answer_has_amounts_steps_and_basis(capsys: pytest.CaptureFixture[str]) -> None:
    answer = as_json(capsys, "wage_shutdown", *typed(*BEIJING))
    assert answer["outcome"] == "answer"
    assert answer["amounts"]["pay"]["value"] == "5540.00"
    assert [step["amount"] for step in answer["steps"] if step["amount"]] == ["4000.00", "1540.00"]
    assert "劳部发〔1994〕489号" in [one["number"] for one in answer["basis"]]
    assert answer["status"] in ("verified", "secondary")
    assert "5,540" in answer["conclusion"]


def test_no_figure_in_json_is_a_binary_fraction(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "wage_shutdown", *typed(*BEIJING), "--json")[1]

    def refuse(text: str) -> None:
        raise AssertionError(text)

    json.loads(out, parse_float=refuse)


def test_a_missing_fact_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    asked = as_json(capsys, "wage_shutdown", *typed("region=110000"))
    assert (asked["outcome"], asked["missing"]) == ("needs_facts", ["stop_from"])
    assert asked["conclusion"] == "从哪天开始停工的？"


def test_no_rule_before_the_law_was_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    early = typed("region=110000", "stop_from=1994-11-01", "stop_until=1994-12-01")
    assert (
        as_json(capsys, "wage_shutdown", *early, *typed("monthly_wage=300"))["outcome"] == "no_rule"
    )


@pytest.mark.parametrize(
    "facts", [typed(*BEIJING), typed("region=110000"), typed("region=香港特别行政区", *BEIJING[1:])]
)
def test_every_outcome_has_the_same_keys(
    capsys: pytest.CaptureFixture[str], facts: list[str]
) -> None:
    assert set(as_json(capsys, "wage_shutdown", *facts)) >= KEYS


def test_facts_come_from_a_file_and_the_command_line_counts_last(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "facts.json"
    facts: dict[str, object] = dict(pair.split("=") for pair in BEIJING)
    path.write_text(json.dumps({**facts, "pay_cycle_start_day": 1, "note": None}), encoding="utf-8")
    words = ("wage_shutdown", "--facts", str(path), *typed("monthly_wage=5000"))
    assert as_json(capsys, *words)["amounts"]["pay"]["value"] == "6540.00"


def test_what_if_tells_the_change_and_the_difference_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out, _ = run(capsys, "wage_shutdown", *typed(*BEIJING), "--what-if", "region=410802")
    assert out.splitlines()[0] == "换成：上班的地方 河南省焦作市解放区"
    assert "少 20 元" in out.splitlines()[1]


def test_what_if_changes_several_things_together(capsys: pytest.CaptureFixture[str]) -> None:
    changes = ("--what-if", "stop_until=2020-03-01", "--what-if", "on=2020-05-01")
    _, out, _ = run(capsys, "wage_shutdown", *typed(*BEIJING), *changes)
    assert out.splitlines()[0] == "换成：在2020年5月1日问，哪天复工 2020年3月1日"
    assert "少 1,540 元" in out


def test_what_if_in_json_has_both_answers_and_the_difference(
    capsys: pytest.CaptureFixture[str],
) -> None:
    changes = ("--what-if", "region=410802", "--what-if", "on=2022-04-01")
    made = as_json(capsys, "wage_shutdown", *typed(*BEIJING), *changes)
    assert made["what_if"] == {"region": "410802", "on": "2022-04-01"}
    pay = made["amounts"]["pay"]
    assert (pay["before"], pay["after"], pay["difference"]) == ("5540.00", "5520.00", "-20.00")
    assert made["before"]["amounts"]["pay"]["value"] == "5540.00"
    assert [one for one in made["left"] if one.startswith("BJ-")]
    assert [one for one in made["came"] if one.startswith("HA-")]


def test_what_if_without_a_fact_asks_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    made = as_json(capsys, "wage_shutdown", *typed(*BEIJING), "--what-if", "monthly_wage=")
    assert made["what_if"] == {"monthly_wage": None}
    assert made["after"]["missing"] == ["monthly_wage"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "no topic 'nothing'"),
        (["wage_shutdown", "--fact", "monthly_wage"], "--fact monthly_wage: write NAME=VALUE"),
        (["wage_shutdown", "--fact", "wage=3"], "no fact 'wage'"),
        (["wage_shutdown", "--fact", "monthly_wage=-3"], "write yuan; at least 1"),
        (["wage_shutdown", "--fact", "monthly_wage=NaN"], "--fact monthly_wage=NaN"),
        (["wage_shutdown", "--fact", "stop_from=2020-02-30"], "--fact stop_from=2020-02-30"),
        (["wage_shutdown", "--fact", "worked=maybe"], "one of none (没干)"),
        (["wage_shutdown", "--fact", "region=西地省"], "no such region"),
        (["wage_shutdown", "--fact", "region=朝阳区"], "could be 北京市朝阳区 (110105)"),
        (["wage_shutdown", "--on", "tomorrow"], "--on tomorrow: write a day that exists"),
        (["wage_shutdown", "--what-if", "region=西地省"], "--what-if region=西地省"),
        (["wage_shutdown", "--what-if", "on=soon"], "--what-if on=soon: write a day"),
        (["wage_shutdown", "--what-if", "rain=yes"], "no fact 'rain'"),
        (["wage_shutdown", "--facts", "/no/such.json"], "/no/such.json: cannot be read"),
        (["wage_shutdown", *typed("worked=没干", "worked=一直在干")], "worked is told twice"),
        (
            [
                "wage_shutdown",
                *typed("region=110000", "stop_from=2020-03-01", "stop_until=2020-02-01"),
            ],
            "stop_until=2020-02-01: cannot be; write a day as 2020-01-31;",
        ),
        (
            ["wage_shutdown", *typed("stop_from=2999-01-01")],
            "not later than the day of the question",
        ),
        (
            ["wage_arrears", *typed("still_employed=yes", "left_on=2026-01-31")],
            "「哪天离职」和「还在不在这家干」对不上",
        ),
        (
            [
                "wage_arrears",
                *typed("hired_on=2024-01-01", "left_on=2024-03-01", "service_months=41"),
            ],
            "「在这家干了几个月」和「哪天入职」对不上",
        ),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_that_names_the_part_and_the_cure(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert said in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", 'write one object, {"name": "value", …}'),
        ("{", "is not JSON"),
        ("", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ('{"worked": true}', "worked is true; write a text or a number"),
        ('{"monthly_wage": {"yuan": 3}}', "write a text or a number"),
        ('{"monthly_wage": 1, "monthly_wage": 2}', "monthly_wage is there twice"),
        ('{"monthly_wage": -1}', "monthly_wage=-1: write yuan; at least 1"),
    ],
)
def test_a_file_that_holds_no_facts_is_refused_by_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "facts.json"
    path.write_text(text, encoding="utf-8")
    code, _, err = run(capsys, "wage_shutdown", "--facts", str(path))
    assert (code, err.count("\n")) == (1, 1)
    assert said in err
