"""A worker's request for a person becomes a ticket, once, with a receipt to keep."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.base import Json
from gongyou.desk.chat.conversations import lock_conversation
from gongyou.desk.errors import ConsentMissing, KeyMissing
from gongyou.desk.people.employer_keys import employer_key
from gongyou.desk.tickets.care import belongs_to_care
from gongyou.desk.tickets.receipts import find_receipt, receipt_hashes, receipts_for
from gongyou.desk.tickets.sheets import WORKER, add_version
from gongyou.desk.tickets.table import (
    CRISIS,
    FIRST,
    NORMAL,
    WITH_CONSENT,
    Cause,
    Kind,
    Ticket,
)
from gongyou.desk.vault import vault_of


@dataclass(frozen=True, slots=True)
class OpenedTicket:
    """The ticket, and the 16 digits that the worker keeps."""

    ticket: Ticket
    receipt: str
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was worked out about a case (gongyou/intake.py). A ticket opened without it has no
    `due_at` yet, and the clerk works it out."""

    priority: int = NORMAL
    reasons: tuple[str, ...] = ()
    deadline_on: date | None = None
    conclusion: Json | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Employer:
    """Whom the case is against, "" when not told; `agreed`: their own union may see it."""

    name: str = ""
    agreed: bool = False


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
    sources: Json | None = None,
    employer: Employer = Employer(),
    judgement: Judgement = Judgement(),
    cause: Cause | None = None,
) -> OpenedTicket:
    """Open a ticket; the same key in the same conversation gives the same ticket and receipt.

    `facts` is what `rulebook.encode_facts` makes, or the sheet's; `sources` which message each
    came from; `cause` why officers have it, where the worker did not ask. Raises NotFound (no such
    conversation), ConsentMissing, KeyMissing (a repeat after the key that made the receipt was
    dropped).
    """
    lock_conversation(session, conversation_id)  # repeats queue here, so the key below is free
    key = _bind_key(conversation_id, idempotency_key)
    stored = fetch_by_key(session, conversation_id, idempotency_key)
    if stored is not None:
        return OpenedTicket(stored, receipt_of(session, stored), is_new=False)
    if kind in WITH_CONSENT and not consent:
        raise ConsentMissing("consent_missing" if kind == "legal_aid" else "aid_consent_missing")
    cause = cause or cause_of(kind, topic)
    vault = vault_of(session)
    receipt = receipts_for(vault, key)[0]
    ticket = Ticket(
        conversation_id=conversation_id,
        kind=kind,
        cause=cause,
        topic=topic,
        is_care=belongs_to_care(topic, cause, facts),
        region=region,
        facts=facts,
        sources=sources or {},
        conclusion=judgement.conclusion,
        summary=summary,
        words=words,
        contact=contact,
        employer=employer.name,
        employer_key=employer_key(vault, employer.name),
        employer_agreed=employer.agreed,
        consent_at=now if consent else None,
        receipt_hash=receipt_hashes(vault, receipt)[0],
        status="opened",
        priority=FIRST if topic == CRISIS else judgement.priority,
        reasons=list(judgement.reasons),
        idempotency_key=key,
        created_at=now,
        asked_at=now,
        due_at=judgement.due_at,
        deadline_on=judgement.deadline_on,
    )
    session.add(ticket)
    session.flush()
    add_version(session, ticket, WORKER, now)
    opener = "system" if kind == "review" else WORKER
    record(session, opener, "ticket.open", f"ticket:{ticket.id}", now)
    return OpenedTicket(ticket, receipt)


def fetch_by_key(session: Session, conversation_id: str, idempotency_key: str) -> Ticket | None:
    """What this conversation opened under the key."""
    key = _bind_key(conversation_id, idempotency_key)
    return session.scalars(select(Ticket).where(Ticket.idempotency_key == key)).one_or_none()


def cause_of(kind: Kind, topic: str) -> Cause | None:
    """Why officers have a call for a person that says nothing else."""
    if kind != "handoff":
        return None
    return "crisis" if topic == CRISIS else "asked"


def count_open(session: Session, conversation_id: str) -> int:
    """How many tickets the worker asked for nobody has taken yet."""
    query = select(func.count(Ticket.id)).where(
        Ticket.conversation_id == conversation_id,
        Ticket.kind != "review",
        Ticket.status.in_(("opened", "offered")),
    )
    return session.scalars(query).one()


def receipt_of(session: Session, ticket: Ticket) -> str:
    """The 16 digits, made again. Raises KeyMissing after the key that made them was dropped."""
    receipt = find_receipt(vault_of(session), ticket.idempotency_key, ticket.receipt_hash)
    if receipt is None:
        raise KeyMissing
    return receipt


def _bind_key(conversation_id: str, idempotency_key: str) -> str:
    """A key only this conversation can repeat: a stranger who sends it gets no receipt."""
    return hashlib.sha256(f"{conversation_id}:{idempotency_key}".encode()).hexdigest()
