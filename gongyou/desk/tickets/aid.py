"""Applications for aid: a case of its own kind with a list of papers, handed in to the officers.

The papers are what the rulebook named when it was handed in; what becomes of each, the holder says.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final, Literal, cast

import yaml
from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gongyou.desk.audit import record
from gongyou.desk.base import Base, EncryptedText, UtcDateTime, one_of
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.tickets.scope import check_holder
from gongyou.desk.tickets.sheets import WORKER
from gongyou.desk.tickets.table import Ticket

type PaperState = Literal["missing", "given", "not_needed"]

STATES = ("missing", "given", "not_needed")
ALWAYS: Final = "always"
FILE: Final = Path(__file__).with_name("aid.yaml")


class AidPaper(Base):
    """One paper of an application, in the rulebook's order.

    `at_hand`: the worker said they have it. `changed_by` is "worker" or "person:3".
    """

    __tablename__ = "aid_papers"
    __table_args__ = (CheckConstraint(one_of("state", STATES), name="state"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(EncryptedText)
    at_hand: Mapped[bool]
    state: Mapped[PaperState] = mapped_column(String(16))
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


def is_applied_for(topic: str, has_papers: bool) -> bool:
    """Whether an answer on this topic, with papers named or not, may become an application."""
    when = _read().get(topic)
    return when is not None and (when == ALWAYS or has_papers)


def list_papers(
    session: Session, ticket: Ticket, names: Mapping[str, bool], now: datetime
) -> Sequence[AidPaper]:
    """The papers of a new application; `names`: each with whether the worker has it at hand."""
    papers = [
        AidPaper(
            ticket_id=ticket.id,
            place=place,
            name=name,
            at_hand=at_hand,
            state="missing",
            changed_by=WORKER,
            changed_at=now,
        )
        for place, (name, at_hand) in enumerate(names.items())
    ]
    session.add_all(papers)
    session.flush()
    return papers


def fetch_papers(session: Session, ticket_id: int) -> Sequence[AidPaper]:
    """In their order; none for another kind of case. The caller has checked who reads."""
    query = select(AidPaper).where(AidPaper.ticket_id == ticket_id)
    return session.scalars(query.order_by(AidPaper.place)).all()


def change_papers(
    session: Session, ticket_id: int, person: Person, states: Mapping[int, str], now: datetime
) -> Ticket:
    """The holder says which are given, missing, not needed; places or states that there are not
    count for nothing. Raises NotFound, NotAllowed, WrongState."""
    ticket = check_holder(session, ticket_id, person, "reply")
    changed = [
        paper
        for paper in fetch_papers(session, ticket_id)
        if states.get(paper.place, paper.state) != paper.state and states[paper.place] in STATES
    ]
    for paper in changed:
        paper.state = cast(PaperState, states[paper.place])
        paper.changed_by, paper.changed_at = actor_of(person), now
    if changed:
        record(session, actor_of(person), "ticket.papers", f"ticket:{ticket_id}", now)
    session.flush()
    return ticket


@cache
def _read() -> Mapping[str, str]:
    topics: Mapping[str, str] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["topics"]
    return topics
