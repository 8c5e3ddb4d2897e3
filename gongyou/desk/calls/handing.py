"""From a call to a person: the caller agreed aloud, and left a number only to be rung back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.answers.table import Answer
from gongyou.desk.audit import record
from gongyou.desk.calls.calls import go_on
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.people.roles import EVERYWHERE
from gongyou.desk.tickets.handoffs import open_handoff
from gongyou.desk.tickets.opening import OpenedTicket

NO_TOPIC = "human_handoff"


def call_officer(
    session: Session,
    number: int,
    person: Person,
    *,
    summary: str,
    contact: str,
    now: datetime,
) -> OpenedTicket:
    """The call's conversation goes to the officers, on the topic and place of its last answer.

    `contact`: where to ring back, "" when the caller will look on their own phone. Where officers
    have the conversation already (a crisis), that ticket takes the number. Raises NotFound.
    """
    call = go_on(session, number, person, now)
    last = fetch_last_answer(session, call.conversation_id)
    opened = open_handoff(
        session,
        call.conversation_id,
        topic=last.topic if last else NO_TOPIC,
        region=last.region if last and last.region != EVERYWHERE else call.region,
        facts={},
        summary=summary,
        consent=True,
        now=now,
    )
    opened.ticket.contact = contact or opened.ticket.contact
    opened.ticket.consent_at = opened.ticket.consent_at or now
    session.flush()
    tell_who(session, opened.ticket.id, person, now)
    return opened


def tell_who(session: Session, ticket_id: int, person: Person, now: datetime) -> None:
    """The trail of the ticket says which clerk handed it over for the caller."""
    record(session, actor_of(person), "call.hand_over", f"ticket:{ticket_id}", now)


def fetch_last_answer(session: Session, conversation_id: str) -> Answer | None:
    """What the assistant last answered in this conversation."""
    query = select(Answer).where(Answer.conversation_id == conversation_id)
    return session.scalars(query.order_by(Answer.id.desc()).limit(1)).first()


def fetch_last_topics(session: Session, conversation_ids: Sequence[str]) -> Mapping[str, str]:
    """The topic of the last answer of each of these conversations that has one."""
    query = select(Answer.conversation_id, Answer.topic).where(
        Answer.conversation_id.in_(conversation_ids)
    )
    return {chat: topic for chat, topic in session.execute(query.order_by(Answer.id))}
