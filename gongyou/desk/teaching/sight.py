"""Which corrections a person sees, and the case behind one where they may read it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, false, func, select, true
from sqlalchemy.orm import Session

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.permissions import may
from gongyou.desk.teaching.run_table import TrainingExample
from gongyou.desk.teaching.table import Correction, State
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

    Only an enterprise's own union may know the sentence again: its officers see those of chats
    that they may read.
    """
    if not may(person.role, "corrections.read"):
        return false()
    if not person.employer:
        return true()
    return exists().where(
        Ticket.conversation_id == Correction.conversation_id, readable(session, person)
    )


def fetch_corrections(
    session: Session, person: Person, states: Iterable[State], page: int = 0
) -> CorrectionPage:
    """Those waiting oldest first, others newest first."""
    wanted = tuple(states)
    order = Correction.id if wanted == ("proposed",) else Correction.settled_at.desc()
    query = select(Correction).where(_of(session, person, wanted)).order_by(order, Correction.id)
    rows = session.scalars(query.limit(PAGE + 1).offset(page * PAGE)).all()
    return CorrectionPage(rows[:PAGE], more=len(rows) > PAGE)


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


def _of(session: Session, person: Person, states: Sequence[State]) -> ColumnElement[bool]:
    return Correction.state.in_(states) & visible_to(session, person)
