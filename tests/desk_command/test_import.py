"""A list of lawyers out of Excel: read as people leave it, refused line by line, all or nothing."""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from gongyou.desk.keeping.enrolling import LawyerEntry, fetch_by_login
from gongyou.desk.people.accounts import Person, fetch_person
from gongyou.desk.people.lawyers import Conflict, LawyerProfile
from gongyou.wiring import Desk
from tests.desk_command.office import Operator, Said

HEADER = ("姓名", "登录名", "邮箱", "负责地区", "专长", "接待时间", "同时办理上限", "回避单位")
SUN = (
    "孙律师", "sun", "sun@example.org", "河南焦作、新乡", "拖欠工资、工伤",
    "周一至周五 19:00-21:00；周六 9点到12点", "8", "宏达机械厂；大同集团",
)  # fmt: skip
QIAN = ("钱律师", "qian", "", "全国", "", "", "", "")


def csv_file(tmp_path: Path, *rows: Sequence[str], encoding: str = "utf-8-sig") -> Path:
    path = tmp_path / "lawyers.csv"
    lines = (",".join(f'"{cell}"' for cell in row) for row in (HEADER, *rows))
    path.write_text("\r\n".join(lines), encoding=encoding, newline="")
    return path


def many(count: int) -> list[Sequence[str]]:
    return [(f"律师{n}", f"lawyer{n}", "", "焦作", "", "", "", "") for n in range(count)]


def run(operator: Operator, path: Path, *words: str) -> Said:
    return operator.types("import-lawyers", str(path), *words)


def count_lawyers(desk: Desk) -> int:
    with desk.reading() as session:
        query = select(func.count(Person.id)).where(Person.role == "lawyer")
        return session.scalars(query).one()


def test_every_field_arrives(desk: Desk, operator: Operator, tmp_path: Path) -> None:
    said = run(operator, csv_file(tmp_path, SUN))
    assert (said.code, said.err) == (0, "")
    with desk.reading() as session:
        person = fetch_person(session, "sun")
        assert person
        assert (person.name, person.email) == ("孙律师", "sun@example.org")
        assert person.regions == ["410800", "410700"]
        profile = session.get_one(LawyerProfile, person.id)
        assert profile.specialities == ["wage_arrears", "work_injury"]
        evenings = {str(day): ["19:00", "21:00"] for day in range(5)}
        assert profile.hours == {**evenings, "5": ["09:00", "12:00"]}
        assert profile.load_limit == 8
        names = session.scalars(select(Conflict.name)).all()
        assert sorted(names) == ["大同集团", "宏达机械厂"]


def test_what_is_left_out_is_everything_usual(
    desk: Desk, operator: Operator, tmp_path: Path
) -> None:
    run(operator, csv_file(tmp_path, QIAN))
    with desk.reading() as session:
        person = fetch_person(session, "qian")
        assert person and (person.regions, person.email) == (["000000"], None)
        profile = session.get_one(LawyerProfile, person.id)
        assert (profile.specialities, profile.hours, profile.load_limit) == ([], {}, 10)


def test_each_new_lawyer_gets_a_link(operator: Operator, tmp_path: Path) -> None:
    lines = run(operator, csv_file(tmp_path, SUN, QIAN)).out.splitlines()
    assert [line.split("\t")[:2] for line in lines[:-1]] == [["new", "sun"], ["new", "qian"]]
    assert all("/desk/invite/" in line for line in lines[:-1])
    assert lines[-1] == "2 new, 0 unchanged, 0 differing, 0 skipped"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_every_encoding_excel_writes(
    desk: Desk, operator: Operator, tmp_path: Path, encoding: str
) -> None:
    assert run(operator, csv_file(tmp_path, SUN, encoding=encoding)).code == 0
    with desk.reading() as session:
        person = fetch_person(session, "sun")
        assert person and person.name == "孙律师"


def test_semicolons_and_tabs_divide_as_well(desk: Desk, operator: Operator, tmp_path: Path) -> None:
    for number, divider in enumerate(";\t"):
        path = tmp_path / "list.csv"
        row = divider.join(("孙律师", f"sun{number}", "焦作"))
        path.write_text(
            f"{divider.join(('姓名', '登录名', '负责地区'))}\n{row}\n", encoding="utf-8"
        )
        assert run(operator, path).code == 0
    assert count_lawyers(desk) == 2


def test_excels_own_file_with_its_quirks(desk: Desk, operator: Operator, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*HEADER, None])
    sheet.append([None] * 8)
    sheet.append(
        ["　孙律师 ", 1001.0, None, "４１０８００", None, "周一—周五　１９：００～２１：００", 8.0]
    )
    sheet.append([])
    sheet.merge_cells("A4:H4")
    path = tmp_path / "lawyers.xlsx"
    book.save(path)
    said = run(operator, path)
    assert (said.code, said.err) == (0, "")
    with desk.reading() as session:
        person = fetch_person(session, "1001")
        assert person and (person.name, person.regions) == ("孙律师", ["410800"])
        profile = session.get_one(LawyerProfile, person.id)
        assert (profile.load_limit, profile.hours["4"]) == (8, ["19:00", "21:00"])


def test_one_bad_line_of_300_is_named_and_nothing_is_imported(
    desk: Desk, operator: Operator, tmp_path: Path
) -> None:
    rows = many(300)
    rows[122] = ("律师", "lawyer122", "not an address", "焦作", "", "", "", "")
    said = run(operator, csv_file(tmp_path, *rows))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("line 124, 邮箱: 'not an address' is no e-mail address")
    assert said.err.count("\n") == 2
    assert count_lawyers(desk) == 0


def test_the_299_others_are_imported_when_asked(
    desk: Desk, operator: Operator, tmp_path: Path
) -> None:
    rows = many(300)
    rows[122] = ("律师", "lawyer122", "not an address", "焦作", "", "", "", "")
    said = run(operator, csv_file(tmp_path, *rows), "--skip-bad")
    assert said.code == 0 and "line 124" in said.err
    assert said.out.splitlines()[-1] == "299 new, 0 unchanged, 0 differing, 1 skipped"
    assert count_lawyers(desk) == 299


def test_the_same_file_again_changes_nothing(
    desk: Desk, operator: Operator, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, SUN, QIAN)
    run(operator, path)
    with desk.reading() as session:
        before = fetch_by_login(session)["sun"].password_hash, count_lawyers(desk)
    said = run(operator, path, "--update")
    assert said.out == "0 new, 2 unchanged, 0 changed, 0 skipped\n"
    with desk.reading() as session:
        assert (fetch_by_login(session)["sun"].password_hash, count_lawyers(desk)) == before


def test_who_is_there_but_differs_is_changed_only_when_asked(
    desk: Desk, operator: Operator, tmp_path: Path
) -> None:
    run(operator, csv_file(tmp_path, SUN))
    path = csv_file(tmp_path, (*SUN[:2], "new@example.org", *SUN[3:7], ""))
    said = run(operator, path)
    assert "left as it is (--update changes it)\tsun\t邮箱, 回避单位" in said.out
    with desk.reading() as session:
        assert fetch_by_login(session)["sun"].email == "sun@example.org"
    run(operator, path, "--update")
    with desk.reading() as session:
        assert fetch_by_login(session)["sun"].email == "new@example.org"
        assert session.scalars(select(Conflict.name)).all() == []


def test_after_fifty_wrong_cells_the_rest_are_counted(operator: Operator, tmp_path: Path) -> None:
    rows = [("律师", f"lawyer{n}", "", "无此地", "", "", "", "") for n in range(60)]
    said = run(operator, csv_file(tmp_path, *rows))
    assert said.err.splitlines()[50].startswith("and 10 more")


def test_a_check_imports_nothing(desk: Desk, operator: Operator, tmp_path: Path) -> None:
    said = run(operator, csv_file(tmp_path, SUN), "--check")
    assert (said.code, said.out.splitlines()[0]) == (0, "new\tsun")
    assert count_lawyers(desk) == 0


def test_the_report_as_json(operator: Operator, tmp_path: Path) -> None:
    bad = (*QIAN[:6], "many", "")
    report = json.loads(run(operator, csv_file(tmp_path, SUN, bad), "--skip-bad", "--json").out)
    assert list(report["new"]) == ["sun"]
    (problem,) = report["problems"]
    assert (problem["line"], problem["column"]) == (3, "同时办理上限")


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("姓名", "", "is no name"),
        ("登录名", "孙", "is no login"),
        ("登录名", "a" * 33, "is no login"),
        ("负责地区", "", "write one region or more"),
        ("负责地区", "朝阳区", "write the code of one"),
        ("专长", "离婚", "is not one topic"),
        ("专长", "怀孕", "怀孕哺乳被辞退"),
        ("接待时间", "晚上", "are no hours"),
        ("接待时间", "周六 12:00-9:00", "ends before it begins"),
        ("接待时间", "周六 9:00-25:00", "no clock shows"),
        ("接待时间", "周六 9:00-10:00；周末 11:00-12:00", "second time"),
        ("同时办理上限", "0", "is no limit"),
        ("同时办理上限", "８.5", "is no limit"),
        ("回避单位", "有限公司", "names no enterprise"),
    ],
)
def test_each_wrong_field_is_named_with_its_cure(
    operator: Operator, tmp_path: Path, column: str, text: str, told: str
) -> None:
    row = list(SUN)
    row[HEADER.index(column)] = text
    said = run(operator, csv_file(tmp_path, row), "--check")
    assert said.code == 1
    assert said.err.startswith(f"line 2, {column}: ") and told in said.err


def test_the_same_login_twice_in_the_file(operator: Operator, tmp_path: Path) -> None:
    said = run(operator, csv_file(tmp_path, SUN, (*QIAN[:1], "SUN", *QIAN[2:])), "--check")
    assert "line 3, 登录名: 'sun' stands in line 2 already" in said.err


def test_a_login_of_another_role_is_taken(
    operator: Operator, officer: Person, tmp_path: Path
) -> None:
    said = run(operator, csv_file(tmp_path, (*SUN[:1], "zhao", *SUN[2:])))
    assert said.code == 1 and "another role" in said.err


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("姓名,登录名,负责地区,手机", "no column 手机"),
        ("姓名,登录名,负责地区,姓名", "twice: 姓名"),
        ("姓名,登录名", "missing: 负责地区"),
        ("志愿律师名单", "no column 志愿律师名单"),
        ("", "nothing is in it"),
    ],
)
def test_a_header_that_will_not_do(
    operator: Operator, tmp_path: Path, header: str, told: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(header + "\n", encoding="utf-8")
    said = run(operator, path)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert told in said.err


def test_more_than_5000_lines_are_refused(operator: Operator, tmp_path: Path) -> None:
    said = run(operator, csv_file(tmp_path, *many(5_001)))
    assert said.code == 1 and "over 5,000 lines" in said.err


def test_a_zip_bomb_is_refused_before_it_is_unpacked(operator: Operator, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 61_000_000)
    said = run(operator, path)
    assert path.stat().st_size < 1_000_000
    assert (said.code, said.err) == (1, f"gongyou: {path}: too large when unpacked; "
                                     "save only the list, without pictures\n")  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [b"\xd0\xcf\x11\xe0 old Excel", b"PK\x03\x04 broken", b"\x00\x01\x02\xff", b"\xff\xfe\x00"],
)
def test_what_is_no_table_is_told_in_one_line(
    operator: Operator, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    said = run(operator, path)
    assert (said.code, said.err.count("\n")) == (1, 1)


def test_a_workbook_that_lost_a_part_is_told(operator: Operator, tmp_path: Path) -> None:
    whole = io.BytesIO()
    openpyxl.Workbook().save(whole)
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            if "sheet1" not in name:
                target.writestr(name, source.read(name))
    said = run(operator, path)
    assert (said.code, said.err.count("\n")) == (1, 1)


def test_an_entry_has_a_field_for_every_column() -> None:
    assert len(HEADER) == len(LawyerEntry.__dataclass_fields__)
