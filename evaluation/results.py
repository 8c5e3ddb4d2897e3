"""What a run leaves for the next: evaluation/results/<name>.json, and latest.json beside it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from evaluation.cases import digest
from evaluation.errors import CannotEvaluate
from evaluation.figures import by_source_type, by_topic, figures
from evaluation.judging import Judged

LATEST = "latest"
Result = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """What was measured: the questions' name, the model's, when, and each judged question."""

    name: str
    model: str
    at: datetime
    judged: Sequence[Judged]


def result_of(run: Run) -> Result:
    """The figures over all, by main topic and by source type; holds no text of a question."""
    return {
        "name": run.name,
        "model": run.model,
        "at": run.at.isoformat(timespec="seconds"),
        "digest": digest([one.case for one in run.judged]),
        **figures(run.judged),
        "rest": sorted({one.topic for one in run.judged if one.is_rest}),
        "topic": by_topic(run.judged),
        "source_type": by_source_type(run.judged),
    }


def read_last(folder: Path, now: Result) -> Result | None:
    """The last result of this name, None when there is none. Its `digest` tells whether it was
    for the same questions. Raises CannotEvaluate."""
    path = folder / f"{now['name']}.json"
    if not path.exists():
        return None
    try:
        last = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CannotEvaluate(f"{path}: no result of a run ({error}); delete it") from error
    return last if isinstance(last, dict) and last.get("digest") else None


def write_result(folder: Path, now: Result) -> None:
    """Keep a result as the last of its name, and as the latest of all."""
    text = json.dumps(now, indent=1, ensure_ascii=False) + "\n"
    for name in (now["name"], LATEST):
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
