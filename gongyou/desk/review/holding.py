"""The first step of each tool: may this person read the case, and is it still there."""

from sqlalchemy.orm import Session

from gongyou.desk.chat.conversations import lock_conversation
from gongyou.desk.errors import NotFound
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.scope import reads
from gongyou.desk.tickets.table import Ticket


def hold_readable(session: Session, ticket_id: int, person: Person) -> Ticket:
    """The ticket, its chat held: nothing is written beside a case that is just being erased.

    Raises NotFound for one that is not theirs to read, Erased.
    """
    ticket = session.get(Ticket, ticket_id)
    if ticket is None:
        raise NotFound("ticket_missing")
    lock_conversation(session, ticket.conversation_id)
    if not reads(session, ticket_id, person):
        raise NotFound("ticket_missing")
    return ticket
