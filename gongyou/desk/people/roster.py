"""The people of the desk as an administrator's list shows them: no case in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import Role
from gongyou.desk.people.sign_ins import SignIn
from gongyou.desk.tickets.moves import HELD
from gongyou.desk.tickets.table import Ticket

PAGE = 100  # lines of the list


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One account. `load` is how many cases they have in hand."""

    id: int
    login: str
    name: str
    role: Role
    active: bool
    has_joined: bool
    has_second_factor: bool
    on_duty: bool
    duties: Sequence[str]
    last_sign_in: datetime | None
    load: int


@dataclass(frozen=True, slots=True)
class RosterPage:
    """One page of the list; `more` when another follows."""

    lines: Sequence[RosterLine]
    more: bool


def fetch_roster(
    session: Session,
    text: str = "",
    role: str = "",
    *,
    with_inactive: bool = True,
    page: int = 0,
) -> RosterPage:
    """The accounts whose name or login holds `text`, active ones first, then by number."""
    query = select(Person).order_by(Person.active.desc(), Person.id)
    if text:
        has_it = Person.name.icontains(text, autoescape=True)
        query = query.where(has_it | Person.login.icontains(text, autoescape=True))
    if role:
        query = query.where(Person.role == role)
    if not with_inactive:
        query = query.where(Person.active.is_(True))
    people = session.scalars(query.limit(PAGE + 1).offset(page * PAGE)).all()
    return RosterPage(_lines(session, people[:PAGE]), more=len(people) > PAGE)


def _lines(session: Session, people: Sequence[Person]) -> list[RosterLine]:
    ids = [person.id for person in people]
    loads, last = _loads(session, ids), _last_sign_ins(session, ids)
    return [
        RosterLine(
            id=person.id,
            login=person.login,
            name=person.name,
            role=person.role,
            active=person.active,
            has_joined=person.has_joined,
            has_second_factor=person.totp_secret is not None,
            on_duty=person.on_duty,
            duties=person.duties,
            last_sign_in=last.get(person.id),
            load=loads.get(person.id, 0),
        )
        for person in people
    ]


def _loads(session: Session, ids: Sequence[int]) -> dict[int, int]:
    held = select(Ticket.person_id, func.count()).where(
        Ticket.person_id.in_(ids), Ticket.status.in_(HELD)
    )
    rows = session.execute(held.group_by(Ticket.person_id))
    return {person_id: count for person_id, count in rows if person_id is not None}


def _last_sign_ins(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    signed_in = SignIn.person_id.in_(ids) & SignIn.needs_code.is_(False)
    query = select(SignIn.person_id, func.max(SignIn.created_at)).where(signed_in)
    return {person_id: at for person_id, at in session.execute(query.group_by(SignIn.person_id))}
