"""When a corrected sentence was said: 昨天 in it is counted from that day."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.chat.messages import Message
from gongyou.desk.teaching.table import Correction


def fetch_days_said(session: Session, corrections: Sequence[Correction]) -> Mapping[int, datetime]:
    """The time of each one's message, by the correction's number."""
    numbers = [correction.message_id for correction in corrections]
    query = select(Message.id, Message.created_at).where(Message.id.in_(numbers))
    said = {number: at for number, at in session.execute(query)} if numbers else {}
    return {one.id: said.get(one.message_id, one.proposed_at) for one in corrections}
