"""Who does the training runs, without a training: what a killed one left lying."""

from datetime import datetime
from pathlib import Path

import pytest

from gongyou.desk.teaching.run_table import TrainingRun
from gongyou.run.bot_models import BotModels
from gongyou.run.places import workplace, write_private
from gongyou.run.teaching import Teacher
from gongyou.wiring import Desk


def test_the_sentences_of_a_killed_run_are_gone_at_the_next_look(
    tmp_path: Path, desk: Desk, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GONGYOU_VAR", raising=False)
    left = [workplace(tmp_path) / name for name in ("taught.yml", "job.json", "result.json")]
    for path in left:
        write_private(path, "半夜还在干活")
    with desk.transaction() as session:
        session.add(TrainingRun(kind="train", state="running", asked_at=now, started_at=now))
    teacher = Teacher(tmp_path, desk, lambda: now, BotModels("http://127.0.0.1:9", ""))
    assert not teacher.run_once()
    assert [path.name for path in left if path.exists()] == []
    with desk.reading() as session:
        assert session.get_one(TrainingRun, 1).state == "broken"
