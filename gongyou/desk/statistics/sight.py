"""Which classes and alerts a person may see: those of which every case is in their scope.

As desk/tickets/scope.py, but for whole classes: a class of other cities of a province is seen by
who has the province, and an enterprise's own union sees other employers' classes only, since any
other class may hold cases against its own, or of workers who did not name theirs.
"""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    and_,
    case,
    false,
    func,
    or_,
    true,
)
from sqlalchemy.orm import Session

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import EVERYWHERE
from gongyou.desk.statistics.table import Alert, WeeklyCount
from gongyou.desk.tickets.own_enterprise import read_keys


def visible_counts(session: Session, person: Person) -> ColumnElement[bool]:
    return _visible(session, person, WeeklyCount.region, WeeklyCount.employer_key)


def visible_alerts(session: Session, person: Person) -> ColumnElement[bool]:
    employer = case((Alert.subject == "employer", Alert.name))
    return _visible(session, person, Alert.region, employer)


def within(column: SQLColumnExpression[str], regions: Sequence[str]) -> ColumnElement[bool]:
    """Regions that lie in one of these; "000000" holds all, also what is of no known region."""
    if EVERYWHERE in regions:
        return true()
    return or_(false(), *(_covers(code, column) for code in regions))


def may_report(person: Person, region: str) -> bool:
    """Whether the figures of this whole region are the person's to report."""
    if person.role != "officer" or person.employer:
        return False
    return any(
        code in (EVERYWHERE, region)
        or (code.endswith("0000") and region[:2] == code[:2] and region != EVERYWHERE)
        for code in person.regions
    )


def _visible(
    session: Session,
    person: Person,
    region: SQLColumnExpression[str],
    employer: SQLColumnExpression[str | None],
) -> ColumnElement[bool]:
    if person.role != "officer":
        return false()
    mine = or_(region == EVERYWHERE, within(region, person.regions))
    if not person.employer:
        return mine
    own = read_keys(session, WeeklyCount, person.employer)
    return and_(mine, employer.is_not(None), employer.not_in(own))


def _covers(code: str, region: SQLColumnExpression[str]) -> ColumnElement[bool]:
    if code.endswith("0000"):
        return func.substr(region, 1, 2) == code[:2]
    return region == code
