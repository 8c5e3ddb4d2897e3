"""The training runs as the page lists them: what each came to, and which one serves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.teaching.corrections import fetch_approved
from gongyou.desk.teaching.run_table import TrainingRun
from gongyou.desk.teaching.runs import fetch_in_model, fetch_runs, fetch_served, fetch_unfinished
from gongyou.desk.teaching.sight import count_examples
from gongyou.desk.teaching.table import State
from gongyou.web.staff.teaching.figures import FigureRow, show_figures
from gongyou.web.staff.teaching.named import NamedLessons, Places, find_places, name_lessons
from gongyou.web.texts import call_person, read_texts, say
from gongyou.web.times import show_time

SHOWN: Final = 20  # the newest runs


@dataclass(frozen=True)
class RunLine:
    """One run. `named`: the taught sentences that spoke against it; `can_return`: it was served
    once, and another is now."""

    id: int
    kind: str
    state: str
    state_name: str
    is_served: bool
    who: str
    asked_at: str
    ended_at: str
    examples: int
    figures: tuple[FigureRow, ...]
    why: tuple[str, ...]
    named: tuple[NamedLessons, ...]
    can_return: bool


@dataclass(frozen=True)
class Training:
    """`new`, `gone`: sentences that the next training adds to the served model, or leaves out."""

    runs: tuple[RunLine, ...]
    served: RunLine | None
    is_busy: bool
    new: int
    gone: int


def read_training(session: Any, person: Person, tabs: Mapping[str, Sequence[State]]) -> Training:
    """`tabs`: the lists of corrections, for the way to those that a run names."""
    runs, served = list(fetch_runs(session, SHOWN)), fetch_served(session)
    if served is not None and served.id not in {run.id for run in runs}:
        runs.append(served)
    people = fetch_people(session, (run.asked_by for run in runs))
    counts = count_examples(session, [run.id for run in runs])
    is_busy = fetch_unfinished(session) is not None
    served_id = served.id if served else 0
    places = find_places(session, person, runs, tabs)
    lines = tuple(
        _line(run, people, counts.get(run.id, 0), served_id, is_busy, places) for run in runs
    )
    learnt, approved = fetch_in_model(session), {one.id for one in fetch_approved(session)}
    return Training(
        runs=lines,
        served=next((line for line in lines if line.is_served), None),
        is_busy=is_busy,
        new=len(approved - learnt),
        gone=len(learnt - approved),
    )


def _line(
    run: TrainingRun,
    people: Mapping[int, Person],
    examples: int,
    served: int,
    is_busy: bool,
    places: Places,
) -> RunLine:
    texts, is_served = read_texts(), run.id == served
    state = "serving" if is_served else run.state
    return RunLine(
        id=run.id,
        kind=texts["training_kinds"][run.kind],
        state=state,
        state_name=texts["training_states"][state],
        is_served=is_served,
        who=_who(run, people),
        asked_at=show_time(run.asked_at),
        ended_at=show_time(run.ended_at) if run.ended_at else "",
        examples=examples,
        figures=show_figures(run.figures),
        why=tuple(_reasons(run)),
        named=name_lessons(run, places),
        can_return=run.state == "promoted" and not is_served and not is_busy,
    )


def _who(run: TrainingRun, people: Mapping[int, Person]) -> str:
    """Who asked; a release and the operator have nobody."""
    person = people.get(run.asked_by or 0)
    return call_person(person.role, person.name) if person else ""


def _reasons(run: TrainingRun) -> Sequence[str]:
    """In words; one that nobody has worded yet is still told."""
    known = read_texts()["training_why"]
    return [str(known.get(key) or say("training_why_other", key=key)) for key in run.why]
