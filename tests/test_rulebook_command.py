"""`gongyou rulebook` as a policy officer types it."""

import json
from pathlib import Path

import pytest

from gongyou.cli import main

BEIJING = [
    "region=110000",
    "stop_from=2020-02-03",
    "stop_until=2020-04-01",
    "monthly_wage=4000",
    "worked=没干",
    "pay_cycle_start_day=1",
]


def typed(*facts: str) -> list[str]:
    return [word for fact in facts for word in ("--fact", fact)]


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["rulebook", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_check_counts_what_it_read(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = asked(capsys, "check")
    assert code == 0
    assert out.startswith("ok: ")


def test_a_mistake_is_named_with_its_file_and_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "common.yaml").write_text("facts: {region: {type: place}}\n", encoding="utf-8")
    code, _, err = asked(capsys, "--path", str(tmp_path), "check")
    assert code == 1
    assert "facts/common.yaml:1" in err


def test_a_missing_fact_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = asked(capsys, "ask", "wage_shutdown", *typed("region=焦作市"), "--json")
    assert json.loads(out) == {"outcome": "needs_facts", "missing": ["stop_from"]}


def test_an_answer_has_amounts_steps_and_basis(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = asked(capsys, "ask", "wage_shutdown", *typed(*BEIJING), "--json")
    answer = json.loads(out)
    assert answer["outcome"] == "answer"
    assert answer["amounts"]["total"] == "5540.00"
    assert [step["amount"] for step in answer["steps"] if step["amount"]] == ["4000.00", "1540.00"]
    assert "劳部发〔1994〕489号" in [one["number"] for one in answer["basis"]]


def test_facts_come_from_a_file_and_the_command_line_counts_last(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    facts = dict(pair.split("=") for pair in BEIJING)
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(facts), encoding="utf-8")
    words = ("ask", "wage_shutdown", "--facts", str(path), *typed("monthly_wage=5000"), "--json")
    assert json.loads(asked(capsys, *words)[1])["amounts"]["total"] == "6540.00"


def test_the_text_begins_with_the_conclusion(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = asked(capsys, "ask", "wage_shutdown", *typed(*BEIJING))
    assert "5,540" in out.splitlines()[0]


def test_no_rule_before_the_law_was_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    early = typed("region=110000", "stop_from=1994-11-01", "stop_until=1994-12-01")
    words = ("ask", "wage_shutdown", *early, *typed("monthly_wage=300"), "--json")
    assert json.loads(asked(capsys, *words)[1])["outcome"] == "no_rule"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask", "nothing"], "no topic 'nothing'"),
        (["show", "XX-1"], "no rule 'XX-1'"),
        (["ask", "wage_shutdown", "--fact", "monthly_wage"], "write NAME=VALUE"),
        (["ask", "wage_shutdown", "--fact", "wage=3"], "no fact 'wage'"),
        (["ask", "wage_shutdown", "--fact", "monthly_wage=-3"], "月工资"),
        (["ask", "wage_shutdown", "--fact", "region=西地省"], "上班的地方"),
        (["ask", "wage_shutdown", "--facts", "/no/such.json"], "/no/such.json"),
    ],
)
def test_bad_input_is_one_line_that_names_the_part(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code, _, err = asked(capsys, *words)
    assert code == 1
    assert said in err
    assert err.count("\n") == 1
