"""An officer proposes a correction: a sentence out of a chat, and what it really asks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.audit import hold_trail
from gongyou.desk.base import Json
from gongyou.desk.chat.conversations import lock_conversation
from gongyou.desk.chat.messages import Message, is_sentence
from gongyou.desk.errors import AlreadySettled, NotFound, Refused
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.permissions import may
from gongyou.desk.teaching.contradictions import OwnSentences, check_contradiction
from gongyou.desk.teaching.corrections import tell_trail
from gongyou.desk.teaching.table import LIVE, Correction
from gongyou.desk.tickets.care import is_care_chat
from gongyou.desk.tickets.standing import fetch_open_to
from gongyou.desk.tickets.table import Ticket
from gongyou.desk.tickets.talk import fetch_said


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is to be learnt: the sentence without names, its topic, its facts as encoded."""

    text: str
    topic: str
    facts: Json
    was_topic: str | None


def get_sentence(session: Session, ticket: Ticket, message_id: int) -> Message:
    """The worker's words under this number in the ticket's talk. Raises NotFound, Refused."""
    message = fetch_said(session, ticket, message_id)
    if message is None:
        raise NotFound("message_missing")
    if is_care_chat(session, ticket.conversation_id):
        raise Refused("correction_care")  # a lesson is seen by every officer
    if not is_sentence(message):
        raise Refused("correction_no_sentence")
    return message


def propose(
    session: Session,
    ticket_id: int,
    message_id: int,
    lesson: Lesson,
    person: Person,
    ours: OwnSentences,
    now: datetime,
) -> Correction:
    """Put it before a second person; the same again gives the one that is there.

    Raises NotFound (not a ticket of theirs, or no message of it), Erased, Contradicts, Refused
    (not a worker's sentence, or told in distress), AlreadySettled (taught before).
    """
    ticket = fetch_open_to(session, ticket_id, person)
    if ticket is None or not may(person.role, "correction.propose"):
        raise NotFound("ticket_missing")
    lock_conversation(session, ticket.conversation_id)
    message = get_sentence(session, ticket, message_id)
    live = fetch_live(session, message_id)
    if live is not None:
        return _same(live, lesson, person)
    hold_trail(session)  # two at once, of the same sentence: the later one sees the first
    check_contradiction(session, lesson.text, lesson.topic, ours)
    correction = Correction(
        conversation_id=message.conversation_id,
        message_id=message.id,
        was_topic=lesson.was_topic,
        topic=lesson.topic,
        facts=lesson.facts,
        text=lesson.text,
        state="proposed",
        proposed_by=person.id,
        proposed_at=now,
    )
    session.add(correction)
    session.flush()
    tell_trail(session, correction, person, "propose", now)
    return correction


def fetch_live(session: Session, message_id: int) -> Correction | None:
    """What the message teaches, proposed or approved."""
    query = select(Correction).where(
        Correction.message_id == message_id, Correction.state.in_(LIVE)
    )
    return session.scalars(query).first()


def _same(live: Correction, lesson: Lesson, person: Person) -> Correction:
    """The form was sent twice; anything else is another lesson. Raises AlreadySettled."""
    kept = (live.text, live.topic, live.facts, live.proposed_by)
    if live.state != "proposed" or kept != (lesson.text, lesson.topic, lesson.facts, person.id):
        raise AlreadySettled("correction_there")
    return live
