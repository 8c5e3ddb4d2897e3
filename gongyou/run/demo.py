"""The demonstration's people, one of each role and a second lawyer, with generated passwords."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from gongyou.desk.people.accounts import check_password, create_person, fetch_person
from gongyou.desk.people.roles import Role
from gongyou.desk.people.sign_ins import set_password
from gongyou.wiring import Desk


@dataclass(frozen=True)
class DemoPerson:
    """A login and the variable that holds its password."""

    login: str
    name: str
    role: Role
    password_variable: str
    on_duty: bool = False


PEOPLE = (
    DemoPerson("lawyer", "示范律师", "lawyer", "DEMO_LAWYER_PASSWORD"),
    DemoPerson("lawyer2", "示范律师乙", "lawyer", "DEMO_LAWYER2_PASSWORD"),
    DemoPerson("officer", "示范干部", "officer", "DEMO_OFFICER_PASSWORD", on_duty=True),
    DemoPerson("editor", "示范政策维护员", "editor", "DEMO_EDITOR_PASSWORD"),
    DemoPerson("auditor", "示范审计员", "auditor", "DEMO_AUDITOR_PASSWORD"),
    DemoPerson("hotline", "示范话务员", "hotline", "DEMO_HOTLINE_PASSWORD"),
    DemoPerson("admin", "示范管理员", "admin", "DEMO_ADMIN_PASSWORD"),
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
                on_duty=person.on_duty,
                now=now,
            )
        elif check_password(session, person.login, password) is None:
            set_password(session, stored.id, password, now)
