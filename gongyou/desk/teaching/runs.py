"""Training runs: asked for by people, done by the clerk; the last promoted one is served.

One run at a time: whoever asks while one is unfinished is refused. What a run came to stands in
its row for good; going back is a run of its own, to the set of an earlier one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, not_, select
from sqlalchemy.orm import Session

from gongyou.desk.audit import hold_trail, record
from gongyou.desk.base import Json
from gongyou.desk.errors import NotFound, Refused
from gongyou.desk.people.accounts import SYSTEM, Person, actor_of
from gongyou.desk.teaching.corrections import fetch_approved
from gongyou.desk.teaching.run_table import (
    UNFINISHED_RUNS,
    RunKind,
    RunState,
    TrainingExample,
    TrainingRun,
)
from gongyou.desk.teaching.table import Correction
from gongyou.desk.tickets.care import holds_care

OPERATOR = "operator"
ENDINGS = {"promoted": "promote", "refused": "refuse", "broken": "break"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to; see TrainingRun."""

    state: RunState
    model: str | None = None
    base: str | None = None
    figures: Json | None = None
    why: Sequence[str] = field(default=())


def ask_training(session: Session, person: Person | None, now: datetime) -> TrainingRun:
    """A run that learns all that is approved; None asks for the operator.

    Raises Refused: one is unfinished, or the served model knows exactly these already.
    """
    _hold(session)
    if _ids(fetch_approved(session)) == fetch_in_model(session):
        raise Refused("training_nothing_new")
    return _ask(session, "train", (), person, now)


def ask_rollback(
    session: Session, run_id: int, person: Person | None, now: datetime
) -> TrainingRun:
    """A run back to the set of an earlier promoted one, without what was withdrawn since.

    Raises NotFound, Refused (unfinished run, never promoted, or served already).
    """
    _hold(session)
    earlier = session.get(TrainingRun, run_id)
    if earlier is None:
        raise NotFound("training_missing")
    if earlier.state != "promoted":
        raise Refused("training_never_served")
    served = fetch_served(session)
    if served is not None and served.id == run_id:
        raise Refused("training_served")
    still = [one for one in fetch_examples(session, earlier) if one.state == "approved"]
    return _ask(session, "rollback", _ids(still), person, now)


def fetch_runs(session: Session, limit: int) -> Sequence[TrainingRun]:
    """The newest first."""
    return session.scalars(select(TrainingRun).order_by(TrainingRun.id.desc()).limit(limit)).all()


def fetch_unfinished(session: Session) -> TrainingRun | None:
    """The run that is asked for or at work."""
    query = select(TrainingRun).where(TrainingRun.state.in_(UNFINISHED_RUNS))
    return session.scalars(query.order_by(TrainingRun.id)).first()


def fetch_promoted(session: Session, limit: int) -> Sequence[TrainingRun]:
    """Those that were ever served, the newest first: what one can go back to."""
    query = select(TrainingRun).where(TrainingRun.state == "promoted")
    newest = (TrainingRun.ended_at.desc(), TrainingRun.id.desc())
    return session.scalars(query.order_by(*newest).limit(limit)).all()


def fetch_served(session: Session) -> TrainingRun | None:
    """The run whose model answers; None before the first."""
    return next(iter(fetch_promoted(session, 1)), None)


def fetch_examples(session: Session, run: TrainingRun) -> Sequence[Correction]:
    """What the run learns, in the order of its numbers: withdrawn ones too, but none of a chat
    that is erased, or in which distress was told since."""
    query = (
        select(Correction)
        .join(TrainingExample, TrainingExample.correction_id == Correction.id)
        .where(TrainingExample.run_id == run.id)
        .where(not_(holds_care(Correction.conversation_id.expression)))
    )
    return session.scalars(query.order_by(Correction.id)).all()


def fetch_in_model(session: Session) -> frozenset[int]:
    """The numbers of the corrections that the served model has learnt, withdrawn ones too."""
    served = fetch_served(session)
    if served is None:
        return frozenset()
    query = select(TrainingExample.correction_id).where(TrainingExample.run_id == served.id)
    return frozenset(session.scalars(query))


def claim_run(session: Session, now: datetime) -> TrainingRun | None:
    """The run that is asked for, now at work; a training takes what is approved at this moment."""
    hold_trail(session)
    query = select(TrainingRun).where(TrainingRun.state == "asked").order_by(TrainingRun.id)
    run = session.scalars(query).first()
    if run is None:
        return None
    run.state, run.started_at = "running", now
    if run.kind == "train":
        _learn(session, run, _ids(fetch_approved(session)))
    session.flush()
    return run


def end_run(session: Session, run_id: int, outcome: Outcome, now: datetime) -> TrainingRun:
    """Write down what came of a run at work. Raises Refused when it is not at work any more."""
    hold_trail(session)
    run = session.get_one(TrainingRun, run_id, populate_existing=True)
    if run.state != "running":
        raise Refused("training_over")
    return _end(session, run, outcome, now)


def break_runs(session: Session, why: str, now: datetime) -> int:
    """Runs at work with nobody at work on them are broken. Returns how many."""
    hold_trail(session)
    query = select(TrainingRun).where(TrainingRun.state == "running")
    left = session.scalars(query).all()
    for run in left:
        _end(session, run, Outcome("broken", run.model, run.base, why=(why,)), now)
    return len(left)


def record_release(session: Session, model: str, base: str, now: datetime) -> TrainingRun:
    """The served set under new code, or no examples at all before the first training."""
    hold_trail(session)
    served = fetch_served(session)
    learnt = _ids(fetch_examples(session, served)) if served else ()
    run = TrainingRun(kind="release", state="running", asked_at=now, started_at=now)
    session.add(run)
    session.flush()
    _learn(session, run, learnt)
    return _end(session, run, Outcome("promoted", model, base), now)


def _hold(session: Session) -> None:
    """Two people who ask at once: the later one sees the first."""
    hold_trail(session)
    if fetch_unfinished(session) is not None:
        raise Refused("training_unfinished")


def _ask(
    session: Session, kind: RunKind, learnt: Iterable[int], person: Person | None, now: datetime
) -> TrainingRun:
    run = TrainingRun(
        kind=kind, state="asked", asked_by=person.id if person else None, asked_at=now
    )
    session.add(run)
    session.flush()
    _learn(session, run, learnt)
    action = "training.roll_back" if kind == "rollback" else "training.ask"
    record(session, actor_of(person) if person else OPERATOR, action, f"training:{run.id}", now)
    return run


def _learn(session: Session, run: TrainingRun, learnt: Iterable[int]) -> None:
    rows = [{"run_id": run.id, "correction_id": number} for number in sorted(learnt)]
    if rows:
        session.execute(insert(TrainingExample), rows)


def _end(session: Session, run: TrainingRun, outcome: Outcome, now: datetime) -> TrainingRun:
    run.state, run.ended_at, run.why = outcome.state, now, list(outcome.why)
    run.model, run.base, run.figures = outcome.model, outcome.base, outcome.figures
    action = "release" if run.kind == "release" else ENDINGS[outcome.state]
    record(session, SYSTEM, f"training.{action}", f"training:{run.id}", now)
    session.flush()
    return run


def _ids(corrections: Iterable[Correction]) -> frozenset[int]:
    return frozenset(correction.id for correction in corrections)
