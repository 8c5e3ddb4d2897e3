"""What an administrator sees of the outbox: notices that nobody got for sure."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.errors import NotFound
from gongyou.desk.notices.table import Notice

TROUBLED = ("failed", "doubtful")


def fetch_troubled(session: Session, limit: int = 100) -> list[Notice]:
    """Failed and doubtful notices, the newest first."""
    query = select(Notice).where(Notice.state.in_(TROUBLED))
    query = query.order_by(Notice.id.desc()).limit(limit)
    return list(session.scalars(query, execution_options={"populate_existing": True}))


def send_again(session: Session, notice_id: int, now: datetime) -> bool:
    """Have a failed or doubtful notice sent once more; False in other states. Raises NotFound."""
    notice = session.get(Notice, notice_id, with_for_update=True, populate_existing=True)
    if notice is None:
        raise NotFound("notice_missing")
    if notice.state not in TROUBLED:
        return False
    notice.state, notice.attempts, notice.next_at, notice.error = "pending", 0, now, None
    session.flush()
    return True
