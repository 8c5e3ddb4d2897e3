"""Cases of distress: psychological matters, crises, harassment. Their own queue, their own people.

Which those are stands in care.yaml. A chat that holds one is theirs as a whole, since every case
of a chat shows what is said in it. Who reads what, with the rest of it, is scope.py.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from sqlalchemy import ColumnElement, SQLColumnExpression, Text, cast, exists, literal, or_, select
from sqlalchemy.orm import Session, aliased

from gongyou.desk.people.accounts import NO_PASSWORD, Person
from gongyou.desk.people.roles import CARE, EVERYWHERE
from gongyou.desk.tickets.table import Cause, Ticket

FILE: Final = Path(__file__).with_name("care.yaml")


def belongs_to_care(topic: str, cause: Cause | None, facts: Mapping[str, Any]) -> bool:
    """Whether a case of this topic, cause and facts (in either shape they are kept in) does."""
    wanted = _read()
    told = {name: _value(facts[name]) for name in wanted["facts"] if name in facts}
    return (
        cause in wanted["causes"]
        or topic in wanted["topics"]
        or any(value in wanted["facts"][name] for name, value in told.items())
    )


def in_care() -> ColumnElement[bool]:
    """Care cases, and every other case of their chats."""
    return or_(Ticket.is_care.is_(True), holds_care(Ticket.conversation_id))


def is_care_chat(session: Session, conversation_id: str) -> bool:
    """Whether the chat holds a care case: nothing of it goes farther than the care people."""
    return session.scalars(select(holds_care(literal(conversation_id)))).one()


def holds_care(conversation_id: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """The same for another table's column."""
    case = aliased(Ticket)
    return exists().where(case.conversation_id == conversation_id, case.is_care.is_(True))


def fetch_care_people(session: Session) -> Sequence[Person]:
    """Officers charged with care who can sign in: nobody may be left to wait for another."""
    query = select(Person).where(
        Person.role == "officer",
        Person.active.is_(True),
        Person.password_hash != NO_PASSWORD,
        cast(Person.duties, Text).contains(f'"{CARE}"'),
    )
    return session.scalars(query.order_by(Person.id)).all()


def uncovered_regions(session: Session) -> list[str]:
    """Regions of officers that no care person covers: there every officer reads care cases.

    A care person of an enterprise's own union covers none, since some cases are kept from them.
    """
    covered = {
        code for one in fetch_care_people(session) if not one.employer for code in one.regions
    }
    officers = select(Person.regions).where(Person.role == "officer", Person.active.is_(True))
    codes = {code for regions in session.scalars(officers) for code in regions}
    return sorted(code for code in codes if not any(_holds(one, code) for one in covered))


def _holds(region: str, code: str) -> bool:
    """A province's code holds its cities', a city's its districts'."""
    if region in (EVERYWHERE, code):
        return True
    prefix = region[:2] if region.endswith("0000") else region[:4] if region.endswith("00") else ""
    return bool(prefix) and code.startswith(prefix)


def _value(kept: Any) -> Any:
    return kept.get("value") if isinstance(kept, Mapping) else kept


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read
