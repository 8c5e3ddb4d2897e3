"""After the facts were corrected: urgency, nearest deadline and region follow them."""

from sqlalchemy.orm import Session

from gongyou.desk.tickets.moves import get_ticket
from gongyou.desk.tickets.opening import Judgement
from gongyou.desk.tickets.table import CRISIS, FIRST


def rejudge(session: Session, ticket_id: int, judgement: Judgement, region: str) -> None:
    """What was promised stays: `due_at` is left alone. Raises NotFound."""
    ticket = get_ticket(session, ticket_id)
    ticket.priority = FIRST if ticket.topic == CRISIS else judgement.priority
    ticket.reasons = list(judgement.reasons)
    ticket.deadline_on = judgement.deadline_on
    ticket.region = region
    session.flush()
