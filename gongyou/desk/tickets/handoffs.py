"""A call for a person: one unfinished ticket a chat, however often the worker calls."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gongyou.desk.base import Json
from gongyou.desk.chat.conversations import lock_conversation
from gongyou.desk.tickets.moves import UNFINISHED
from gongyou.desk.tickets.opening import OpenedTicket, open_ticket, receipt_of
from gongyou.desk.tickets.table import CRISIS, Ticket


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
    """The chat's unfinished handoff ticket, or a new one. Only a crisis one answers a crisis.

    `consent`: whether the worker asked for the person. Raises NotFound (no such conversation).
    """
    lock_conversation(session, conversation_id)
    unfinished = select(Ticket).where(
        Ticket.conversation_id == conversation_id,
        Ticket.kind == "handoff",
        Ticket.status.in_(UNFINISHED),
    )
    if topic == CRISIS:
        unfinished = unfinished.where(Ticket.topic == CRISIS)
    waiting = session.scalars(unfinished.order_by(Ticket.id.desc())).first()
    if waiting is not None:
        return OpenedTicket(waiting, receipt_of(session, waiting))
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
