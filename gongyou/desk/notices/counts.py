"""How many notices are in each state: what an administrator sees first of the outbox."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gongyou.desk.notices.table import STATES, Notice


def count_states(session: Session) -> dict[str, int]:
    """Every state with its number, 0 included."""
    rows = session.execute(select(Notice.state, func.count()).group_by(Notice.state))
    counts: dict[str, int] = {state: count for state, count in rows}
    return {state: counts.get(state, 0) for state in STATES}
