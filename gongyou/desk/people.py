"""Lawyers and officers, their passwords and their sign-ins."""

import secrets
from datetime import datetime, timedelta
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import CheckConstraint, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gongyou.desk.audit import record
from gongyou.desk.base import Base, UtcDateTime, one_of
from gongyou.desk.errors import LoginTaken, NotFound, PasswordTooShort
from gongyou.desk.vault import hash_token

type Role = Literal["lawyer", "officer"]

PASSWORD_MIN = 12
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)

_hasher = PasswordHasher()  # argon2id with the library's defaults


class Person(Base):
    """Somebody who works at the desk."""

    __tablename__ = "people"
    __table_args__ = (CheckConstraint(one_of("role", ("lawyer", "officer")), name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(64))
    role: Mapped[Role] = mapped_column(String(8))
    password_hash: Mapped[str] = mapped_column(String(128))
    active: Mapped[bool] = mapped_column(default=True)


class SignIn(Base):
    """One browser signed in: the SHA-256 of its cookie."""

    __tablename__ = "sign_ins"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


def actor_of(person: Person) -> str:
    """The person as the audit trail names them."""
    return f"person:{person.id}"


def create_person(
    session: Session, *, login: str, name: str, role: Role, password: str, now: datetime
) -> Person:
    """A new member of staff. Raises PasswordTooShort, LoginTaken."""
    if fetch_person(session, login) is not None:
        raise LoginTaken("这个登录名已经有人用了。")
    person = Person(login=login, name=name, role=role, password_hash=_hash(password), active=True)
    session.add(person)
    session.flush()
    record(session, "system", "person.create", actor_of(person), now)
    return person


def fetch_person(session: Session, login: str) -> Person | None:
    return session.scalars(select(Person).where(Person.login == login)).one_or_none()


def set_password(session: Session, person_id: int, password: str, now: datetime) -> None:
    """Replace a password and end every sign-in. Raises PasswordTooShort, NotFound."""
    person = _get(session, person_id)
    person.password_hash = _hash(password)
    close_sign_ins(session, person_id)
    record(session, "system", "person.password", actor_of(person), now)


def set_active(session: Session, person_id: int, active: bool, now: datetime) -> None:
    """Let somebody in or keep them out; keeping out ends every sign-in. Raises NotFound."""
    person = _get(session, person_id)
    person.active = active
    if not active:
        close_sign_ins(session, person_id)
    action = "person.activate" if active else "person.deactivate"
    record(session, "system", action, actor_of(person), now)


def check_password(session: Session, login: str, password: str) -> Person | None:
    """The active person with this login and password.

    An unknown login costs one argon2 hash too, so the time tells nothing. That is some 50 ms
    of work: call it in `desk.reading()`, where no writer waits for it.
    """
    person = fetch_person(session, login)
    if person is None:
        _hasher.hash(password)
        return None
    try:
        _hasher.verify(person.password_hash, password)
    except VerifyMismatchError:
        return None
    return person if person.active else None


def open_sign_in(session: Session, person: Person, now: datetime) -> str:
    """A cookie of 256 random bits, good for 12 hours and for 30 minutes without use."""
    session.execute(delete(SignIn).where(SignIn.expires_at <= now))
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            hash=hash_token(token),
            person_id=person.id,
            created_at=now,
            seen_at=now,
            expires_at=now + LONGEST,
        )
    )
    record(session, actor_of(person), "sign_in.open", actor_of(person), now)
    return token


def fetch_signed_in(
    session: Session, token: str, now: datetime, *, is_active: bool = True
) -> Person | None:
    """Who is signed in with this cookie; the idle time starts again unless not `is_active`."""
    live = select(SignIn).where(
        SignIn.hash == hash_token(token), SignIn.expires_at > now, SignIn.seen_at > now - IDLE
    )
    sign_in = session.scalars(live).one_or_none()
    if sign_in is None:
        return None
    if is_active:
        sign_in.seen_at = now
    person = session.get(Person, sign_in.person_id)
    return person if person is not None and person.active else None


def record_refusal(session: Session, login: str, now: datetime) -> None:
    """Tell the trail of a wrong login or password; both take the same time."""
    person = fetch_person(session, login)
    subject = actor_of(person) if person else "person:unknown"
    record(session, "nobody", "sign_in.refused", subject, now)


def close_sign_in(session: Session, token: str, now: datetime) -> None:
    """End one sign-in; nothing happens when it has ended already."""
    gone = delete(SignIn).where(SignIn.hash == hash_token(token)).returning(SignIn.person_id)
    person_id = session.scalars(gone).one_or_none()
    if person_id is not None:
        record(session, f"person:{person_id}", "sign_in.close", f"person:{person_id}", now)


def close_sign_ins(session: Session, person_id: int) -> None:
    """End every sign-in of a person, on all devices."""
    session.execute(delete(SignIn).where(SignIn.person_id == person_id))


def _get(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("没有这个人。")
    return person


def _hash(password: str) -> str:
    if len(password) < PASSWORD_MIN:
        raise PasswordTooShort(f"密码至少要 {PASSWORD_MIN} 个字符。")
    return _hasher.hash(password)
