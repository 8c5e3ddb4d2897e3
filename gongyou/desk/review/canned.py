"""「常用答复」: answers that officers wrote for the whole desk; chosen, changed, then sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.errors import NotFound, StaleCanned, TooManyCanned
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.review.table import CannedAnswer

TITLE_LONGEST: Final = 30  # characters
MOST: Final = 300  # of the whole desk: more nobody finds his way in


@dataclass(frozen=True, slots=True)
class Wording:
    """What an officer typed. `topic` is "" for an answer that fits any."""

    topic: str
    title: str
    text: str


def add_canned(
    session: Session, person: Person, wording: Wording, key: str, now: datetime
) -> CannedAnswer:
    """A new one; the same key again gives the one made before. Raises TooManyCanned."""
    stored = select(CannedAnswer).where(CannedAnswer.client_key == key)
    kept = session.scalars(stored).one_or_none()
    if kept is not None:
        return kept
    if len(session.scalars(select(CannedAnswer.id)).all()) >= MOST:
        raise TooManyCanned("canned_full", most=MOST)
    canned = CannedAnswer(version=1, person_id=person.id, client_key=key, changed_at=now)
    _write(canned, wording)
    session.add(canned)
    session.flush()
    record(session, actor_of(person), "canned.add", f"canned:{canned.id}", now)
    return canned


def change_canned(
    session: Session, number: int, person: Person, wording: Wording, version: int, now: datetime
) -> CannedAnswer:
    """Another wording in its place; `version` is the one that was changed.

    Raises NotFound, StaleCanned.
    """
    canned = get_canned(session, number, lock=True)
    if canned.version != version:
        raise StaleCanned("canned_stale")
    _write(canned, wording)
    canned.version, canned.person_id, canned.changed_at = version + 1, person.id, now
    record(session, actor_of(person), "canned.change", f"canned:{number}", now)
    return canned


def delete_canned(session: Session, number: int, person: Person, now: datetime) -> bool:
    """It is gone for everybody; whether it was there."""
    canned = session.get(CannedAnswer, number, with_for_update=True)
    if canned is None:
        return False
    session.delete(canned)
    record(session, actor_of(person), "canned.delete", f"canned:{number}", now)
    return True


def fetch_canned(session: Session, topic: str | None = None) -> Sequence[CannedAnswer]:
    """All of them; with a topic those of it first, then those that fit any."""
    query = select(CannedAnswer).order_by(CannedAnswer.topic.desc(), CannedAnswer.id)
    if topic is not None:
        query = query.where(CannedAnswer.topic.in_((topic, "")))
    return session.scalars(query).all()


def get_canned(session: Session, number: int, *, lock: bool = False) -> CannedAnswer:
    """Raises NotFound."""
    canned = session.get(CannedAnswer, number, with_for_update=lock)
    if canned is None:
        raise NotFound("canned_missing")
    return canned


def _write(canned: CannedAnswer, wording: Wording) -> None:
    canned.topic, canned.title, canned.text = wording.topic, wording.title, wording.text
