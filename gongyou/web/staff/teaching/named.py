"""The taught sentences that a run is refused for, and where each is listed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gongyou.desk.people.accounts import Person
from gongyou.desk.teaching.run_table import TrainingRun
from gongyou.desk.teaching.sight import fetch_pages
from gongyou.desk.teaching.table import State
from gongyou.web.texts import read_texts

KINDS: Final = ("taught_strange", "taught_lost")  # as evaluation/gate.py names them

type Places = Mapping[int, tuple[str, int]]  # tab and page of each correction the reader sees


@dataclass(frozen=True)
class NamedLesson:
    """A correction by its number; `tab`: where it is listed, "" when the reader sees it nowhere."""

    id: int
    tab: str = ""
    page: int = 1


@dataclass(frozen=True)
class NamedLessons:
    """Those of one kind under its title."""

    title: str
    lessons: tuple[NamedLesson, ...]


def find_places(
    session: Any, person: Person, runs: Sequence[TrainingRun], tabs: Mapping[str, Sequence[State]]
) -> Places:
    """Where the corrections are listed; nothing is looked up when no run names any."""
    if not any(_numbers(run, kind) for run in runs for kind in KINDS):
        return {}
    return {
        number: (tab, page + 1)
        for tab, states in tabs.items()
        for number, page in fetch_pages(session, person, states).items()
    }


def name_lessons(run: TrainingRun, places: Places) -> tuple[NamedLessons, ...]:
    """Those that spoke against the run, by kind; a kind without any is left out."""
    titles: Mapping[str, str] = read_texts()["training_named"]
    found = ((titles[kind], _numbers(run, kind)) for kind in KINDS)
    return tuple(
        NamedLessons(title, tuple(NamedLesson(one, *places.get(one, ())) for one in numbers))
        for title, numbers in found
        if numbers
    )


def _numbers(run: TrainingRun, kind: str) -> list[int]:
    """None of a run that was not refused: its figures are nobody's work."""
    candidate = (run.figures or {}).get("candidate") or {}
    return sorted(int(one) for one in candidate.get(kind) or ()) if run.why else []
