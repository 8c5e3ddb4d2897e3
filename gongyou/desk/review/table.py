"""The tables of the officers' tools. What is written freely is encrypted; a tag is a short word."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gongyou.desk.base import Base, EncryptedText, UtcDateTime


class CaseFlag(Base):
    """A case that was marked for everybody who may see it, and by whom."""

    __tablename__ = "case_flags"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Tag(Base):
    """A word of the list that officers grow; `folded` is how two spellings are one tag."""

    __tablename__ = "tags"
    __table_args__ = (UniqueConstraint("folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(24))
    folded: Mapped[str] = mapped_column(String(48))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CaseTag(Base):
    """A tag on a case."""

    __tablename__ = "case_tags"
    __table_args__ = (Index("ix_case_tags_tag_id_ticket_id", "tag_id", "ticket_id"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Note(Base):
    """What an officer wrote down about a case, for the desk only; written once, never changed."""

    __tablename__ = "notes"
    __table_args__ = (UniqueConstraint("ticket_id", "client_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str] = mapped_column(EncryptedText)
    client_key: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SavedCase(Base):
    """A case that one person will look at later: on the day `until`, or whenever they like."""

    __tablename__ = "saved_cases"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True, index=True)
    until: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CannedAnswer(Base):
    """A ready answer of the officers' own. `topic` is "" for one that fits any; `version` counts
    its changes."""

    __tablename__ = "canned_answers"
    __table_args__ = (UniqueConstraint("client_key"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(EncryptedText)
    text: Mapped[str] = mapped_column(EncryptedText)
    version: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    client_key: Mapped[str] = mapped_column(String(64))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
