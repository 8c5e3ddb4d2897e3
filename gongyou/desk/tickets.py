"""Tickets: the worker opens one, the people of the desk read those that are theirs to read."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.base import Json
from gongyou.desk.conversations import Conversation, lock_conversation
from gongyou.desk.errors import ConsentMissing, KeyMissing
from gongyou.desk.messages import Message, fetch_messages
from gongyou.desk.people import Person, Role, actor_of
from gongyou.desk.receipts import clean_receipt, find_receipt, receipt_hashes, receipts_for
from gongyou.desk.ticket_states import close_ticket, reply_ticket, take_ticket
from gongyou.desk.ticket_table import CRISIS, STATUSES, Kind, Ticket, TicketLine
from gongyou.desk.vault import vault_of

__all__ = [
    "OpenedTicket",
    "Ticket",
    "TicketLine",
    "close_ticket",
    "count_news",
    "count_open",
    "fetch_conversation_by_receipt",
    "fetch_ticket",
    "fetch_tickets",
    "fetch_transcript",
    "open_ticket",
    "receipt_of",
    "reply_ticket",
    "take_ticket",
]


@dataclass(frozen=True, slots=True)
class OpenedTicket:
    """The ticket, and the 16 digits that the worker keeps."""

    ticket: Ticket
    receipt: str


def open_ticket(
    session: Session,
    conversation_id: str,
    *,
    kind: Kind,
    topic: str,
    region: str,
    facts: Json,
    summary: str,
    words: str,
    contact: str,
    consent: bool,
    idempotency_key: str,
    now: datetime,
) -> OpenedTicket:
    """Open a ticket; the same key in the same conversation gives the same ticket and receipt.

    `facts` is what `rulebook.encode_facts` makes. Raises NotFound (no such conversation),
    ConsentMissing, KeyMissing (a repeat after the key that made the receipt was dropped).
    """
    lock_conversation(session, conversation_id)  # repeats queue here, so the key below is free
    key = _bind_key(conversation_id, idempotency_key)
    stored = session.scalars(select(Ticket).where(Ticket.idempotency_key == key)).one_or_none()
    if stored is not None:
        return OpenedTicket(stored, receipt_of(session, stored))
    if kind == "legal_aid" and not consent:
        raise ConsentMissing("找律师要先同意把这些内容交给律师看。")
    vault = vault_of(session)
    receipt = receipts_for(vault, key)[0]
    ticket = Ticket(
        conversation_id=conversation_id,
        kind=kind,
        topic=topic,
        region=region,
        facts=facts,
        summary=summary,
        words=words,
        contact=contact,
        consent_at=now if consent else None,
        receipt_hash=receipt_hashes(vault, receipt)[0],
        status="open",
        idempotency_key=key,
        created_at=now,
    )
    session.add(ticket)
    session.flush()
    record(session, "worker", "ticket.open", f"ticket:{ticket.id}", now)
    return OpenedTicket(ticket, receipt)


def fetch_tickets(session: Session, *, role: Role, person_id: int) -> list[TicketLine]:
    """The lines of the desk's list: unfinished first, among them a crisis first, oldest first.

    Lawyers: open legal-aid tickets and their own. Officers: every hand-off, and every
    legal-aid line (not what is in it).
    """
    columns = [getattr(Ticket, name) for name in TicketLine.__dataclass_fields__]
    finished = case({status: n for n, status in enumerate(STATUSES)}, value=Ticket.status)
    urgent = case((Ticket.topic == CRISIS, 0), else_=1)
    query = select(*columns).order_by(finished, urgent, Ticket.created_at, Ticket.id)
    if role == "lawyer":
        query = query.where(_readable_by_lawyer(person_id))
    return [TicketLine(*row) for row in session.execute(query)]


def fetch_ticket(session: Session, ticket_id: int, person: Person, now: datetime) -> Ticket | None:
    """The whole ticket, None when this person may not read it. The trail tells both."""
    query = select(Ticket).where(Ticket.id == ticket_id, _readable(person))
    ticket = session.scalars(query).one_or_none()
    action = "ticket.refused" if ticket is None else "ticket.read"
    record(session, actor_of(person), action, f"ticket:{ticket_id}", now)
    return ticket


def count_open(session: Session, conversation_id: str) -> int:
    """How many of the chat's tickets nobody has taken yet."""
    query = select(func.count(Ticket.id)).where(
        Ticket.conversation_id == conversation_id, Ticket.status == "open"
    )
    return session.scalars(query).one()


def count_news(session: Session, ticket_id: int, person: Person, after_id: int) -> int | None:
    """How many messages the ticket's chat has after that number; None when it is not theirs.

    A closed ticket has no news. Nothing is read, so the trail is not told.
    """
    query = select(Ticket).where(Ticket.id == ticket_id, _readable(person))
    ticket = session.scalars(query).one_or_none()
    if ticket is None:
        return None
    news = select(func.count(Message.id)).where(
        Message.conversation_id == ticket.conversation_id, Message.id > after_id
    )
    return 0 if ticket.status == "closed" else session.scalars(news).one()


def fetch_transcript(
    session: Session, ticket_id: int, person: Person, now: datetime, after_id: int = 0
) -> Sequence[Message] | None:
    """The chat behind a ticket, under the same permission and trail as `fetch_ticket`."""
    ticket = fetch_ticket(session, ticket_id, person, now)
    return None if ticket is None else fetch_messages(session, ticket.conversation_id, after_id)


def fetch_conversation_by_receipt(session: Session, digits: str) -> Conversation | None:
    """The conversation a receipt opens; None for anything else. The caller slows guessing down."""
    cleaned = clean_receipt(digits)
    if cleaned is None:
        return None
    hashes = receipt_hashes(vault_of(session), cleaned)
    query = select(Conversation).join(Ticket, Ticket.conversation_id == Conversation.id)
    return session.scalars(query.where(Ticket.receipt_hash.in_(hashes))).one_or_none()


def _readable(person: Person) -> ColumnElement[bool]:
    if person.role == "lawyer":
        return _readable_by_lawyer(person.id)
    return Ticket.kind == "handoff"


def _readable_by_lawyer(person_id: int) -> ColumnElement[bool]:
    return and_(
        Ticket.kind == "legal_aid", or_(Ticket.status == "open", Ticket.person_id == person_id)
    )


def _bind_key(conversation_id: str, idempotency_key: str) -> str:
    """A key only this conversation can repeat: a stranger who sends it gets no receipt."""
    return hashlib.sha256(f"{conversation_id}:{idempotency_key}".encode()).hexdigest()


def receipt_of(session: Session, ticket: Ticket) -> str:
    """The 16 digits, made again. Raises KeyMissing after the key that made them was dropped."""
    receipt = find_receipt(vault_of(session), ticket.idempotency_key, ticket.receipt_hash)
    if receipt is None:
        raise KeyMissing
    return receipt
