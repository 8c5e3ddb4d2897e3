"""Links that let somebody set a password once: to join, or after an administrator's reset."""

import secrets
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from gongyou.desk.audit import record
from gongyou.desk.base import Base, UtcDateTime, one_of
from gongyou.desk.errors import PersonRefused
from gongyou.desk.people.accounts import (
    NO_PASSWORD,
    Person,
    actor_of,
    change_password,
    get_person,
)
from gongyou.desk.people.second_factor import turn_off
from gongyou.desk.people.sign_ins import close_sign_ins
from gongyou.desk.vault import hash_token

type Purpose = Literal["join", "reset"]

PURPOSES = ("join", "reset")
GOOD_FOR = {"join": timedelta(hours=72), "reset": timedelta(hours=24)}


class Invitation(Base):
    """One link: the SHA-256 of its token."""

    __tablename__ = "invitations"
    __table_args__ = (CheckConstraint(one_of("purpose", PURPOSES), name="purpose"),)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(String(8))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def open_invitation(
    session: Session, person_id: int, purpose: Purpose, created_by: int | None, now: datetime
) -> str:
    """A link's token of 256 random bits; a link this person got before and has not used is void.

    To join it is good for 72 hours, after a reset for 24. `created_by` is None for the operator.
    Raises PersonRefused (not_active, already_joined), NotFound.
    """
    person = get_person(session, person_id)
    if not person.active:
        raise PersonRefused("not_active")
    if purpose == "join" and person.has_joined:
        raise PersonRefused("already_joined")
    _void_unused(session, person_id)
    token = secrets.token_urlsafe(32)
    session.add(
        Invitation(
            hash=hash_token(token),
            person_id=person_id,
            purpose=purpose,
            created_by=created_by,
            created_at=now,
            expires_at=now + GOOD_FOR[purpose],
        )
    )
    session.flush()
    record(session, _actor(created_by), f"invitation.{purpose}", actor_of(person), now)
    return token


def reset_password(
    session: Session,
    person_id: int,
    created_by: int | None,
    now: datetime,
    *,
    clears_second_factor: bool = False,
) -> str:
    """The old password and every sign-in end at once; the token opens the way to a new one.

    Raises PersonRefused (not_active), NotFound.
    """
    person = get_person(session, person_id)
    token = open_invitation(session, person_id, "reset", created_by, now)
    person.password_hash = NO_PASSWORD
    close_sign_ins(session, person_id, now)
    if clears_second_factor and person.totp_secret is not None:
        turn_off(session, person_id, _actor(created_by), now)
    return token


def fetch_invited(session: Session, token: str, now: datetime) -> Person:
    """Whose link this is. Raises PersonRefused (link_unknown, link_used, link_expired, …)."""
    return get_person(session, _get_invitation(session, token, now).person_id)


def use_invitation(session: Session, token: str, password: str, now: datetime) -> Person:
    """Set the password and use the link up; every sign-in of the person ends.

    Raises PersonRefused (link_…, password_…): then the link is as good as before.
    """
    invitation = _get_invitation(session, token, now)
    person = get_person(session, invitation.person_id)
    change_password(session, person.id, password)
    invitation.used_at = now
    close_sign_ins(session, person.id, now)
    record(session, actor_of(person), "invitation.use", actor_of(person), now)
    return person


def _get_invitation(session: Session, token: str, now: datetime) -> Invitation:
    """Locked, so that of two who use it at once the second finds it used."""
    found = session.get(Invitation, hash_token(token), with_for_update=True)
    if found is None:
        raise PersonRefused("link_unknown")
    if found.used_at is not None:
        raise PersonRefused("link_used")
    if found.expires_at <= now:
        raise PersonRefused("link_expired")
    if not get_person(session, found.person_id).active:
        raise PersonRefused("link_inactive")
    return found


def _void_unused(session: Session, person_id: int) -> None:
    unused = (Invitation.person_id == person_id) & Invitation.used_at.is_(None)
    session.execute(delete(Invitation).where(unused))


def _actor(created_by: int | None) -> str:
    return "system" if created_by is None else f"person:{created_by}"
