"""Reading published weeks, as far as a person may see them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import EVERYWHERE
from gongyou.desk.statistics.figures import Count
from gongyou.desk.statistics.sight import visible_alerts, visible_counts, within
from gongyou.desk.statistics.table import Alert, Week, WeeklyCount


def fetch_weeks(session: Session, limit: int, until: date = date.max) -> Sequence[date]:
    """Mondays of the newest published weeks up to `until`, oldest first."""
    query = select(Week.monday).where(Week.monday <= until)
    return list(session.scalars(query.order_by(Week.monday.desc()).limit(limit)))[::-1]


def fetch_counts(
    session: Session, person: Person, mondays: Sequence[date], region: str = EVERYWHERE
) -> list[Count]:
    """The classes of these weeks that the person may see, within a region."""
    return read_counts(
        session, mondays, visible_counts(session, person), within(WeeklyCount.region, [region])
    )


def fetch_region_counts(session: Session, mondays: Sequence[date], region: str) -> list[Count]:
    """The classes of a whole region, for a report on it; "000000" is the nation."""
    return read_counts(session, mondays, within(WeeklyCount.region, [region]))


def fetch_region_alerts(session: Session, monday: date, region: str) -> list[Alert]:
    """The alerts of a whole region, the largest first."""
    query = select(Alert).where(Alert.monday == monday, within(Alert.region, [region]))
    return list(session.scalars(query.order_by(Alert.workers.desc(), Alert.id)))


def read_counts(
    session: Session, mondays: Sequence[date], *conditions: ColumnElement[bool]
) -> list[Count]:
    """Classes of these weeks, those alike added up."""
    columns = (
        WeeklyCount.monday,
        WeeklyCount.region,
        WeeklyCount.park,
        WeeklyCount.employer_key,
        WeeklyCount.topic,
        WeeklyCount.is_answered,
    )
    query = select(*columns, func.sum(WeeklyCount.workers))
    query = query.where(WeeklyCount.monday.in_(mondays), *conditions).group_by(*columns)
    return [Count(*row) for row in session.execute(query)]


def fetch_employer_names(session: Session, keys: Iterable[str]) -> Mapping[str, str]:
    """The normalised name of each key that some published class has."""
    newest = select(func.max(WeeklyCount.id)).where(WeeklyCount.employer_key.in_(list(keys)))
    newest = newest.group_by(WeeklyCount.employer_key)
    columns = (WeeklyCount.employer_key, WeeklyCount.employer)
    found = session.execute(select(*columns).where(WeeklyCount.id.in_(newest)))
    return {str(key): str(name) for key, name in found}


def fetch_alerts(
    session: Session, person: Person, mondays: Sequence[date], region: str = EVERYWHERE
) -> list[Alert]:
    """Alerts of these weeks that the person may see, the newest and largest first."""
    query = select(Alert).where(
        Alert.monday.in_(mondays), visible_alerts(session, person), within(Alert.region, [region])
    )
    return list(
        session.scalars(query.order_by(Alert.monday.desc(), Alert.workers.desc(), Alert.id))
    )
