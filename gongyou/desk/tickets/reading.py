"""Tickets as the desk reads them: lists a page at a time, one whole, the chat behind one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.chat.conversations import Conversation
from gongyou.desk.chat.messages import Message
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.tickets.care import in_care
from gongyou.desk.tickets.moves import HELD, UNFINISHED
from gongyou.desk.tickets.narrowing import (
    EVERYTHING,
    Narrowing,
    by_day,
    narrowed,
    ordered,
    saved_by,
)
from gongyou.desk.tickets.receipts import clean_receipt, receipt_hashes
from gongyou.desk.tickets.scope import fallen_to, in_scope, is_offered_to, listed, readable
from gongyou.desk.tickets.table import CAUSES, FOR_OFFICERS, Cause, Ticket, TicketLine
from gongyou.desk.vault import vault_of

type Tab = Literal["todo", "care", "mine", "later", "all", "done"]

PAGE = 50  # lines of a list
MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class TicketPage:
    """One page of a list; `more` when another follows."""

    lines: Sequence[TicketLine]
    more: bool


def fetch_tickets(
    session: Session,
    person: Person,
    tab: Tab = "todo",
    page: int = 0,
    wanted: Narrowing = EVERYTHING,
) -> TicketPage:
    """The lines of one tab in the order that is wanted, by default the most urgent first, then the
    oldest. Finished ones come newest first, those for later by their day."""
    columns = [getattr(Ticket, name) for name in TicketLine.__dataclass_fields__]
    fitting = _fitting(session, person, tab, wanted)
    query = select(*columns).where(fitting).order_by(*_order(person, tab, wanted))
    rows = session.execute(query.limit(PAGE + 1).offset(page * PAGE)).all()
    return TicketPage([TicketLine(*row) for row in rows[:PAGE]], more=len(rows) > PAGE)


def _order(person: Person, tab: Tab, wanted: Narrowing) -> Sequence[ColumnElement[Any]]:
    if wanted.order == "urgent" and tab == "later":
        return by_day(person.id)
    return ordered("newest" if tab == "done" else wanted.order)


def count_tickets(
    session: Session, person: Person, tab: Tab, wanted: Narrowing = EVERYTHING
) -> int:
    """How many lines a tab has, counted up to MOST_COUNTED + 1."""
    return _count(session, _fitting(session, person, tab, wanted))


def _count(session: Session, fitting: ColumnElement[bool]) -> int:
    some = select(Ticket.id).where(fitting).limit(MOST_COUNTED + 1)
    return session.scalars(select(func.count()).select_from(some.subquery())).one()


def count_causes(
    session: Session, person: Person, tab: Tab, wanted: Narrowing
) -> Mapping[Cause, int]:
    """How many lines a tab has for each cause, with all else that is wanted; 0 is left out."""
    here = _fitting(session, person, tab, replace(wanted, cause=None))
    counts = {one: _count(session, here & (Ticket.cause == one)) for one in CAUSES}
    return {cause: count for cause, count in counts.items() if count}


def _fitting(session: Session, person: Person, tab: Tab, wanted: Narrowing) -> ColumnElement[bool]:
    """Which case is flagged, only those learn who may read it."""
    here = _on_tab(session, person, tab) & narrowed(wanted)
    return here & readable(session, person) if wanted.flagged else here


def _on_tab(session: Session, person: Person, tab: Tab) -> ColumnElement[bool]:
    """todo: to be taken. care: every unfinished one of distress. mine: in hand. later: put aside.
    all: every unfinished line in sight. done: one's own.

    One's own go, too, once they are out of sight: the clerk finds them another.
    """
    if tab == "todo":
        return _takeable(session, person)
    seen = listed(session, person)
    mine = seen & (Ticket.person_id == person.id)
    match tab:
        case "care":
            return seen & in_care() & Ticket.status.in_(UNFINISHED)
        case "mine":
            return mine & Ticket.status.in_(HELD)
        case "later":
            return readable(session, person) & saved_by(person.id)
        case "all":
            return seen & Ticket.status.in_(UNFINISHED)
        case "done":
            return mine & Ticket.status.in_(("closed", "withdrawn"))


def _takeable(session: Session, person: Person) -> ColumnElement[bool]:
    if person.role == "lawyer":
        return (Ticket.status == "offered") & is_offered_to(person.id)
    if person.role != "officer":
        return false()
    mine = Ticket.kind.in_(FOR_OFFICERS)
    return (Ticket.status == "opened") & (mine | fallen_to(person)) & in_scope(session, person)


def fetch_ticket(session: Session, ticket_id: int, person: Person, now: datetime) -> Ticket | None:
    """The whole ticket, None when this person may not read it. The trail tells both."""
    query = select(Ticket).where(Ticket.id == ticket_id, readable(session, person))
    ticket = session.scalars(query).one_or_none()
    action = "ticket.refused" if ticket is None else "ticket.read"
    record(session, actor_of(person), action, f"ticket:{ticket_id}", now)
    return ticket


def count_news(session: Session, ticket_id: int, person: Person, after_id: int) -> int | None:
    """How many messages the ticket's chat has after that number; None when it is not theirs.

    A closed ticket has no news. Nothing is read, so the trail is not told.
    """
    query = select(Ticket).where(Ticket.id == ticket_id, readable(session, person))
    ticket = session.scalars(query).one_or_none()
    if ticket is None:
        return None
    news = select(func.count(Message.id)).where(
        Message.conversation_id == ticket.conversation_id, Message.id > after_id
    )
    return 0 if ticket.status in ("closed", "withdrawn") else session.scalars(news).one()


def fetch_conversation_by_receipt(session: Session, digits: str) -> Conversation | None:
    """The conversation a receipt opens; None for anything else. The caller slows guessing down."""
    cleaned = clean_receipt(digits)
    if cleaned is None:
        return None
    hashes = receipt_hashes(vault_of(session), cleaned)
    query = select(Conversation).join(Ticket, Ticket.conversation_id == Conversation.id)
    return session.scalars(query.where(Ticket.receipt_hash.in_(hashes))).one_or_none()
