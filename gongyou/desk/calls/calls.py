"""A call is started, gone on with and ended by one clerk, who sees it on the day of the call.

It closes to the clerk for good when the day is over, and at once when the caller opens the talk
on a phone of their own or has it deleted: from then on what is written there is the caller's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.calls.table import HotlineCall
from gongyou.desk.chat.conversations import Conversation, open_by_phone
from gongyou.desk.errors import NotFound
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.routing.worktime import CHINA, in_china

PAST_MIDNIGHT: Final = timedelta(hours=2)  # a call that midnight finds going on stays open so long


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call as the day's list shows it: not a word of what was said. `is_open`: to its clerk."""

    id: int
    conversation_id: str
    region: str
    started_at: datetime
    ended_at: datetime | None
    is_open: bool


def start_call(
    session: Session, person: Person, region: str, start_key: str, now: datetime
) -> tuple[HotlineCall, bool]:
    """A call with a conversation of its own, and whether it is new; the same key, the same call."""
    session.get_one(Person, person.id, with_for_update=True)  # a form sent twice queues here
    mine = select(HotlineCall).where(HotlineCall.person_id == person.id)
    stored = session.scalars(mine.where(HotlineCall.start_key == start_key)).one_or_none()
    if stored is not None:
        return stored, False
    conversation = open_by_phone(session, now)
    call = HotlineCall(
        conversation_id=conversation.id,
        person_id=person.id,
        region=region,
        start_key=start_key,
        started_at=now,
    )
    session.add(call)
    session.flush()
    record(session, actor_of(person), "call.start", _subject(call), now)
    return call, True


def find_call(session: Session, number: int, person: Person, now: datetime) -> HotlineCall | None:
    """The call, if it is open to this clerk now."""
    query = select(HotlineCall).where(HotlineCall.id == number, HotlineCall.person_id == person.id)
    return session.scalars(query.where(_is_open(now))).one_or_none()


def get_call(session: Session, number: int, person: Person, now: datetime) -> HotlineCall:
    """The same; raises NotFound for any other, so nobody learns that it is there."""
    call = find_call(session, number, person, now)
    if call is None:
        raise NotFound("call_missing")
    return call


def read_call(session: Session, number: int, person: Person, now: datetime) -> HotlineCall:
    """The same, and the trail tells that it was looked at."""
    call = get_call(session, number, person, now)
    record(session, actor_of(person), "call.read", _subject(call), now)
    return call


def go_on(session: Session, number: int, person: Person, now: datetime) -> HotlineCall:
    """The call, which is not over: its caller is on the line again. Raises NotFound."""
    call = get_call(session, number, person, now)
    call.ended_at = None
    return call


def speak(session: Session, number: int, person: Person, now: datetime) -> HotlineCall:
    """The same, to write in what the caller says or chooses; the trail is told. Raises NotFound."""
    call = go_on(session, number, person, now)
    record(session, actor_of(person), "call.say", _subject(call), now)
    return call


def end_call(session: Session, number: int, person: Person, now: datetime) -> None:
    """The caller has rung off; ended twice, it ended the first time. Raises NotFound."""
    call = get_call(session, number, person, now)
    if call.ended_at is None:
        call.ended_at = now
        record(session, actor_of(person), "call.end", _subject(call), now)


def fetch_calls(session: Session, person: Person, now: datetime) -> Sequence[CallLine]:
    """The clerk's own calls of the day, the newest first."""
    query = select(HotlineCall, _is_callers_own()).where(
        HotlineCall.person_id == person.id, _is_of_the_day(now)
    )
    return [
        CallLine(
            id=call.id,
            conversation_id=call.conversation_id,
            region=call.region,
            started_at=call.started_at,
            ended_at=call.ended_at,
            is_open=not is_callers_own,
        )
        for call, is_callers_own in session.execute(query.order_by(HotlineCall.id.desc()))
    ]


def is_by_phone(session: Session, conversation_id: str) -> bool:
    """Whether a clerk wrote what stands there as the worker's words."""
    return session.get_one(Conversation, conversation_id).origin == "hotline"


def _is_open(now: datetime) -> ColumnElement[bool]:
    return and_(_is_of_the_day(now), ~_is_callers_own())


def _is_of_the_day(now: datetime) -> ColumnElement[bool]:
    midnight = datetime.combine(in_china(now).date(), time(), CHINA)
    goes_on = and_(HotlineCall.ended_at.is_(None), HotlineCall.started_at >= now - PAST_MIDNIGHT)
    return or_(HotlineCall.started_at >= midnight, goes_on)


def _is_callers_own() -> ColumnElement[bool]:
    """The caller has opened the talk on their own phone at some time, or had it deleted."""
    return exists().where(
        Conversation.id == HotlineCall.conversation_id,
        or_(Conversation.opened_at.is_not(None), Conversation.erased_at.is_not(None)),
    )


def _subject(call: HotlineCall) -> str:
    return f"call:{call.id}"
