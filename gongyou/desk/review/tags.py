"""「标签」: short words on a case, from a list that grows by itself."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.errors import NotFound, TooManyTags
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.review.holding import hold_readable
from gongyou.desk.review.table import CaseTag, Tag
from gongyou.desk.tickets.scope import readable
from gongyou.desk.tickets.table import Ticket

LONGEST: Final = 12  # characters of a tag
MOST_TAGS: Final = 10  # of one case
MOST_KNOWN: Final = 200  # tags offered to choose from


def clean_tag(text: str) -> str:
    """As it is shown: full-width letters made plain, one space where there were several."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def add_tag(session: Session, ticket_id: int, person: Person, name: str, now: datetime) -> bool:
    """Put a tag on the case, the first use of a word making it one; whether it is new there.

    `name` comes from `clean_tag`, with 1 to LONGEST characters. Raises NotFound, TooManyTags.
    """
    hold_readable(session, ticket_id, person)
    tag = _find_tag(session, name) or _make_tag(session, name, person, now)
    there = session.scalars(select(CaseTag.tag_id).where(CaseTag.ticket_id == ticket_id)).all()
    if tag.id in there:
        return False
    if len(there) >= MOST_TAGS:
        raise TooManyTags("tags_full", most=MOST_TAGS)
    session.add(CaseTag(ticket_id=ticket_id, tag_id=tag.id, person_id=person.id, created_at=now))
    record(session, actor_of(person), "ticket.tag", f"ticket:{ticket_id}", now)
    return True


def remove_tag(
    session: Session, ticket_id: int, tag_id: int, person: Person, now: datetime
) -> bool:
    """Take it off the case; the word stays in the list. Raises NotFound."""
    hold_readable(session, ticket_id, person)
    there = session.get(CaseTag, (ticket_id, tag_id))
    if there is None:
        return False
    session.delete(there)
    record(session, actor_of(person), "ticket.untag", f"ticket:{ticket_id}", now)
    return True


def fetch_tags(session: Session, tickets: Collection[int]) -> Mapping[int, Sequence[Tag]]:
    """The tags of each of these tickets, in the order they were put there."""
    query = select(CaseTag.ticket_id, Tag).join(Tag, Tag.id == CaseTag.tag_id)
    query = query.where(CaseTag.ticket_id.in_(tickets)).order_by(CaseTag.created_at, Tag.id)
    found: dict[int, list[Tag]] = defaultdict(list)
    for ticket_id, tag in session.execute(query) if tickets else ():
        found[ticket_id].append(tag)
    return found


def fetch_known(session: Session, person: Person) -> Sequence[str]:
    """Names to choose from, the newest first: one's own, and those of cases one may read.

    Another's word may tell of a case that is kept from this person.
    """
    seen = exists().where(
        CaseTag.tag_id == Tag.id, CaseTag.ticket_id == Ticket.id, readable(session, person)
    )
    query = select(Tag.name).where(or_(Tag.person_id == person.id, seen))
    return session.scalars(query.order_by(Tag.id.desc()).limit(MOST_KNOWN)).all()


def fold_tag(name: str) -> str:
    """What two spellings of one tag have in common."""
    return "".join(name.casefold().split())


def _find_tag(session: Session, name: str) -> Tag | None:
    return session.scalars(select(Tag).where(Tag.folded == fold_tag(name))).one_or_none()


def _make_tag(session: Session, name: str, person: Person, now: datetime) -> Tag:
    """A new word of the list; of two who think of it at once, one's is taken by both."""
    made = Tag(name=name, folded=fold_tag(name), person_id=person.id, created_at=now)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        found = _find_tag(session, name)
        if found is None:
            raise NotFound("ticket_missing") from None
        return found
    return made
