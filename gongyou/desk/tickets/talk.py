"""The chat behind a ticket: a page of it, where it ends, and what is new in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, case, func, or_, select, true, type_coerce
from sqlalchemy.orm import Session

from gongyou.desk.chat.messages import Message
from gongyou.desk.errors import KeyMissing
from gongyou.desk.files.attachments import Attachment
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.reading import count_news
from gongyou.desk.tickets.sheets import newest_number
from gongyou.desk.tickets.standing import reads_content
from gongyou.desk.tickets.table import Ticket, TicketLine
from gongyou.desk.vault import Vault, vault_of

PAGE = 50  # messages shown at once


@dataclass(frozen=True, slots=True)
class Talk:
    """One page of a chat, in order; `last` is the highest number of the whole of it."""

    messages: Sequence[Message]
    has_earlier: bool
    has_later: bool
    last: int


@dataclass(frozen=True, slots=True)
class News:
    """Messages after a number, and a mark that changes with whatever else changes on the page."""

    count: int
    mark: str


def closing_key(ticket_id: int, key: str) -> str:
    """The client key of the line that ends a ticket's talk; what is said later is not for it."""
    return f"gone:{ticket_id}:{key}"


def fetch_talk(session: Session, ticket: Ticket, before_id: int | None = None) -> Talk:
    """The newest messages, or those before a number. The caller has checked who reads."""
    ours = _of_ticket(session, ticket)
    query = select(Message).where(ours).order_by(Message.id.desc()).limit(PAGE + 1)
    page = query if before_id is None else query.where(Message.id < before_id)
    found = session.scalars(page).all()
    shown = list(reversed(found[:PAGE]))
    last = session.scalars(select(func.max(Message.id)).where(ours)).one() or 0
    return Talk(shown, len(found) > PAGE, bool(shown) and shown[-1].id < last, last)


def fetch_said(session: Session, ticket: Ticket, message_id: int) -> Message | None:
    """One message of the ticket's talk. The caller has checked who reads."""
    query = select(Message).where(Message.id == message_id, _of_ticket(session, ticket))
    return session.scalars(query).one_or_none()


def fetch_texts(
    session: Session, ticket: Ticket, before_id: int, limit: int
) -> Sequence[tuple[int, str]]:
    """Number and words of the newest messages, or of those before a number that is not 0.

    What no key can read any more comes as "". The caller has checked who reads.
    """
    query = select(Message.id, type_coerce(Message.text, Text)).where(_of_ticket(session, ticket))
    if before_id:
        query = query.where(Message.id < before_id)
    rows = session.execute(query.order_by(Message.id.desc()).limit(limit)).all()
    vault = vault_of(session)
    return [(number, _decrypt(vault, sealed)) for number, sealed in rows]


def _decrypt(vault: Vault, sealed: str) -> str:
    try:
        return vault.decrypt(sealed)
    except KeyMissing:
        return ""


def fetch_news(session: Session, ticket_id: int, person: Person, after_id: int) -> News | None:
    """What an open page asks for every few seconds; None when the ticket is not theirs to read.

    Who is only asked to take it does not learn how much is said in it.
    """
    count = count_news(session, ticket_id, person, after_id)
    if count is None:
        return None
    ticket = session.get_one(Ticket, ticket_id)
    return News(count if reads_content(ticket, person) else 0, mark_of(session, ticket, person))


def mark_of(session: Session, ticket: Ticket, person: Person) -> str:
    """State, sheet's version and newest file, none of which says what is in them; to one who is
    only asked to take it, the state."""
    if not reads_content(ticket, person):
        return ticket.status
    files = select(func.max(Attachment.id)).where(
        Attachment.ticket_id == ticket.id, Attachment.removed_at.is_(None)
    )
    newest = session.scalars(files).one() or 0
    return f"{ticket.status}-{newest_number(session, ticket.id)}-{newest}"


def find_news(session: Session, lines: Sequence[TicketLine]) -> frozenset[int]:
    """The tickets of a page in which the worker wrote after their holder did."""
    worker = func.max(case((Message.sender == "worker", Message.id), else_=0))
    holder = func.max(case((Message.person_id == Ticket.person_id, Message.id), else_=0))
    talks = select(Ticket.id).join(Message, Message.conversation_id == Ticket.conversation_id)
    held = [line.id for line in lines if line.person_id is not None]
    query = talks.where(Ticket.id.in_(held)).group_by(Ticket.id).having(worker > holder)
    return frozenset(session.scalars(query)) if held else frozenset()


def _of_ticket(session: Session, ticket: Ticket) -> ColumnElement[bool]:
    """The chat's messages up to the ticket's end, by number: clocks may be moved."""
    of_chat = Message.conversation_id == ticket.conversation_id
    return of_chat & _until_closed(session, ticket)


def _until_closed(session: Session, ticket: Ticket) -> ColumnElement[bool]:
    if ticket.status != "closed":
        return true()
    ending = select(func.max(Message.id)).where(
        Message.conversation_id == ticket.conversation_id,
        or_(
            Message.client_key == f"gone:{ticket.id}",
            Message.client_key.startswith(closing_key(ticket.id, ""), autoescape=True),
        ),
    )
    end = session.scalars(ending).one()
    return Message.created_at <= ticket.closed_at if end is None else Message.id <= end
