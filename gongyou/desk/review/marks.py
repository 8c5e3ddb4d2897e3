"""What a list shows of the officers' tools: flags, tags, one's own days for later."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.people.accounts import Person
from gongyou.desk.review.flags import find_flagged
from gongyou.desk.review.later import fetch_saved
from gongyou.desk.review.tags import fetch_tags
from gongyou.desk.tickets.scope import readable
from gongyou.desk.tickets.table import Ticket


@dataclass(frozen=True, slots=True)
class Marks:
    """Of the cases of one page, by number. `saved`: until which day, None for no day."""

    flagged: frozenset[int]
    tags: Mapping[int, Sequence[str]]
    saved: Mapping[int, date | None]


def fetch_marks(session: Session, person: Person, tickets: Collection[int]) -> Marks:
    """Nothing of a case whose line this person sees but may not read."""
    query = select(Ticket.id).where(Ticket.id.in_(tickets), readable(session, person))
    seen = session.scalars(query).all() if tickets else ()
    tags = fetch_tags(session, seen)
    return Marks(
        flagged=find_flagged(session, seen),
        tags={number: [tag.name for tag in of_case] for number, of_case in tags.items()},
        saved={number: one.until for number, one in fetch_saved(session, person, seen).items()},
    )
