"""Corrections as the page lists them."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongyou.desk.people.accounts import Person
from gongyou.desk.teaching.table import Correction
from gongyou.web.names import Names
from gongyou.web.staff.teaching.marks import Piece, marked
from gongyou.web.staff.teaching.topics import name_topic
from gongyou.web.texts import call_person, read_texts
from gongyou.web.times import show_time


@dataclass(frozen=True)
class CorrectionLine:
    """One correction. `case`: the ticket's number where the reader may read it, else None.

    `is_learnt`: the model that serves now knows it. `may_name`: something in it may be a name.
    """

    id: int
    pieces: tuple[Piece, ...]
    topic: str
    was: str
    facts: tuple[tuple[str, str], ...]
    state: str
    state_name: str
    proposer: str
    proposed_at: str
    settler: str
    settled_at: str
    reason: str
    is_own: bool
    is_learnt: bool
    may_name: bool
    case: int | None


def show_correction(
    correction: Correction,
    reader: Person,
    names: Names,
    people: Mapping[int, Person],
    case: int | None,
    is_learnt: bool,
) -> CorrectionLine:
    pieces = marked(correction.text)
    return CorrectionLine(
        id=correction.id,
        pieces=pieces,
        topic=name_topic(names, correction.topic),
        was=name_topic(names, correction.was_topic) if correction.was_topic else "",
        facts=tuple(names.facts(correction.facts)),
        state=correction.state,
        state_name=read_texts()["correction_states"][correction.state],
        proposer=_call(people.get(correction.proposed_by)),
        proposed_at=show_time(correction.proposed_at),
        settler=_call(people.get(correction.settled_by or 0)),
        settled_at=show_time(correction.settled_at) if correction.settled_at else "",
        reason=correction.reason or "",
        is_own=correction.proposed_by == reader.id,
        is_learnt=is_learnt,
        may_name=any(piece.kind for piece in pieces),
        case=case,
    )


def _call(person: Person | None) -> str:
    return call_person(person.role, person.name) if person else ""
