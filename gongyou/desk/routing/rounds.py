"""What the clerk finds on its rounds: cases not judged yet, and cases nobody was asked about."""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.tickets.opening import Judgement
from gongyou.desk.tickets.table import Ticket

AT_ONCE = 200  # cases of one round
# A review promises nobody an answer.
_UNJUDGED = (Ticket.status == "opened", Ticket.due_at.is_(None), Ticket.kind != "review")


def fetch_unjudged(session: Session) -> Sequence[int]:
    """Opened, and no answer promised yet: the urgent first."""
    query = select(Ticket.id).where(*_UNJUDGED)
    return session.scalars(query.order_by(Ticket.priority, Ticket.id).limit(AT_ONCE)).all()


def fetch_unrouted(session: Session) -> Sequence[int]:
    """Legal aid that waits to be offered."""
    query = select(Ticket.id).where(
        Ticket.kind == "legal_aid", Ticket.status == "opened", Ticket.fell_at.is_(None)
    )
    return session.scalars(query.order_by(Ticket.priority, Ticket.id).limit(AT_ONCE)).all()


def judge_ticket(
    session: Session, ticket_id: int, judge: Callable[[Ticket], Judgement]
) -> Ticket | None:
    """Keep what `judge` works out about an opened case; None when it has been judged already.

    A crisis stays first, whatever is worked out.
    """
    query = select(Ticket).where(Ticket.id == ticket_id, *_UNJUDGED)
    ticket = session.scalars(query.with_for_update()).one_or_none()
    if ticket is None:
        return None
    found = judge(ticket)
    ticket.priority = min(ticket.priority, found.priority)
    ticket.reasons = list(found.reasons)
    ticket.deadline_on, ticket.due_at = found.deadline_on, found.due_at
    ticket.conclusion = found.conclusion
    session.flush()
    return ticket
