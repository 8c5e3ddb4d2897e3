"""`gongyou train`: what it trains without a desk, and how it tells what came of a run."""

import argparse
from pathlib import Path

from gongyou import train_command
from gongyou.desk.teaching.run_table import TrainingRun
from gongyou.run import model
from tests.run.test_model import project


def chosen(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    train_command.add_arguments(parser)
    return parser.parse_args(arguments)


def test_without_a_desk_only_our_own_data_count(tmp_path: Path) -> None:
    root = project(tmp_path)
    model.model_path(root).parent.mkdir()
    model.model_path(root).touch()  # there is nothing to train
    nobody = {"GONGYOU_DATABASE_URL": f"sqlite:///{tmp_path / 'none.db'}"}
    assert train_command.run(chosen(), root, nobody) == 0
    assert train_command.run(chosen("--untaught"), root, {}) == 0


def test_a_training_that_fails_is_one_line(tmp_path: Path, capsys) -> None:
    assert train_command.run(chosen("--untaught"), project(tmp_path), {}) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_settings_that_cannot_be_used_are_told(tmp_path: Path, capsys) -> None:
    (tmp_path / "desk.db").touch()
    given = {"GONGYOU_DATABASE_URL": f"sqlite:///{tmp_path / 'desk.db'}"}
    assert train_command.run(chosen(), project(tmp_path), given) == 1
    assert "GONGYOU_KEY" in capsys.readouterr().err


def test_a_refused_run_is_told_with_both_figures_and_the_reasons() -> None:
    figures = {
        "present": {"top1": 0.808, "checks": 95},
        "candidate": {"top1": 0.7, "checks": 96, "checks_lost": ["leave_pay-3"]},
    }
    run = TrainingRun(id=7, kind="train", state="refused", figures=figures, why=["worse_top1"])
    assert train_command.describe(run) == [
        "gongyou: training run 7: refused",
        "   present  candidate",
        "     0.808        0.7  top1",
        "        95         96  checks",
        "           leave_pay-3  checks_lost",
        "  fewer of our own sentences are understood",
    ]
