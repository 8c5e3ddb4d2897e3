"""The weekly reports as they were made, each once for a week and region, and who is told."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gongyou.desk.notices.outbox import put_notice
from gongyou.desk.people.accounts import Person
from gongyou.desk.routing.promises import desk_hours
from gongyou.desk.routing.worktime import IsWorkday
from gongyou.desk.statistics.places import UNKNOWN, place_of
from gongyou.desk.statistics.table import KeptReport, Week
from gongyou.desk.statistics.weeks import last_closed, number_of, start_of, week_of


def fetch_report(session: Session, monday: date, region: str) -> KeptReport | None:
    return session.get(KeptReport, (monday, region))


def keep_report(
    session: Session, monday: date, region: str, document: bytes, workbook: bytes, now: datetime
) -> bool:
    """Keep the files of a published week; False when it has them already, which stay."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = insert(KeptReport).values(
        monday=monday, region=region, made_at=now, document=document, workbook=workbook
    )
    new = new.on_conflict_do_nothing()
    return session.scalar(new.returning(KeptReport.monday)) is not None


def is_published(session: Session, monday: date) -> bool:
    return session.get(Week, monday) is not None


def fetch_due(session: Session, is_workday: IsWorkday, now: datetime) -> date | None:
    """The last week, from the first office hour after it on until it is reported on."""
    monday = last_closed(now)
    week = session.get(Week, monday)
    if week is None or week.reported_at is not None:
        return None
    return monday if desk_hours(is_workday).next_opening(start_of(week_of(now))) <= now else None


def fetch_regions(session: Session) -> Sequence[str]:
    """The regions that officers answer for; those of a district have no figures of their own."""
    regions = {region for person in _reporters(session) for region in person.regions}
    return sorted(code for code in regions if code == UNKNOWN or _has_figures(code))


def end_reporting(session: Session, monday: date, now: datetime) -> bool:
    """All reports of the week are made: officers on duty are told, once. False when they were."""
    week = session.get(Week, monday, with_for_update=True, populate_existing=True)
    if week is None or week.reported_at is not None:
        return False
    week.reported_at = now
    for person in _reporters(session):
        if person.on_duty and person.email:
            _tell(session, person, monday, now)
    session.flush()
    return True


def _reporters(session: Session) -> list[Person]:
    """Officers, but not those of an enterprise's own union."""
    query = select(Person).where(
        Person.role == "officer", Person.active.is_(True), Person.employer.is_(None)
    )
    return list(session.scalars(query.order_by(Person.id)))


def _has_figures(region: str) -> bool:
    return region.endswith("0000") or place_of(region).city == region


def _tell(session: Session, person: Person, monday: date, now: datetime) -> None:
    week = number_of(monday)
    put_notice(
        session,
        dedupe_key=f"weekly_report:{week}:person:{person.id}",
        kind="weekly_report",
        channel="email",
        person_id=person.id,
        subject=f"week:{week}",
        values={"week": week},
        now=now,
    )
