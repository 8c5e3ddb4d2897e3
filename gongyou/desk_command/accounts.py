"""`create-account`, `list-accounts`, `deactivate`, `reset-password`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from gongyou.desk.keeping.leaving import held_by
from gongyou.desk.people.accounts import Person, create_person, fetch_person
from gongyou.desk.people.invitations import GOOD_FOR, Purpose, open_invitation, reset_password
from gongyou.desk.people.roles import EVERYWHERE
from gongyou.desk.people.roster import RosterLine, fetch_roster
from gongyou.desk.people.sign_ins import set_active
from gongyou.desk_command.errors import BadInput
from gongyou.desk_command.fields import read_email, read_employer, read_login, read_name
from gongyou.desk_command.office import Office
from gongyou.desk_command.places import find_region


def create(office: Office, chosen: argparse.Namespace) -> Iterator[str]:
    """A new account without a password, and the link that lets its owner set one."""
    account = _account(office, chosen)
    with office.desk.transaction() as session:
        if fetch_person(session, account["login"]) is not None:
            raise BadInput(f"--login {account['login']}: somebody has it; choose another")
        person = create_person(session, **account, now=office.now)
        token = open_invitation(session, person.id, "join", None, office.now)
    yield f"created {person.role} {person.login}"
    yield from _told(office, token, "join")


def show(office: Office, chosen: argparse.Namespace) -> Iterator[str]:
    """Every account, active ones first; no case is in it."""
    with office.desk.reading() as session:
        lines = list(_all(session))
    if chosen.json:
        yield json.dumps(
            [asdict(line) for line in lines], ensure_ascii=False, indent=1, default=str
        )
        return
    yield "\t".join(("login", "name", "role", "state", "cases", "last sign-in"))
    for line in lines:
        last = line.last_sign_in.date().isoformat() if line.last_sign_in else "never"
        yield "\t".join((line.login, line.name, line.role, _state(line), str(line.load), last))


def deactivate(office: Office, chosen: argparse.Namespace) -> Iterator[str]:
    """Keep somebody out; the cases in their hands are named, for somebody to take over."""
    with office.desk.transaction() as session:
        person = _person(session, chosen.login)
        set_active(session, person.id, False, office.now)
        held = held_by(session, person)
    yield f"deactivated {chosen.login}; every sign-in has ended"
    if held:
        yield f"still theirs, for an officer to hand on: {', '.join(map(str, held))}"


def reset(office: Office, chosen: argparse.Namespace) -> Iterator[str]:
    """End the password and every sign-in; whoever never had one gets a new link to join."""
    with office.desk.transaction() as session:
        person = _person(session, chosen.login)
        if not person.active:
            raise BadInput(f"{chosen.login} is deactivated: an administrator lets them in first")
        purpose: Purpose = "reset" if person.has_joined else "join"
        if person.has_joined:
            clear = chosen.clear_second_factor
            token = reset_password(session, person.id, None, office.now, clears_second_factor=clear)
        else:
            token = open_invitation(session, person.id, "join", None, office.now)
    yield from _told(office, token, purpose)


def _account(office: Office, chosen: argparse.Namespace) -> dict[str, Any]:
    if chosen.role != "officer" and (chosen.employer or chosen.on_duty or chosen.duty):
        raise BadInput("--employer, --on-duty and --duty are for officers only")
    employers = [_typed("--employer", read_employer, name) for name in chosen.employer]
    regions = [
        _typed("--region", lambda text: find_region(office.rulebook, text), name)
        for name in chosen.region
    ]
    return {
        "login": _typed("--login", read_login, chosen.login),
        "name": _typed("--name", read_name, chosen.name.strip()),
        "role": chosen.role,
        "email": _typed("--email", read_email, chosen.email or ""),
        "regions": list(dict.fromkeys(regions)) or [EVERYWHERE],
        "employer": "\n".join(employers) or None,
        "on_duty": chosen.on_duty,
        "duties": list(dict.fromkeys(chosen.duty)),
    }


def _typed[T](argument: str, read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except ValueError as error:
        raise BadInput(f"{argument} {error}") from error


def _person(session: Session, login: str) -> Person:
    person = fetch_person(session, login)
    if person is None:
        raise BadInput(f"nobody has the login {login!r}; list-accounts shows all")
    return person


def _all(session: Session) -> Iterator[RosterLine]:
    number, more = 0, True
    while more:
        page = fetch_roster(session, page=number)
        yield from page.lines
        number, more = number + 1, page.more


def _state(line: RosterLine) -> str:
    if not line.active:
        return "deactivated"
    return "active" if line.has_joined else "invited"


def _told(office: Office, token: str, purpose: Purpose) -> Iterator[str]:
    hours = int(GOOD_FOR[purpose].total_seconds() // 3600)
    yield f"link, good once and for {hours} hours; it is not shown again:"
    yield office.link(token)
