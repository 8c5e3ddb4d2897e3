"""`gongyou train`: our data and what officers taught, through the gate; or back to a run."""

import argparse
import contextlib
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from gongyou.clock import china_now
from gongyou.desk.errors import DeskUnavailable, Refused
from gongyou.desk.store import Desk
from gongyou.desk.teaching.run_table import TrainingRun
from gongyou.desk.teaching.runs import ask_rollback, ask_training
from gongyou.run import model
from gongyou.run.bot_models import BotModels
from gongyou.run.errors import CannotStart
from gongyou.run.teaching import Teacher
from gongyou.settings import Settings, SettingsError, read_settings
from gongyou.wiring import build_desk, upgrade_database

REASONS = {
    "worse_top1": "fewer of our own sentences are understood",
    "worse_wrong_confident": "it answers more often on a wrong topic",
    "worse_crisis_recall": "it finds fewer crises",
    "drifted_top1": "far fewer are understood than before anything was taught",
    "drifted_wrong_confident": "wrong answers are far more than before anything was taught",
    "drifted_crisis_recall": "it finds fewer crises than before anything was taught",
    "lost_checks": "checks that passed fail now",
    "lost_taught": "taught sentences that passed fail now",
    "strange_taught": "most of the new sentences are far from the topic they were given",
    "failed": "it could not be trained or measured",
    "not_loaded": "the bot could not load it",
    "stopped": "it was stopped",
    "killed": "it was killed",
}
REFUSALS = {
    "training_nothing_new": "nothing new is approved; the served model knows it all",
    "training_unfinished": "a run is asked for or at work: wait for its end",
    "training_missing": "there is no such run",
    "training_never_served": "that run was never served",
    "training_served": "that run serves already",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--untaught", action="store_true", help="only our own data; needs no desk")
    parser.add_argument("--rollback", type=int, metavar="RUN", help="serve that run's set again")


def run(chosen: argparse.Namespace, root: Path, environment: Mapping[str, str]) -> int:
    """The exit code: 0 when the best there is serves, 1 when a run was refused or broke."""
    try:
        settings = None if chosen.untaught else _settings(environment)
        if settings is None:
            return _train_ours(root)
        upgrade_database(settings)
        with contextlib.closing(build_desk(settings)) as desk:
            return _train_taught(chosen.rollback, root, settings, desk)
    except (CannotStart, SettingsError, DeskUnavailable) as reason:
        print(f"gongyou: {reason}", file=sys.stderr)
        return 1


def _settings(environment: Mapping[str, str]) -> Settings | None:
    """None where there is no desk yet: nobody can have taught anything."""
    url = environment.get("GONGYOU_DATABASE_URL", "")
    is_file = url.startswith("sqlite:///")
    if is_file and not Path(url.removeprefix("sqlite:///")).exists():
        return None
    return read_settings(environment)


def _train_ours(root: Path) -> int:
    path = model.model_path(root)
    if not path.exists():
        print(f"gongyou: training {path.name}", flush=True)
        model.train(root)
    return 0


def _train_taught(rollback: int | None, root: Path, settings: Settings, desk: Desk) -> int:
    bot = BotModels(settings.rasa_url, settings.rasa_token)
    teacher = Teacher(root, desk, china_now, bot)
    if teacher.release():
        print("gongyou: our own data are new: trained with what was taught before", flush=True)
    ask: Callable[[Any], TrainingRun] = partial(ask_training, person=None, now=china_now())
    if rollback is not None:
        ask = partial(ask_rollback, run_id=rollback, person=None, now=china_now())
    try:
        ended = teacher.do_now(ask)
    except Refused as refused:
        print(f"gongyou: {REFUSALS.get(refused.name, refused.name)}")
        return int(refused.name != "training_nothing_new")
    print("\n".join(describe(ended)))
    return int(ended.state != "promoted")


def describe(ended: TrainingRun) -> list[str]:
    """What came of a run: its figures, the present ones beside them, and the reasons."""
    lines = [f"gongyou: training run {ended.id}: {ended.state}"]
    figures = ended.figures or {}
    present, candidate = figures.get("present", {}), figures.get("candidate", {})
    if candidate:
        lines.append(f"{'present':>10} {'candidate':>10}")
    lines += [
        f"{_shown(present.get(name)):>10} {_shown(value):>10}  {name}"
        for name, value in candidate.items()
    ]
    return lines + [f"  {REASONS.get(key, key)}" for key in ended.why]


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "" if value is None else str(value)
