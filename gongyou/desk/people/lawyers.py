"""What a lawyer takes: topics, hours, how many at once, days away, and whom never against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gongyou.desk.audit import record
from gongyou.desk.base import Base, EncryptedText
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.people.employer_names import same_enterprise

LOAD_LIMIT = 10  # unfinished cases of a lawyer who has set no limit
LOAD_MOST = 50  # the highest limit somebody may set

type Hours = dict[str, list[str]]


class LawyerProfile(Base):
    """Without a row a lawyer takes every topic, in office hours, up to `LOAD_LIMIT` cases.

    `specialities` are topics, [] for all. `hours` is weekday ("0" is Monday) to ["19:00", "22:00"],
    {} for office hours. Away in [away_from, away_until).
    """

    __tablename__ = "lawyer_profiles"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    specialities: Mapped[list[str]] = mapped_column(JSON, default=list)
    hours: Mapped[Hours] = mapped_column(JSON, default=dict)
    load_limit: Mapped[int] = mapped_column(default=LOAD_LIMIT)
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]


class Conflict(Base):
    """An employer this lawyer must not act against."""

    __tablename__ = "conflicts"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(EncryptedText)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a lawyer says of themselves; `employers` are those they must not act against.

    Without `regions` a saved profile leaves the person's as they are.
    """

    regions: Sequence[str] | None = None
    specialities: Sequence[str] = ()
    hours: Mapping[str, Sequence[str]] = field(default_factory=dict)
    load_limit: int = LOAD_LIMIT
    away_from: date | None = None
    away_until: date | None = None
    employers: Sequence[str] = ()


def fetch_profile(session: Session, person: Person) -> Profile:
    """As stored, or what holds for a lawyer who has said nothing."""
    row = session.get(LawyerProfile, person.id)
    conflicts = select(Conflict).where(Conflict.person_id == person.id).order_by(Conflict.id)
    employers = tuple(conflict.name for conflict in session.scalars(conflicts))
    if row is None:
        return Profile(person.regions, employers=employers)
    return Profile(
        regions=person.regions,
        specialities=row.specialities,
        hours=row.hours,
        load_limit=row.load_limit,
        away_from=row.away_from,
        away_until=row.away_until,
        employers=employers,
    )


def save_profile(
    session: Session, person: Person, profile: Profile, actor: str, now: datetime
) -> None:
    """Replace the whole profile of a lawyer, whose `person` belongs to this session."""
    if profile.regions is not None:
        person.regions = list(profile.regions)
    session.merge(
        LawyerProfile(
            person_id=person.id,
            specialities=list(profile.specialities),
            hours={day: list(span) for day, span in profile.hours.items()},
            load_limit=profile.load_limit,
            away_from=profile.away_from,
            away_until=profile.away_until,
        )
    )
    session.execute(delete(Conflict).where(Conflict.person_id == person.id))
    names = dict.fromkeys(profile.employers)
    session.add_all(Conflict(person_id=person.id, name=name) for name in names)
    record(session, actor, "person.profile", actor_of(person), now)


def is_bound_to(session: Session, person: Person, employer: str) -> bool:
    """Whether this lawyer has said that they must not act against the employer."""
    names = session.scalars(select(Conflict.name).where(Conflict.person_id == person.id))
    return any(same_enterprise(employer, name) for name in names)
