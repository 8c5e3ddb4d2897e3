"""The trail: who did what to which ticket, when. Rows are only ever added.

Triggers refuse UPDATE and DELETE. Each row carries the seal (HMAC) of itself and of the row
before, so an altered or removed row breaks the chain even for somebody who drops the triggers;
the head row seals the length, so cutting off the end shows as well.
"""

import hmac
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gongyou.desk.base import Base, UtcDateTime
from gongyou.desk.vault import Vault, vault_of

START = "0" * 64
HEAD_ID = 1


class AuditEvent(Base):
    """One thing done. Actor and subject are like `person:3` and `ticket:5`, never a name."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_subject_id", "subject", "id"),
        Index("ix_audit_events_actor_id", "actor", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The one row that knows where the trail ends; the migration makes it, writers queue on it."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int]
    last_seal: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))


def record(session: Session, actor: str, action: str, subject: str, now: datetime) -> AuditEvent:
    """Add one event to the end of the trail."""
    vault = vault_of(session)
    head = _lock_head(session)
    event = AuditEvent(
        id=head.last_id + 1, at=now.astimezone(UTC), actor=actor, action=action, subject=subject
    )
    event.seal = _event_seals(vault, event, head.last_seal)[0]
    session.add(event)
    head.last_id, head.last_seal = event.id, event.seal
    head.seal = _head_seals(vault, head)[0]
    session.flush()
    return event


def hold_trail(session: Session) -> None:
    """From now until the transaction ends nobody else writes to the trail; who acts, waits."""
    _lock_head(session)


def verify_chain(session: Session) -> int | None:
    """None when the trail is whole, else the number of the first event that is not as written.

    A missing event counts as broken at its own number; a cut-off end, at the first number cut.
    """
    vault = vault_of(session)
    query = select(AuditEvent).order_by(AuditEvent.id).execution_options(yield_per=1000)
    with closing(session.scalars(query, execution_options={"populate_existing": True})) as events:
        last_id, last_seal, whole = _follow(vault, events)
    head = session.get(AuditHead, HEAD_ID, populate_existing=True)
    if not whole or head is None or (head.last_id, head.last_seal) != (last_id, last_seal):
        return last_id + 1
    return None if last_id == 0 or _sealed(head.seal, _head_seals(vault, head)) else last_id + 1


def _follow(vault: Vault, events: Iterable[AuditEvent]) -> tuple[int, str, bool]:
    """Number and seal of the last good event, and whether it is the last of all."""
    last_id, last_seal = 0, START
    for event in events:
        seals = _event_seals(vault, event, last_seal)
        if event.id != last_id + 1 or not _sealed(event.seal, seals):
            return last_id, last_seal, False
        last_id, last_seal = event.id, event.seal
    return last_id, last_seal, True


def _lock_head(session: Session) -> AuditHead:
    return session.get_one(AuditHead, HEAD_ID, with_for_update=True, populate_existing=True)


def _event_seals(vault: Vault, event: AuditEvent, previous: str) -> list[str]:
    parts = (str(event.id), event.at.isoformat(), event.actor, event.action, event.subject)
    return _hex(vault, "audit event", "\n".join((*parts, previous)))


def _head_seals(vault: Vault, head: AuditHead) -> list[str]:
    return _hex(vault, "audit head", f"{head.last_id}\n{head.last_seal}")


def _hex(vault: Vault, purpose: str, data: str) -> list[str]:
    return [mac.hex() for mac in vault.macs(purpose, data)]


def _sealed(seal: str, candidates: list[str]) -> bool:
    return any(hmac.compare_digest(seal, candidate) for candidate in candidates)
