"""One case, readable, for a court or another centre: everything in it and who did what to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from gongyou.desk.audit import AuditEvent, record
from gongyou.desk.base import Base
from gongyou.desk.chat.conversations import Conversation
from gongyou.desk.chat.messages import fetch_messages
from gongyou.desk.files.attachments import AttachmentContent, fetch_attachments
from gongyou.desk.keeping.erasing import OPERATOR
from gongyou.desk.keeping.errors import CaseUnreadable, NoSuchCase
from gongyou.desk.people.naming import fetch_names
from gongyou.desk.review.notes import fetch_notes
from gongyou.desk.review.tags import fetch_tags
from gongyou.desk.routing.offers import fetch_offers
from gongyou.desk.teaching.table import Correction
from gongyou.desk.tickets.aid import fetch_papers
from gongyou.desk.tickets.sheets import fetch_versions
from gongyou.desk.tickets.table import Ticket

type Plain = dict[str, Any]

# what opens the chat or the receipt, and blinded names: of no use to the reader
_SECRET = frozenset({"conversation_id", "idempotency_key", "receipt_hash", "employer_key"})
_KEYS = frozenset({"client_key"})


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """An attachment as it was sent; `name` is the sender's own, not to be trusted as a path."""

    id: int
    name: str
    media: str
    author: str
    created_at: datetime
    content: bytes


@dataclass(frozen=True, slots=True)
class ExportedCase:
    """Everything of one ticket, by column name; `people` are names by "person:3"."""

    ticket: Plain
    sheets: Sequence[Plain]
    papers: Sequence[Plain]
    messages: Sequence[Plain]
    offers: Sequence[Plain]
    notes: Sequence[Plain]
    tags: Sequence[str]
    corrections: Sequence[Plain]
    trail: Sequence[Plain]
    files: Sequence[ExportedFile]
    people: Mapping[str, str]


def export_case(
    session: Session, number: int, now: datetime, actor: str = OPERATOR
) -> ExportedCase:
    """The whole case; the trail tells who took it.

    Raises NoSuchCase; CaseUnreadable for one the worker withdrew or had erased.
    """
    ticket = session.get(Ticket, number)
    if ticket is None:
        raise NoSuchCase(f"there is no case {number}")
    conversation = session.get_one(Conversation, ticket.conversation_id)
    if ticket.status == "withdrawn" or conversation.erased_at is not None:
        raise CaseUnreadable(f"case {number} was withdrawn or erased: nobody may read it")
    record(session, actor, "case.export", f"ticket:{number}", now)
    files = _files(session, number)
    return ExportedCase(
        ticket=_plain(ticket, _SECRET),
        sheets=[_plain(version) for version in fetch_versions(session, number)],
        papers=[_plain(paper) for paper in fetch_papers(session, number)],
        messages=[
            _without_receipt(_plain(message, _SECRET | _KEYS))
            for message in fetch_messages(session, ticket.conversation_id)
        ],
        offers=[_plain(offer) for offer in fetch_offers(session, number)],
        notes=[_plain(note, _KEYS) for note in fetch_notes(session, [number]).get(number, ())],
        tags=[tag.name for tag in fetch_tags(session, [number]).get(number, ())],
        corrections=[_plain(one, _SECRET) for one in session.scalars(_taught(ticket))],
        trail=[_plain(event) for event in session.scalars(_events(number, files))],
        files=files,
        people=fetch_names(session),
    )


def _files(session: Session, number: int) -> list[ExportedFile]:
    return [
        ExportedFile(
            id=kept.id,
            name=kept.name,
            media=kept.media,
            author=kept.author,
            created_at=kept.created_at,
            content=session.get_one(AttachmentContent, kept.id).content,
        )
        for kept in fetch_attachments(session, number)
    ]


def _taught(ticket: Ticket) -> Select[Correction]:
    """What the bot was taught with this chat's words."""
    of_chat = Correction.conversation_id == ticket.conversation_id
    return select(Correction).where(of_chat).order_by(Correction.id)


def _events(number: int, files: Sequence[ExportedFile]) -> Select[AuditEvent]:
    subjects = [f"ticket:{number}", *(f"attachment:{file.id}" for file in files)]
    return select(AuditEvent).where(AuditEvent.subject.in_(subjects)).order_by(AuditEvent.id)


def _without_receipt(message: Plain) -> Plain:
    """A card that shows a receipt code loses it: the code opens the worker's chat."""
    payload = message["payload"] or {}
    card = payload.get("custom")
    if not isinstance(card, dict) or "receipt" not in card:
        return message
    kept = {name: value for name, value in card.items() if name != "receipt"}
    return message | {"payload": payload | {"custom": kept}}


def _plain(row: Base, without: frozenset[str] = frozenset()) -> Plain:
    """The row by column name, with times and days in ISO 8601."""
    columns = inspect(type(row)).column_attrs.keys()
    values = {name: getattr(row, name) for name in columns if name not in without}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }
