"""What the desk kept beside cases goes with them; and a person's own list with the person."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gongyou.desk.review.table import CaseFlag, CaseTag, Note, SavedCase, Tag


def forget_cases(session: Session, tickets: Sequence[int]) -> None:
    """Flags, notes, places on lists, tags; and the words that no case has as a tag any more, since
    one of them may have been taken off these."""
    for table in (CaseFlag, CaseTag, Note, SavedCase):
        session.execute(delete(table).where(table.ticket_id.in_(tickets)))
    session.execute(delete(Tag).where(Tag.id.not_in(select(CaseTag.tag_id))))


def forget_list_of(session: Session, person_id: int) -> None:
    """What one person had put aside."""
    session.execute(delete(SavedCase).where(SavedCase.person_id == person_id))
