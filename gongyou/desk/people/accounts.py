"""Who works at the desk: accounts and their passwords."""

from collections.abc import Sequence
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import JSON, CheckConstraint, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gongyou.desk.audit import record
from gongyou.desk.base import Base, EncryptedText, UtcDateTime, one_of
from gongyou.desk.errors import LoginTaken, NotFound, PersonRefused
from gongyou.desk.people.roles import CARE, EVERYWHERE, ROLES, Role

PASSWORD_MIN, PASSWORD_MAX = 12, 200  # characters
NO_PASSWORD = ""  # as a hash: invited, or reset, and no password set since
SYSTEM = "system"

_hasher = PasswordHasher()  # argon2id with the library's defaults


class Person(Base):
    """Somebody who works at the desk.

    `regions` are GB/T 2260 codes; a province's covers its cities, "000000" everything. `employer`
    is set for an officer of an enterprise's own union: its names, one a line. An officer's `duties`
    are some of roles.DUTIES.
    """

    __tablename__ = "people"
    __table_args__ = (CheckConstraint(one_of("role", ROLES), name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(64))
    role: Mapped[Role] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(128))
    active: Mapped[bool] = mapped_column(default=True)
    email: Mapped[str | None] = mapped_column(EncryptedText)
    regions: Mapped[list[str]] = mapped_column(JSON, default=lambda: [EVERYWHERE])
    employer: Mapped[str | None] = mapped_column(EncryptedText)
    on_duty: Mapped[bool] = mapped_column(default=False)
    duties: Mapped[list[str]] = mapped_column(JSON, default=list)
    totp_secret: Mapped[str | None] = mapped_column(EncryptedText)
    totp_step: Mapped[int | None]
    created_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def has_joined(self) -> bool:
        """Whether there is a password to sign in with."""
        return self.password_hash != NO_PASSWORD

    @property
    def cares(self) -> bool:
        """Whether cases of distress are theirs to read."""
        return self.role == "officer" and CARE in self.duties


def actor_of(person: Person) -> str:
    """The person as the audit trail names them."""
    return f"person:{person.id}"


def person_of(actor: str) -> int | None:
    """3 for "person:3"; None for anybody without an account."""
    kind, _, number = actor.partition(":")
    return int(number) if kind == "person" else None


def create_person(
    session: Session,
    *,
    login: str,
    name: str,
    role: Role,
    now: datetime,
    password: str | None = None,
    email: str | None = None,
    regions: Sequence[str] = (EVERYWHERE,),
    employer: str | None = None,
    on_duty: bool = False,
    duties: Sequence[str] = (),
    actor: str = SYSTEM,
) -> Person:
    """A new member of staff; without a password they join by an invitation.

    Raises PersonRefused (password_short, password_long, password_is_login), LoginTaken.
    """
    if fetch_person(session, login) is not None:
        raise LoginTaken("login_taken", login=login)
    person = Person(
        login=login,
        name=name,
        role=role,
        password_hash=NO_PASSWORD if password is None else _hash(login, password),
        active=True,
        email=email,
        regions=list(regions),
        employer=employer,
        on_duty=on_duty,
        duties=list(duties),
        created_at=now,
    )
    session.add(person)
    session.flush()
    record(session, actor, "person.create", actor_of(person), now)
    return person


def fetch_person(session: Session, login: str) -> Person | None:
    return session.scalars(select(Person).where(Person.login == login)).one_or_none()


def get_person(session: Session, person_id: int) -> Person:
    """Raises NotFound."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("person_missing")
    return person


def change_password(session: Session, person_id: int, password: str) -> Person:
    """A new password in the table; the caller ends sign-ins.

    Raises PersonRefused (password_…), NotFound.
    """
    person = get_person(session, person_id)
    person.password_hash = _hash(person.login, password)
    return person


def check_password(session: Session, login: str, password: str) -> Person | None:
    """The active person with this login and password.

    An unknown login, or one without a password yet, costs one argon2 hash too, so the time tells
    nothing. That is some 50 ms of work: call it in `desk.reading()`, where no writer waits for it.
    """
    person = fetch_person(session, login)
    if person is None or not person.has_joined:
        _hasher.hash(password)
        return None
    try:
        _hasher.verify(person.password_hash, password)
    except VerifyMismatchError:
        return None
    return person if person.active else None


def check_new_password(login: str, password: str) -> None:
    """Raises PersonRefused (password_short, password_long, password_is_login)."""
    length = len(password)
    if length < PASSWORD_MIN:
        raise PersonRefused("password_short", least=PASSWORD_MIN, length=length)
    if length > PASSWORD_MAX:
        raise PersonRefused("password_long", most=PASSWORD_MAX, length=length)
    if password.casefold() == login.casefold():
        raise PersonRefused("password_is_login")


def _hash(login: str, password: str) -> str:
    check_new_password(login, password)
    return _hasher.hash(password)
