"""Files of questions, and what is said about those that cannot be read."""

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.cases import digest, read_cases
from evaluation.errors import CannotEvaluate

GOOD = {"id": "1", "text": "厂里停工", "topics": ["wage_shutdown"], "scope": "in"}
KNOWN = frozenset({"wage_shutdown", "wage_cut"})


def written(folder: Path, *lines: str) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def line(**changes: Any) -> str:
    return json.dumps({**GOOD, **changes})


def test_a_line_is_a_case_and_other_keys_are_ignored(tmp_path: Path) -> None:
    (case,) = read_cases(written(tmp_path, line(source_type="sms", places=[])), KNOWN)
    assert (case.id, case.topics, case.source_type) == ("1", ("wage_shutdown",), "sms")


def test_a_case_without_a_source_type_is_of_an_unknown_one(tmp_path: Path) -> None:
    assert read_cases(written(tmp_path, line()), KNOWN)[0].source_type == "unknown"


def test_blank_lines_and_a_byte_order_mark_are_skipped(tmp_path: Path) -> None:
    assert len(read_cases(written(tmp_path, "\ufeff" + line(), "", "  "), KNOWN)) == 1


def test_an_odd_line_end_inside_a_text_does_not_end_the_line(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps({**GOOD, "text": "停工\u2028三天"}, ensure_ascii=False))
    assert read_cases(path, KNOWN)[0].text == "停工\u2028三天"


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("{", r"questions\.jsonl:2: not JSON .*; write one object on one line"),
        ("[1]", r"questions\.jsonl:2: not an object"),
        ('{"id": "2", "text": "x"}', r"questions\.jsonl:2: topics, scope missing"),
        (line(text=" "), r"questions\.jsonl:2: text is empty"),
        (line(text="\ud83d"), r"questions\.jsonl:2: text is empty or no text"),
        (line(topics=[]), r"questions\.jsonl:2: topics is no list"),
        (line(topics="wage_cut"), r"questions\.jsonl:2: topics is no list"),
        (line(topics=["wage_cutt"]), r":2: unknown topic 'wage_cutt'; write wage_cut$"),
        (line(topics=["xyz"]), r"unknown topic 'xyz'; write one of wage_cut, wage_shutdown$"),
        (line(scope="far"), r"questions\.jsonl:2: scope is 'far'; write one of in, near, out"),
        (line(), r"questions\.jsonl: the id 1 stands twice; give each its own"),
    ],
)
def test_a_bad_line_is_named_with_its_cure(tmp_path: Path, second: str, said: str) -> None:
    with pytest.raises(CannotEvaluate, match=said):
        read_cases(written(tmp_path, line(), second), KNOWN)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotEvaluate, match="no questions in it"):
        read_cases(written(tmp_path, "", " "), KNOWN)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotEvaluate, match=r"none\.jsonl: No such file"):
        read_cases(tmp_path / "none.jsonl", KNOWN)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gbk.jsonl"
    path.write_bytes("停工".encode("gbk"))
    with pytest.raises(CannotEvaluate, match="not UTF-8; save it as UTF-8"):
        read_cases(path, KNOWN)


def test_the_digest_changes_with_a_label(tmp_path: Path) -> None:
    first = read_cases(written(tmp_path, line()), KNOWN)
    second = read_cases(written(tmp_path, line(topics=["wage_cut"])), KNOWN)
    assert digest(first) != digest(second)
