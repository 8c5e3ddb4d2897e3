"""The demonstration's people: one lawyer, one officer, with the generated passwords."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from gongyou.desk.people import Role, check_password, create_person, fetch_person, set_password
from gongyou.wiring import Desk


@dataclass(frozen=True)
class DemoPerson:
    """A login and the variable that holds its password."""

    login: str
    name: str
    role: Role
    password_variable: str


PEOPLE = (
    DemoPerson("lawyer", "示范律师", "lawyer", "DEMO_LAWYER_PASSWORD"),
    DemoPerson("officer", "示范干部", "officer", "DEMO_OFFICER_PASSWORD"),
)


def write_people(desk: Desk, environment: Mapping[str, str]) -> None:
    """Create the demonstration's people, or give them the passwords that will be printed."""
    for person in PEOPLE:
        _write_person(desk, person, environment[person.password_variable])


def _write_person(desk: Desk, person: DemoPerson, password: str) -> None:
    now = datetime.now(UTC)
    with desk.transaction() as session:
        stored = fetch_person(session, person.login)
        if stored is None:
            create_person(
                session,
                login=person.login,
                name=person.name,
                role=person.role,
                password=password,
                now=now,
            )
        elif check_password(session, person.login, password) is None:
            set_password(session, stored.id, password, now)
