"""`gongyou rulebook` as a policy officer types it: check, list, show, diff, coverage."""

import json
import shutil
from functools import cache
from pathlib import Path

import pytest

from gongyou import rulebook_command
from gongyou.cli import main
from gongyou.rulebook import read_rulebook
from tests.fixtures import REPOSITORY

_read = cache(read_rulebook)

type Run = tuple[int, str, str]


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same folder is read once for all tests."""
    monkeypatch.setattr(rulebook_command, "read_rulebook", _read)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> Run:
    code = main(["rulebook", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The rulebook and one topic's cases, beside each other."""
    cases = tmp_path / "tests" / "rulebook"
    cases.mkdir(parents=True)
    for path in (REPOSITORY / "tests" / "rulebook").glob("*.yaml"):
        shutil.copy(path, cases)
    return Path(shutil.copytree(REPOSITORY / "rulebook", tmp_path / "rulebook"))


def change(copy: Path, file: str, old: str, new: str) -> None:
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_check_counts_what_it_read(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check")
    assert (code, out.splitlines()[-1][:4]) == (0, "ok: ")


def test_a_file_that_cannot_be_read_stops_everything_with_its_line(
    capsys: pytest.CaptureFixture[str], copy: Path
) -> None:
    change(copy, "national/wage_arrears.yaml", "from: 1995-01-01", "from: soon")
    code, out, err = run(capsys, "--path", str(copy), "list")
    assert (code, out) == (1, "")
    assert "rulebook/national/wage_arrears.yaml:" in err
    assert "CN-AR-001: from is 'soon', not a date. Write from: 2020-01-31." in err


def test_check_tells_every_finding_and_fails(
    capsys: pytest.CaptureFixture[str], copy: Path
) -> None:
    change(copy, "national/wage_arrears.yaml", "says: 你说的欠薪总数", "says: 你说的欠薪总数。")
    (copy.parent / "tests" / "rulebook" / "wage_arrears.yaml").unlink()
    code, out, _ = run(capsys, "--path", str(copy), "check")
    assert code == 1
    assert "CN-AR-001: '你说的欠薪总数。' ends with 。" in out
    assert "wage_arrears: has no cases" in out
    assert out.splitlines()[-1].startswith("failed: 2 errors")


def test_cases_that_cannot_be_read_are_named(
    capsys: pytest.CaptureFixture[str], copy: Path
) -> None:
    (copy.parent / "tests" / "rulebook" / "wage_arrears.yaml").write_text("cases: [", "utf-8")
    code, _, err = run(capsys, "--path", str(copy), "check")
    assert code == 1
    assert "tests/rulebook/wage_arrears.yaml:" in err


def test_list_shows_one_rule_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "list", "wage_arrears")
    assert "CN-AR-001\t000000\t1995-01-01 – \tverified\t欠你的工资" in out.splitlines()


def test_list_of_a_region_has_its_own_rules_and_the_nation_s(
    capsys: pytest.CaptureFixture[str],
) -> None:
    regions = {
        line.split("\t")[1] for line in run(capsys, "list", "--region", "焦作市")[1].splitlines()
    }
    assert {"000000", "410000", "410800"} <= regions
    assert "110000" not in regions


def test_list_on_a_day_has_only_what_was_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    early = run(capsys, "list", "wage_arrears", "--on", "2020-02-01")[1]
    now = run(capsys, "list", "wage_arrears", "--on", "2026-11-21")[1]
    assert "CN-DP-002\t" in early
    assert "CN-DP-002\t" not in now


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("CN-AR-002", ["欠你的工资", "monthly_wage * months_owed", "when owed_amount is not told"]),
        ("wage_arrears", ["months_owed  欠了几个月  (number)", "at least 0.1", "at most 240"]),
        ("still_employed", ["one of yes (还在), no (已经走了)", "你现在还在这家单位干吗？"]),
        ("service_months", ["worked out from the others"]),
        ("employment_type", ["taken as employee when not told"]),
        ("paid_days_per_month", ["000000\t全国", "21.75\tverified"]),
    ],
)
def test_show_tells_all_of_a_rule_a_topic_a_fact_or_a_figure(
    capsys: pytest.CaptureFixture[str], name: str, parts: list[str]
) -> None:
    _, out, _ = run(capsys, "show", name)
    assert [part for part in parts if part not in out] == []


def test_diff_tells_what_begins_ends_and_is_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("diff", "--from", "2021-12-31", "--to", "2022-01-01", "--region", "河南省")
    _, out, _ = run(capsys, *words)
    assert "2022-01-01\treplaced\t河南省\t最低工资 一类 1900 -> 最低工资 一类 2000" in out
    assert "2022-01-01\tbegins\t全国\tCN-LA-001 哪些事能申请" in out


def test_diff_of_a_topic_has_its_rules_and_figures_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("diff", "--from", "2023-01-07", "--to", "2023-01-08", "--topic", "wage_arrears")
    _, out, _ = run(capsys, *words)
    assert "2023-01-08\tends\t全国\tCN-DP-002 疫情耽误了申请仲裁" in out
    assert "CN-WS" not in out


def test_diff_leaves_the_first_day_out_and_takes_the_last_in(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("diff", "--from", "2023-01-08", "--to", "2023-01-09", "--topic", "wage_arrears")
    assert run(capsys, *words)[1] == (
        "0 changes after 2023-01-08, up to 2023-01-09: 0 begin, 0 end, 0 replaced\n"
    )


def test_coverage_counts_provinces_by_period(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "coverage", "--topic", "wage_shutdown")
    assert "2020-01-24..2023-01-07\t2023-01-08..2025-08-31\t2025-09-01.." in out
    line = next(line for line in out.splitlines() if line.startswith("wage_shutdown: "))
    for period in line.split("\t")[1:]:
        assert sum(map(int, period.split("/"))) == 31
    assert "unverified in some period" in out


def test_coverage_in_json_has_every_province_and_the_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cells = json.loads(run(capsys, "coverage", "--topic", "wage_shutdown", "--json")[1])
    assert len(cells) == 31 * 3
    hunan = [cell for cell in cells if cell["region"] == "430000"]
    assert {cell["reach"] for cell in hunan} == {"unverified"}
    assert "湖南" in hunan[0]["why"]


def test_what_a_plain_case_gets_nowhere_needs_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    cells = json.loads(run(capsys, "coverage", "--topic", "legal_aid", "--json")[1])
    assert {cell["reach"] for cell in cells} <= {"answered", "unverified", "needs a person"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["list", "nothing"], "no topic 'nothing': choose one of "),
        (["list", "--region", "西地省"], "--region 西地省: no such region"),
        (["list", "--region", "朝阳区"], "北京市朝阳区 (110105), 吉林省长春市朝阳区 (220104)"),
        (["list", "--on", "2026-02-30"], "--on 2026-02-30: write a day that exists"),
        (["show", "XX-1"], "no rule 'XX-1'"),
        (["diff", "--from", "2023-01-08", "--to", "2023-01-08"], "write a day after --from"),
        (["diff", "--from", "x", "--to", "2023-01-08"], "--from x: write a day"),
        (["coverage", "--topic", "nothing"], "no topic 'nothing'"),
        (["list", "--region", ""], "--region : no such region"),
        (["list", "--on", ""], "--on : write a day"),
        (["--cases", "/no/such", "check"], "--cases /no/such: no such folder"),
        (["--path", "/no/such", "check"], "--path /no/such: no such folder"),
    ],
)
def test_bad_input_is_one_line_that_names_the_part_and_the_cure(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code, _, err = run(capsys, *words)
    assert (code, err.count("\n")) == (1, 1)
    assert said in err
