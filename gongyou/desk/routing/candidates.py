"""The lawyers as they stand when a case is to be offered."""

from collections.abc import Mapping, Set
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.lawyers import LOAD_LIMIT, Conflict, LawyerProfile
from gongyou.desk.routing.matching import Candidate, Wanted
from gongyou.desk.routing.offer_table import Offer, OfferAnswer
from gongyou.desk.tickets.moves import HELD
from gongyou.desk.tickets.table import Ticket


def fetch_candidates(session: Session, ticket_id: int) -> list[Candidate]:
    """Every active lawyer, with load, days away, conflicts and when they were last asked."""
    lawyers = session.scalars(
        select(Person).where(Person.role == "lawyer", Person.active.is_(True))
    ).all()
    profiles = {row.person_id: row for row in session.scalars(select(LawyerProfile))}
    standings = _standings(session)
    answers = _answers(session, ticket_id)
    conflicts = _conflicts(session)
    return [
        _candidate(
            lawyer,
            profiles.get(lawyer.id),
            *standings[lawyer.id],
            conflicts.get(lawyer.id, ()),
            answers.get(lawyer.id, frozenset()),
        )
        for lawyer in lawyers
    ]


def wanted_for(ticket: Ticket, now: datetime) -> Wanted:
    """What the ticket asks of a lawyer."""
    return Wanted(
        topic=ticket.topic,
        region=ticket.region,
        priority=ticket.priority,
        now=now,
        employer_name=ticket.employer or None,
    )


def _candidate(
    lawyer: Person,
    profile: LawyerProfile | None,
    load: int,
    last_offer_at: datetime | None,
    conflict_names: tuple[str, ...],
    answers: Set[OfferAnswer],
) -> Candidate:
    return Candidate(
        person_id=lawyer.id,
        regions=lawyer.regions,
        specialities=profile.specialities if profile else (),
        hours=profile.hours if profile else {},
        load=load,
        load_limit=profile.load_limit if profile else LOAD_LIMIT,
        away_from=profile.away_from if profile else None,
        away_until=profile.away_until if profile else None,
        conflict_names=conflict_names,
        was_offered=bool(answers),
        gave_away="transferred" in answers,
        last_offer_at=last_offer_at,
    )


def _answers(session: Session, ticket_id: int) -> Mapping[int, frozenset[OfferAnswer]]:
    """What each lawyer has said to this case, or not said in time.

    An offer that the worker took back was nobody's answer. Who was asked before the case was
    opened again may be asked anew, but not who gave it away.
    """
    counts = or_(Offer.is_past.is_(False), Offer.answer == "transferred")
    query = select(Offer.person_id, Offer.answer).where(
        Offer.ticket_id == ticket_id, Offer.answer != "cancelled", counts
    )
    said: dict[int, frozenset[OfferAnswer]] = {}
    for person_id, answer in session.execute(query):
        said[person_id] = said.get(person_id, frozenset()) | {answer}
    return said


def _standings(session: Session) -> Mapping[int, tuple[int, datetime | None]]:
    """Of each lawyer: cases in hand with offers on the table, and when they were last asked.

    Written so that the database looks up each lawyer by index instead of reading every case.
    """
    held = select(func.count()).where(Ticket.person_id == Person.id, Ticket.status.in_(HELD))
    pending = select(func.count()).where(Offer.person_id == Person.id, Offer.answer == "pending")
    asked = select(func.max(Offer.offered_at)).where(Offer.person_id == Person.id)
    each = select(
        Person.id, held.scalar_subquery() + pending.scalar_subquery(), asked.scalar_subquery()
    )
    rows = session.execute(each.where(Person.role == "lawyer"))
    return {person_id: (load, last_asked) for person_id, load, last_asked in rows}


def _conflicts(session: Session) -> Mapping[int, tuple[str, ...]]:
    names: dict[int, tuple[str, ...]] = {}
    for conflict in session.scalars(select(Conflict)):
        names[conflict.person_id] = (*names.get(conflict.person_id, ()), conflict.name)
    return names
