"""「内部记录」: notes on a case, which no worker is ever shown."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.review.holding import hold_readable
from gongyou.desk.review.table import Note

LONGEST: Final = 1_000  # characters of a note


def write_note(
    session: Session, ticket_id: int, person: Person, text: str, key: str, now: datetime
) -> Note:
    """Keep it with the case; the same key again gives what was kept. Raises NotFound."""
    hold_readable(session, ticket_id, person)
    stored = select(Note).where(Note.ticket_id == ticket_id, Note.client_key == key)
    kept = session.scalars(stored).one_or_none()
    if kept is not None:
        return kept
    note = Note(ticket_id=ticket_id, person_id=person.id, text=text, client_key=key, created_at=now)
    session.add(note)
    session.flush()
    record(session, actor_of(person), "ticket.note", f"ticket:{ticket_id}", now)
    return note


def fetch_notes(session: Session, tickets: Collection[int]) -> Mapping[int, Sequence[Note]]:
    """The notes of each of these tickets, oldest first. The caller has checked who reads."""
    query = select(Note).where(Note.ticket_id.in_(tickets)).order_by(Note.id)
    found: dict[int, list[Note]] = defaultdict(list)
    for note in session.scalars(query) if tickets else ():
        found[note.ticket_id].append(note)
    return found
