"""Browsers signed in to the desk, and what ends them.

An ended sign-in keeps its row until the person signs in again: it tells when they last did.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, String, and_, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from gongyou.desk.audit import record
from gongyou.desk.base import Base, UtcDateTime
from gongyou.desk.people.accounts import (
    SYSTEM,
    Person,
    actor_of,
    change_password,
    fetch_person,
    get_person,
)
from gongyou.desk.vault import hash_token

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
CODE_TIME = timedelta(minutes=5)  # to type the second factor's code after the password


class SignIn(Base):
    """One browser signed in: the SHA-256 of its cookie.

    `agent` is the kind of browser, like "Chrome · Android". With `needs_code` the password was
    right and the second factor's code is still owed: it opens nothing yet.
    """

    __tablename__ = "sign_ins"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agent: Mapped[str] = mapped_column(String(64), default="")
    needs_code: Mapped[bool] = mapped_column(default=False)


def is_live(now: datetime) -> ColumnElement[bool]:
    """Neither ended nor too old nor idle for too long. It may still owe the code."""
    return and_(SignIn.expires_at > now, SignIn.seen_at > now - IDLE)


def set_password(
    session: Session, person_id: int, password: str, now: datetime, actor: str = SYSTEM
) -> None:
    """Replace a password and end every sign-in. Raises PersonRefused, NotFound."""
    person = change_password(session, person_id, password)
    close_sign_ins(session, person_id, now)
    record(session, actor, "person.password", actor_of(person), now)


def set_active(
    session: Session, person_id: int, active: bool, now: datetime, actor: str = SYSTEM
) -> None:
    """Let somebody in or keep them out; keeping out ends every sign-in. Raises NotFound."""
    person = get_person(session, person_id)
    person.active = active
    if not active:
        close_sign_ins(session, person_id, now)
    action = "person.activate" if active else "person.deactivate"
    record(session, actor, action, actor_of(person), now)


def open_sign_in(session: Session, person: Person, now: datetime, agent: str = "") -> str:
    """A cookie of 256 random bits, good for 12 hours and for 30 minutes without use."""
    dead = (SignIn.person_id == person.id) & (SignIn.expires_at <= now)
    session.execute(delete(SignIn).where(dead))
    record(session, actor_of(person), "sign_in.open", actor_of(person), now)
    return _add(session, person, now, now + LONGEST, agent, needs_code=False)


def open_half_sign_in(session: Session, person: Person, now: datetime, agent: str = "") -> str:
    """The password was right: a cookie that only `fetch_half_signed_in` takes, for 5 minutes."""
    record(session, actor_of(person), "sign_in.password", actor_of(person), now)
    return _add(session, person, now, now + CODE_TIME, agent, needs_code=True)


def fetch_signed_in(
    session: Session, token: str, now: datetime, *, is_active: bool = True
) -> Person | None:
    """Who is signed in with this cookie; the idle time starts again unless not `is_active`."""
    sign_in = _fetch(session, token, now, needs_code=False)
    if sign_in is None:
        return None
    if is_active:
        sign_in.seen_at = now
    return _active(session, sign_in.person_id)


def fetch_half_signed_in(session: Session, token: str, now: datetime) -> Person | None:
    """Who still owes the second factor's code with this cookie."""
    sign_in = _fetch(session, token, now, needs_code=True)
    return None if sign_in is None else _active(session, sign_in.person_id)


def drop_half_sign_in(session: Session, token: str) -> None:
    """The code was right, or is not wanted any more."""
    half = (SignIn.hash == hash_token(token)) & SignIn.needs_code
    session.execute(delete(SignIn).where(half))


def record_refusal(session: Session, login: str, now: datetime) -> None:
    """Tell the trail of a wrong login or password; both take the same time."""
    person = fetch_person(session, login)
    subject = actor_of(person) if person else "person:unknown"
    record(session, "nobody", "sign_in.refused", subject, now)


def close_sign_in(session: Session, token: str, now: datetime) -> None:
    """End one sign-in; nothing happens when it has ended already."""
    ended = (
        update(SignIn)
        .where(SignIn.hash == hash_token(token), SignIn.expires_at > now)
        .where(SignIn.needs_code.is_(False))
        .values(expires_at=now)
        .returning(SignIn.person_id)
    )
    person_id = session.scalars(ended).one_or_none()
    if person_id is not None:
        record(session, f"person:{person_id}", "sign_in.close", f"person:{person_id}", now)


def close_sign_ins(session: Session, person_id: int, now: datetime) -> None:
    """End every sign-in of a person, on all devices."""
    mine = (SignIn.person_id == person_id) & (SignIn.expires_at > now)
    session.execute(update(SignIn).where(mine).values(expires_at=now))


def _add(
    session: Session,
    person: Person,
    now: datetime,
    expires_at: datetime,
    agent: str,
    *,
    needs_code: bool,
) -> str:
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            hash=hash_token(token),
            person_id=person.id,
            created_at=now,
            seen_at=now,
            expires_at=expires_at,
            agent=agent,
            needs_code=needs_code,
        )
    )
    session.flush()
    return token


def _fetch(session: Session, token: str, now: datetime, *, needs_code: bool) -> SignIn | None:
    this = SignIn.hash == hash_token(token)
    query = select(SignIn).where(this, is_live(now), SignIn.needs_code.is_(needs_code))
    return session.scalars(query).one_or_none()


def _active(session: Session, person_id: int) -> Person | None:
    person = session.get(Person, person_id)
    return person if person is not None and person.active else None
