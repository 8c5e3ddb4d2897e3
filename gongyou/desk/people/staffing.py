"""What an administrator does with accounts: change them, let in and keep out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.errors import PersonRefused
from gongyou.desk.people.accounts import Person, actor_of, get_person
from gongyou.desk.people.roles import Role
from gongyou.desk.people.sign_ins import set_active
from gongyou.desk.tickets.moves import HELD
from gongyou.desk.tickets.table import Ticket


@dataclass(frozen=True, slots=True)
class Account:
    """What an administrator sets; `employer` are names, one a line, None for none."""

    name: str
    role: Role
    regions: Sequence[str]
    email: str | None = None
    employer: str | None = None
    on_duty: bool = False
    duties: Sequence[str] = ()


def change_person(
    session: Session, person_id: int, account: Account, actor: Person, now: datetime
) -> Person:
    """The account as given. Nobody's role changes while they hold cases.

    Raises PersonRefused (own_role, last_admin, holds_cases), NotFound.
    """
    person = get_person(session, person_id)
    if account.role != person.role:
        _check_role_change(session, person, actor)
        person.role = account.role
        record(session, actor_of(actor), "person.role", actor_of(person), now)
    person.name = account.name
    person.regions = list(account.regions)
    person.email = account.email
    is_officer = account.role == "officer"
    person.employer = account.employer if is_officer else None
    person.on_duty = account.on_duty and is_officer
    person.duties = list(account.duties) if is_officer else []
    record(session, actor_of(actor), "person.change", actor_of(person), now)
    return person


def let_in(session: Session, person_id: int, actor: Person, now: datetime) -> None:
    """Raises NotFound."""
    set_active(session, person_id, True, now, actor_of(actor))


def keep_out(session: Session, person_id: int, actor: Person, now: datetime) -> None:
    """Every sign-in ends. Raises PersonRefused (own_account, last_admin), NotFound."""
    person = get_person(session, person_id)
    if person.id == actor.id:
        raise PersonRefused("own_account")
    _check_other_admins(session, person)
    set_active(session, person_id, False, now, actor_of(actor))


def count_held(session: Session, person_id: int) -> int:
    """How many cases somebody has in hand."""
    held = (Ticket.person_id == person_id) & Ticket.status.in_(HELD)
    return session.scalars(select(func.count(Ticket.id)).where(held)).one()


def _check_role_change(session: Session, person: Person, actor: Person) -> None:
    if person.id == actor.id:
        raise PersonRefused("own_role")
    _check_other_admins(session, person)
    count = count_held(session, person.id)
    if count:
        raise PersonRefused("holds_cases", count=count)


def _check_other_admins(session: Session, person: Person) -> None:
    """Locks the administrators: of two who put each other out at once, one stays."""
    query = select(Person.id).where(Person.role == "admin", Person.active.is_(True))
    admins = session.scalars(query.order_by(Person.id).with_for_update()).all()
    if list(admins) == [person.id]:
        raise PersonRefused("last_admin")
