"""Role × action × region × employer × case: every cell against the policy in permissions.yaml."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.people.accounts import Person, create_person
from gongyou.desk.people.permissions import PERMISSIONS, may
from gongyou.desk.people.roles import ROLES
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.tickets.opening import Employer
from gongyou.desk.tickets.scope import listed, readable
from gongyou.desk.tickets.table import Ticket
from tests.fixtures import PASSWORD

POLICY = yaml.safe_load(Path(__file__).with_name("permissions.yaml").read_text(encoding="utf-8"))
CASES = ("handoff", "review", "aid", "care", "fallen", "offered", "held", "others", "withdrawn")
KINDS = {"handoff": "handoff", "review": "review", "aid": "aid", "care": "handoff"}
REGIONS = {"same": "410800", "province": "410100", "other": "320500", "unknown": "000000"}
OWN, ANOTHER = "焦作市宏达机械厂", "苏州明亮电子有限公司"
EMPLOYERS = {
    "same": Employer(OWN),
    "other": Employer(ANOTHER),
    "unknown": Employer(),
    "agreed": Employer(OWN, agreed=True),
}
CELLS = tuple(product(CASES, REGIONS, EMPLOYERS))

type Cell = tuple[str, str, str]


@pytest.fixture
def people(open_one, session, now) -> dict[str, Person]:
    """One of each of the policy's people, and another lawyer. The worker's chat comes first."""

    def add(login, role, region="410800", **more):
        return create_person(
            session, login=login, name=login, role=role, regions=[region], now=now, **more
        )

    people = {role: add(role, role) for role in ("lawyer", "editor", "auditor", "admin", "hotline")}
    people["other_lawyer"] = add("other_lawyer", "lawyer")
    people["city_officer"] = add("city_officer", "officer", on_duty=True)
    people["province_officer"] = add("province_officer", "officer", "410000")
    duty = {"duties": ["care"], "password": PASSWORD}  # who cannot sign in yet covers nobody
    people["care_officer"] = add("care_officer", "officer", **duty)
    people["union_officer"] = add("union_officer", "officer", on_duty=True, employer=OWN)
    return people


@pytest.fixture
def tickets(session, open_one, people, now) -> dict[int, Cell]:
    """A ticket for every cell, each of a chat of its own, by its number."""
    opened = {}
    for cell in CELLS:
        case, region, employer = cell
        ticket = open_one(
            session,
            open_conversation(session, now)[0].id,
            kind=KINDS.get(case, "legal_aid"),
            topic="psychological" if case == "care" else "wage_shutdown",
            region=REGIONS[region],
            employer=EMPLOYERS[employer],
            idempotency_key="/".join(cell),
        ).ticket
        put(session, ticket, case, people, now)
        opened[ticket.id] = cell
    session.flush()
    return opened


def put(session, ticket: Ticket, case: str, people: dict[str, Person], now) -> None:
    lawyer = people["other_lawyer" if case == "others" else "lawyer"]
    if case == "fallen":
        ticket.fell_at = now
    if case == "offered":
        ticket.status = "offered"
        until = now + timedelta(hours=4)
        session.add(
            Offer(ticket_id=ticket.id, person_id=lawyer.id, offered_at=now, expires_at=until)
        )
    if case in ("held", "others", "withdrawn"):
        ticket.status = "withdrawn" if case == "withdrawn" else "accepted"
        ticket.person_id = lawyer.id


def allowed(who: str, role: str, action: str) -> Iterator[Cell]:
    """The cells in which the policy lets somebody do this."""
    policy = POLICY["people"][who]
    if role not in POLICY["actions"][action]:
        return
    for cell in CELLS:
        case, region, employer = cell
        seen = policy["lists" if action == "tickets.list" else "reads"]
        here = policy.get("care_in", []) if case == "care" else policy["regions"]
        is_seen = case in seen or case == "care"
        if is_seen and region in here and employer in policy["employers"]:
            yield cell


@pytest.mark.parametrize("who", POLICY["people"])
def test_what_somebody_may_do_with_which_ticket(session, people, tickets, who):
    person, checked = people[who], 0
    for action in POLICY["actions"]:
        sight = (listed if action == "tickets.list" else readable)(session, person)
        seen = set(session.scalars(select(Ticket.id).where(sight)))
        found = {tickets[number] for number in seen if may(person.role, action)}
        assert found == set(allowed(who, person.role, action)), action
        checked += len(CELLS)
    assert checked == len(POLICY["actions"]) * 144


def test_the_matrix_has_more_than_500_cells():
    assert len(POLICY["people"]) * len(POLICY["actions"]) * len(CELLS) > 10_000


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_do_without_a_ticket(role):
    for action, roles in POLICY["without_a_ticket"].items():
        assert may(role, action) == (role in roles), action


def test_every_permission_is_in_the_policy():
    assert PERMISSIONS.keys() == POLICY["actions"].keys() | POLICY["without_a_ticket"].keys()
