"""The gateway's words stand in several files and are read as one."""

from pathlib import Path

import pytest

from gongyou.web import texts


def test_a_key_that_stands_in_two_files_stops_the_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text("sentences: {hello: 你好}\n", encoding="utf-8")
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="hello"):
        texts.read_texts.__wrapped__()
