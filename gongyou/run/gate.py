"""The promotion gate (evaluation/gate.py) in a process of its own, on the bot's side."""

import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongyou.run.child import plain_environment, run_child
from gongyou.run.model import bot_environment
from gongyou.run.places import workplace, write_private
from gongyou.run.taught import Taught, as_rows

COMMAND = ("bot/.venv/bin/python", "-m", "evaluation.gate")


@dataclass(frozen=True)
class Side:
    """A model's archive and the examples it has learnt."""

    model: Path
    taught: Taught


@dataclass(frozen=True)
class Verdict:
    """Figures of both sides, as {"present": ..., "candidate": ...}; reasons against, if any."""

    figures: dict[str, Any]
    why: tuple[str, ...]


def compare(
    root: Path,
    present: Side,
    candidate: Side,
    cases: Taught,
    stop: threading.Event | None = None,
) -> Verdict:
    """Measure both and judge. Takes minutes; the present one's folds are kept for the next time.

    Raises CannotStart when it could not be measured, ChildStopped.
    """
    clear_left(root)
    job, result = _files(root)
    write_private(job, json.dumps(_job(root, present, candidate, cases), ensure_ascii=False))
    # One thread: the same figures whatever else the machine does, and a core left for the bot.
    environment = {**bot_environment(plain_environment()), "OPENBLAS_NUM_THREADS": "1"}
    try:
        run_child([*COMMAND, str(job), str(result)], root, environment, stop)
        told = json.loads(result.read_text(encoding="utf-8"))
    finally:
        clear_left(root)
    return Verdict({side: told[side] for side in ("present", "candidate")}, tuple(told["why"]))


def clear_left(root: Path) -> None:
    """Delete what one measuring needs: taught sentences, whose chats may be erased later."""
    for path in _files(root):
        path.unlink(missing_ok=True)


def _files(root: Path) -> tuple[Path, Path]:
    """The job and its result."""
    place = workplace(root)
    return place / "job.json", place / "result.json"


def _job(root: Path, present: Side, candidate: Side, cases: Taught) -> dict[str, Any]:
    return {
        "root": str(root),
        "present": {"model": str(present.model), "taught": as_rows(present.taught)},
        "candidate": {"model": str(candidate.model), "taught": as_rows(candidate.taught)},
        "cases": as_rows(cases),
        "cache": str(workplace(root) / "figures"),
    }
