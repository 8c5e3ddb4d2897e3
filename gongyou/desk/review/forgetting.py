"""What the desk kept beside cases goes with them; and a person's own list with the person."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gongyou.desk.review.table import CaseFlag, CaseTag, Note, SavedCase, Tag


def forget_cases(session: Session, tickets: Sequence[int]) -> None:
    """Flags, notes, places on lists, tags; and the words that no other case has as a tag."""
    worn = select(CaseTag.tag_id).where(CaseTag.ticket_id.in_(tickets))
    tags = session.scalars(worn).all()
    for table in (CaseFlag, CaseTag, Note, SavedCase):
        session.execute(delete(table).where(table.ticket_id.in_(tickets)))
    elsewhere = select(CaseTag.tag_id).where(CaseTag.tag_id.in_(tags))
    session.execute(delete(Tag).where(Tag.id.in_(tags), Tag.id.not_in(elsewhere)))


def forget_list_of(session: Session, person_id: int) -> None:
    """What one person had put aside."""
    session.execute(delete(SavedCase).where(SavedCase.person_id == person_id))
