"""A case's attachments. What comes in was checked and cleaned before (casework/uploads)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gongyou.desk.audit import record
from gongyou.desk.base import Base, EncryptedBytes, EncryptedText, UtcDateTime, one_of
from gongyou.desk.chat.conversations import lock_conversation
from gongyou.desk.errors import TooManyFiles
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.tickets.scope import check_holder
from gongyou.desk.tickets.table import Ticket

type Media = Literal["image/jpeg", "image/png", "application/pdf"]

MEDIA = ("image/jpeg", "image/png", "application/pdf")
MOST_FILES = 20  # of one ticket


class Attachment(Base):
    """One file of a ticket. `author` is "worker" or "person:3"; `size` is in bytes."""

    __tablename__ = "attachments"
    __table_args__ = (
        CheckConstraint(one_of("media", MEDIA), name="media"),
        UniqueConstraint("ticket_id", "client_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    author: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(EncryptedText)
    media: Mapped[Media] = mapped_column(String(32))
    size: Mapped[int]
    client_key: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AttachmentContent(Base):
    """The bytes, in a row of their own, so that lists do not read them."""

    __tablename__ = "attachment_contents"

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(EncryptedBytes)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A cleaned file; `client_key` makes sending it twice harmless."""

    name: str
    media: Media
    content: bytes
    client_key: str


def attach_file(
    session: Session, ticket: Ticket, author: str, new: NewFile, now: datetime
) -> Attachment:
    """Keep the file with the ticket; the same client_key again gives the one kept before.

    Raises TooManyFiles.
    """
    lock_conversation(session, ticket.conversation_id)  # repeats queue here
    kept = select(Attachment).where(Attachment.ticket_id == ticket.id)
    stored = session.scalars(kept.where(Attachment.client_key == new.client_key)).one_or_none()
    if stored is not None:
        return stored
    if _count(session, ticket.id) >= MOST_FILES:
        raise TooManyFiles("files_full", most=MOST_FILES)
    attachment = Attachment(
        ticket_id=ticket.id,
        author=author,
        name=new.name,
        media=new.media,
        size=len(new.content),
        client_key=new.client_key,
        created_at=now,
    )
    session.add(attachment)
    session.flush()
    session.add(AttachmentContent(attachment_id=attachment.id, content=new.content))
    record(session, author, "attachment.add", f"attachment:{attachment.id}", now)
    return attachment


def attach_by_holder(
    session: Session, ticket_id: int, person: Person, new: NewFile, now: datetime
) -> Attachment:
    """A file from the one who has the case. Raises as `check_holder`, and TooManyFiles."""
    ticket = check_holder(session, ticket_id, person, "reply")
    return attach_file(session, ticket, actor_of(person), new, now)


def fetch_attachments(session: Session, ticket_id: int) -> Sequence[Attachment]:
    """Oldest first, without those removed. The caller has checked who reads."""
    query = select(Attachment).where(
        Attachment.ticket_id == ticket_id, Attachment.removed_at.is_(None)
    )
    return session.scalars(query.order_by(Attachment.id)).all()


def fetch_content(
    session: Session, ticket_id: int, attachment_id: int, reader: str, now: datetime
) -> tuple[Attachment, bytes] | None:
    """A file of this very ticket, None when it has none such. The trail tells who read it."""
    attachment = session.get(Attachment, attachment_id)
    if attachment is None or attachment.ticket_id != ticket_id or attachment.removed_at:
        return None
    content = session.get_one(AttachmentContent, attachment_id)
    record(session, reader, "attachment.read", f"attachment:{attachment_id}", now)
    return attachment, content.content


def remove_file(
    session: Session, ticket_id: int, attachment_id: int, author: str, now: datetime
) -> bool:
    """The author takes a file back: its bytes are gone. False when there is none such."""
    attachment = session.get(Attachment, attachment_id)
    if attachment is None or attachment.ticket_id != ticket_id or attachment.author != author:
        return False
    content = session.get(AttachmentContent, attachment_id)
    if content is not None:
        session.delete(content)
    attachment.removed_at = now
    record(session, author, "attachment.remove", f"attachment:{attachment_id}", now)
    return True


def _count(session: Session, ticket_id: int) -> int:
    query = select(func.count(Attachment.id)).where(
        Attachment.ticket_id == ticket_id, Attachment.removed_at.is_(None)
    )
    return session.scalars(query).one()
