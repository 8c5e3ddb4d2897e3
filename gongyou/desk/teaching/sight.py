"""Which corrections a person sees, and the case behind one where they may read it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, false, func, not_, select
from sqlalchemy.orm import Session

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.permissions import may
from gongyou.desk.teaching.run_table import TrainingExample
from gongyou.desk.teaching.table import Correction, State
from gongyou.desk.tickets.care import holds_care
from gongyou.desk.tickets.scope import readable
from gongyou.desk.tickets.table import Ticket

PAGE = 50  # corrections shown at once


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """One page of a list; `more` when another follows."""

    corrections: Sequence[Correction]
    more: bool


def visible_to(session: Session, person: Person) -> ColumnElement[bool]:
    """A sentence without names is nobody's case, so every officer and editor sees it.

    Nobody does once distress is told in its chat, and it is not taught any more.
    Only an enterprise's own union may know the sentence again: its officers see those of chats
    that they may read.
    """
    if not may(person.role, "corrections.read"):
        return false()
    apart = not_(holds_care(Correction.conversation_id.expression))
    if not person.employer:
        return apart
    return apart & exists().where(
        Ticket.conversation_id == Correction.conversation_id, readable(session, person)
    )


def fetch_corrections(
    session: Session, person: Person, states: Iterable[State], page: int = 0
) -> CorrectionPage:
    """Those waiting oldest first, others newest first."""
    wanted = tuple(states)
    query = select(Correction).where(_of(session, person, wanted)).order_by(*_order(wanted))
    rows = session.scalars(query.limit(PAGE + 1).offset(page * PAGE)).all()
    return CorrectionPage(rows[:PAGE], more=len(rows) > PAGE)


def fetch_pages(session: Session, person: Person, states: Iterable[State]) -> Mapping[int, int]:
    """On which page of that list each of its corrections stands, from 0."""
    wanted = tuple(states)
    query = select(Correction.id).where(_of(session, person, wanted)).order_by(*_order(wanted))
    return {number: place // PAGE for place, number in enumerate(session.scalars(query))}


def count_corrections(session: Session, person: Person, states: Iterable[State]) -> int:
    wanted = _of(session, person, tuple(states))
    return session.scalars(select(func.count(Correction.id)).where(wanted)).one()


def fetch_cases(
    session: Session, person: Person, corrections: Sequence[Correction]
) -> Mapping[str, int]:
    """The newest ticket of each chat that this person may read, by conversation; an editor none."""
    chats = {correction.conversation_id for correction in corrections}
    query = (
        select(Ticket.conversation_id, func.max(Ticket.id))
        .where(Ticket.conversation_id.in_(chats), readable(session, person))
        .group_by(Ticket.conversation_id)
    )
    return {chat: number for chat, number in session.execute(query)} if chats else {}


def count_examples(session: Session, run_ids: Sequence[int]) -> Mapping[int, int]:
    """How many sentences each of these runs has learnt; a run that learnt none is left out."""
    query = (
        select(TrainingExample.run_id, func.count())
        .where(TrainingExample.run_id.in_(run_ids))
        .group_by(TrainingExample.run_id)
    )
    return {run: count for run, count in session.execute(query)} if run_ids else {}


def _order(states: Sequence[State]) -> tuple[ColumnElement[Any], ...]:
    is_waiting = tuple(states) == ("proposed",)
    newest = Correction.settled_at.desc()
    return (Correction.id.asc(),) if is_waiting else (newest, Correction.id.asc())


def _of(session: Session, person: Person, states: Sequence[State]) -> ColumnElement[bool]:
    return Correction.state.in_(states) & visible_to(session, person)
