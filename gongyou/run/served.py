"""The served set: which examples the model that answers has learnt, and where its archive lies."""

import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from gongyou.clock import CHINA
from gongyou.desk.store import Desk
from gongyou.desk.teaching.lessons import fetch_days_said
from gongyou.desk.teaching.runs import (
    fetch_examples,
    fetch_promoted,
    fetch_served,
    record_release,
)
from gongyou.run import model
from gongyou.run.taught import Example

BACK_TO = 5  # earlier models that are kept for going back at once


def as_examples(session: Any, corrections: Sequence[Any]) -> tuple[Example, ...]:
    """Corrections as training takes them."""
    days = fetch_days_said(session, corrections)
    return tuple(
        Example(
            id=one.id,
            topic=one.topic,
            text=one.text,
            facts=one.facts,
            today=days[one.id].astimezone(CHINA).date().isoformat(),
        )
        for one in corrections
    )


def served_examples(desk: Desk) -> tuple[Example, ...]:
    """What the served model has learnt; nothing before the first training."""
    with desk.reading() as session:
        served = fetch_served(session)
        return as_examples(session, fetch_examples(session, served)) if served else ()


def needed_models(desk: Desk) -> frozenset[str]:
    """Archives that must stay: the served one, and those one can go back to."""
    with desk.reading() as session:
        return frozenset(run.model for run in fetch_promoted(session, 1 + BACK_TO) if run.model)


def release(
    root: Path, desk: Desk, now: datetime, stop: threading.Event | None = None
) -> tuple[Path, bool]:
    """The archive of the served set under the present code, trained if need be, and whether that
    made a new run of it: after an upgrade, an erased chat, or at the very first start.

    No example is new in it. Raises CannotStart.
    """
    taught = served_examples(desk)
    path = model.model_path(root, taught)
    if not path.exists():
        model.train(root, taught, needed_models(desk), stop)
    with desk.transaction() as session:
        served = fetch_served(session)
        if served is not None and served.model == path.name:
            return path, False
        record_release(session, path.name, model.fingerprint(root), now)
    return path, True


def has_release(root: Path, desk: Desk) -> bool:
    """Whether the served set's archive under the present code is there."""
    return model.model_path(root, served_examples(desk)).exists()
