"""The facts sheet's versions: as the worker sent it, and after each correction."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gongyou.desk.audit import record
from gongyou.desk.base import Base, EncryptedJson, Json, UtcDateTime
from gongyou.desk.errors import StaleSheet
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.tickets.care import belongs_to_care
from gongyou.desk.tickets.scope import check_holder
from gongyou.desk.tickets.table import Ticket

WORKER = "worker"


class SheetVersion(Base):
    """One version. `author` is "worker" or "person:3"; the last version is the ticket's own."""

    __tablename__ = "sheet_versions"
    __table_args__ = (UniqueConstraint("ticket_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    number: Mapped[int]
    author: Mapped[str] = mapped_column(String(32))
    facts: Mapped[Json] = mapped_column(EncryptedJson)
    sources: Mapped[Json] = mapped_column(EncryptedJson)
    conclusion: Mapped[Json | None] = mapped_column(EncryptedJson)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


def add_version(session: Session, ticket: Ticket, author: str, now: datetime) -> SheetVersion:
    """Keep the ticket's sheet as it is now."""
    version = SheetVersion(
        ticket_id=ticket.id,
        number=newest_number(session, ticket.id) + 1,
        author=author,
        facts=ticket.facts,
        sources=ticket.sources,
        conclusion=ticket.conclusion,
        created_at=now,
    )
    session.add(version)
    session.flush()
    return version


def correct_sheet(
    session: Session,
    ticket_id: int,
    person: Person,
    seen: int,
    facts: Json,
    conclusion: Json | None,
    now: datetime,
) -> SheetVersion:
    """The holder's correction; `seen` is the number of the version it was made from.

    A fact that was changed no longer comes from the worker's message.

    Raises NotFound, NotAllowed, WrongState, StaleSheet (somebody else was quicker).
    """
    ticket = check_holder(session, ticket_id, person, "reply")
    if newest_number(session, ticket_id) != seen:
        raise StaleSheet("sheet_stale")
    kept = {name for name, fact in facts.items() if _says(fact) == _says(ticket.facts.get(name))}
    ticket.sources = {name: number for name, number in ticket.sources.items() if name in kept}
    ticket.facts, ticket.conclusion = facts, conclusion
    ticket.is_care = ticket.is_care or belongs_to_care(ticket.topic, ticket.cause, facts)
    record(session, actor_of(person), "ticket.edit_facts", f"ticket:{ticket_id}", now)
    return add_version(session, ticket, actor_of(person), now)


def _says(fact: object) -> object:
    """What people read of a fact, in either shape it is kept in."""
    return fact.get("text") if isinstance(fact, dict) else fact


def newest_number(session: Session, ticket_id: int) -> int:
    """0 when no version was kept."""
    newest = select(func.max(SheetVersion.number)).where(SheetVersion.ticket_id == ticket_id)
    return session.scalars(newest).one() or 0


def fetch_versions(session: Session, ticket_id: int) -> list[SheetVersion]:
    """Oldest first. The caller has checked who reads."""
    query = select(SheetVersion).where(SheetVersion.ticket_id == ticket_id)
    return list(session.scalars(query.order_by(SheetVersion.number)))
