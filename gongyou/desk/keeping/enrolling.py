"""A list of lawyers brought into the record: new ones join, known ones are compared."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.people.accounts import Person, actor_of, create_person
from gongyou.desk.people.invitations import open_invitation
from gongyou.desk.people.lawyers import LOAD_LIMIT, Conflict, Hours, LawyerProfile


@dataclass(frozen=True, slots=True)
class LawyerEntry:
    """One line of the list, read and checked. Fields are those of Person and LawyerProfile."""

    login: str
    name: str
    email: str | None
    regions: tuple[str, ...]
    specialities: tuple[str, ...]
    hours: Hours
    load_limit: int
    conflicts: tuple[str, ...]


def fetch_by_login(session: Session) -> dict[str, Person]:
    """Everybody, by login."""
    return {person.login: person for person in session.scalars(select(Person))}


def enrol(session: Session, entry: LawyerEntry, now: datetime) -> str:
    """A new lawyer; gives the token of the link to join. Raises LoginTaken."""
    person = create_person(
        session,
        login=entry.login,
        name=entry.name,
        role="lawyer",
        email=entry.email,
        regions=entry.regions,
        now=now,
    )
    _write_profile(session, person, entry)
    return open_invitation(session, person.id, "join", None, now)


def find_differences(session: Session, person: Person, entry: LawyerEntry) -> list[str]:
    """The fields in which a lawyer who is there is not as the entry says."""
    profile = session.get(LawyerProfile, person.id) or _blank(person)
    stored = {
        "name": person.name,
        "email": person.email,
        "regions": set(person.regions),
        "specialities": set(profile.specialities),
        "hours": profile.hours,
        "load_limit": profile.load_limit,
        "conflicts": set(_conflicts(session, person)),
    }
    return [name for name, value in stored.items() if value != _comparable(entry, name)]


def change_to(session: Session, person: Person, entry: LawyerEntry, now: datetime) -> None:
    """Make a lawyer who is there as the entry says; days away and password stay."""
    person.name, person.email, person.regions = entry.name, entry.email, list(entry.regions)
    session.execute(delete(Conflict).where(Conflict.person_id == person.id))
    _write_profile(session, person, entry)
    record(session, "operator", "person.change", actor_of(person), now)


def _comparable(entry: LawyerEntry, name: str) -> object:
    value = getattr(entry, name)
    return set(value) if isinstance(value, tuple) else value


def _conflicts(session: Session, person: Person) -> list[str]:
    names = select(Conflict.name).where(Conflict.person_id == person.id)
    return list(session.scalars(names))


def _write_profile(session: Session, person: Person, entry: LawyerEntry) -> None:
    profile = session.get(LawyerProfile, person.id) or _blank(person)
    profile.specialities = list(entry.specialities)
    profile.hours = dict(entry.hours)
    profile.load_limit = entry.load_limit
    session.add(profile)
    session.add_all(Conflict(person_id=person.id, name=name) for name in entry.conflicts)
    session.flush()


def _blank(person: Person) -> LawyerProfile:
    return LawyerProfile(person_id=person.id, specialities=[], hours={}, load_limit=LOAD_LIMIT)
