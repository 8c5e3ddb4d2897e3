"""A call for a person: one unfinished ticket a chat, however often the worker calls."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.base import Json
from gongyou.desk.chat.conversations import lock_conversation
from gongyou.desk.tickets.care import belongs_to_care
from gongyou.desk.tickets.moves import UNFINISHED
from gongyou.desk.tickets.opening import OpenedTicket, cause_of, open_ticket, receipt_of
from gongyou.desk.tickets.reviews import fetch_review
from gongyou.desk.tickets.sheets import WORKER, add_version
from gongyou.desk.tickets.table import CRISIS, FIRST, Ticket


def open_handoff(
    session: Session,
    conversation_id: str,
    *,
    topic: str,
    region: str,
    facts: Json,
    summary: str,
    consent: bool,
    now: datetime,
) -> OpenedTicket:
    """The chat's unfinished handoff ticket, its review made one, or a new one.

    Only a crisis ticket answers a crisis, and only a care ticket what belongs to care. `consent`:
    whether the worker asked for the person.
    Raises NotFound (no such conversation).
    """
    lock_conversation(session, conversation_id)
    is_care = belongs_to_care(topic, cause_of("handoff", topic), facts)
    waiting = _fetch_waiting(session, conversation_id, topic, is_care)
    if waiting is not None:
        return OpenedTicket(waiting, receipt_of(session, waiting), is_new=False)
    review = fetch_review(session, conversation_id)
    if review is not None and (review.person_id is None or not is_care):
        review.is_care = review.is_care or is_care
        _make_call(session, review, topic, region, facts, summary, consent, now)
        return OpenedTicket(review, receipt_of(session, review))
    of_chat = select(func.count(Ticket.id)).where(Ticket.conversation_id == conversation_id)
    return open_ticket(
        session,
        conversation_id,
        kind="handoff",
        topic=topic,
        region=region,
        facts=facts,
        summary=summary,
        words="",
        contact="",
        consent=consent,
        idempotency_key=f"handoff:{session.scalars(of_chat).one()}",
        now=now,
    )


def _fetch_waiting(
    session: Session, conversation_id: str, topic: str, is_care: bool
) -> Ticket | None:
    unfinished = select(Ticket).where(
        Ticket.conversation_id == conversation_id,
        Ticket.kind == "handoff",
        Ticket.status.in_(UNFINISHED),
    )
    if topic == CRISIS:
        unfinished = unfinished.where(Ticket.topic == CRISIS)
    elif is_care:
        unfinished = unfinished.where(Ticket.is_care.is_(True))
    return session.scalars(unfinished.order_by(Ticket.id.desc())).first()


def _make_call(
    session: Session,
    review: Ticket,
    topic: str,
    region: str,
    facts: Json,
    summary: str,
    consent: bool,
    now: datetime,
) -> None:
    """The worker calls now: what officers were to look at anyway becomes that call.

    The clerk judges it and promises an answer, as of any call; what was rated stays with it.
    """
    review.kind, review.cause = "handoff", cause_of("handoff", topic)
    review.topic, review.region = topic, region
    review.facts, review.summary = facts, summary
    review.consent_at = now if consent else None
    review.asked_at, review.due_at, review.warned_at = now, None, None
    if topic == CRISIS:
        review.priority = FIRST
    session.flush()
    add_version(session, review, WORKER, now)
    record(session, WORKER, "ticket.call", f"ticket:{review.id}", now)
