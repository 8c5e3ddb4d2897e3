"""Which lawyer a case is offered to, best first, and why the others are not.

Nothing is fetched here: candidates come with all that counts, and so does the time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import inf
from typing import Final

from gongyou.desk.people.employer_names import same_enterprise
from gongyou.desk.routing.promises import URGENT, desk_hours
from gongyou.desk.routing.reasons import reason
from gongyou.desk.routing.worktime import IsWorkday, OfficeHours, in_china, own_hours

NATION: Final = "000000"  # as a candidate's region everywhere, as a case's region not known

type Score = tuple[float, ...]  # the least is the best


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lawyer and how they stand now: profile, unfinished cases, employers not to touch.

    `specialities` are topics, none for all; `hours` {} for office hours. Away in
    [away_from, away_until): without one of them that side is open, without both they are here.
    """

    person_id: int
    regions: Collection[str]
    specialities: Collection[str]
    hours: Mapping[str, Sequence[str]]
    load: int
    load_limit: int
    away_from: date | None = None
    away_until: date | None = None
    conflict_names: Collection[str] = ()
    was_offered: bool = False
    gave_away: bool = False
    last_offer_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the case asks of a lawyer."""

    topic: str
    region: str
    priority: int
    now: datetime
    employer_name: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A lawyer who may be asked; `reasons` are as `reasons.reason_text` reads them."""

    person_id: int
    reasons: tuple[str, ...]
    score: Score


def rank(wanted: Wanted, candidates: Collection[Candidate], is_workday: IsWorkday) -> list[Match]:
    """Everyone who may be asked, best first.

    By how near their region is, whether the topic is their speciality, how soon they can be
    reached, how much of their limit is taken, how long ago they were last asked, then by number.
    What is urgent looks at who can be reached sooner before it looks at the speciality.
    Raises NeverOpen for a calendar without workdays.
    """
    fitting = (each for each in candidates if reject_reason(wanted, each) is None)
    matches = (_match(wanted, each, hours_of(each, is_workday)) for each in fitting)
    return sorted(matches, key=lambda match: match.score)


def reject_reason(wanted: Wanted, candidate: Candidate) -> str | None:
    """Why this lawyer may not be asked, as `reasons.reason_text` reads it; None if they may."""
    if candidate.gave_away:
        return reason("gave_away")
    if candidate.was_offered:
        return reason("was_offered")
    if _covering(wanted.region, candidate.regions) is None:
        return reason("elsewhere")
    if _has_conflict(wanted, candidate):
        return reason("conflict")
    if _is_away(candidate, in_china(wanted.now).date()):
        until = candidate.away_until
        return reason("away_until", until) if until else reason("away", candidate.away_from)
    if candidate.load >= candidate.load_limit:
        return reason("full", candidate.load, candidate.load_limit)
    return None


def hours_of(candidate: Candidate, is_workday: IsWorkday) -> OfficeHours:
    """When this lawyer can be reached: their own hours, else the office's."""
    return own_hours(is_workday, candidate.hours) if candidate.hours else desk_hours(is_workday)


def _match(wanted: Wanted, candidate: Candidate, hours: OfficeHours) -> Match:
    region, why_region = _region_fit(wanted.region, candidate.regions)
    topic, why_topic = _topic_fit(wanted.topic, candidate.specialities)
    reach, why_reach = _reach(wanted.now, hours)
    last = candidate.last_offer_at
    score = (
        region,
        *((reach, topic) if wanted.priority <= URGENT else (topic, reach)),
        candidate.load / candidate.load_limit,
        last.timestamp() if last else -inf,
        candidate.person_id,
    )
    why_load = reason("load", candidate.load, candidate.load_limit)
    reasons = (why_region, why_topic, why_reach, why_load)
    return Match(candidate.person_id, reasons, score)


def _covering(region: str, covered: Collection[str]) -> str | None:
    """The nearest of the covered regions that holds this one; any at all when it is not known."""
    holding = (region, region[:4] + "00", region[:2] + "0000", NATION)
    nearest = next((code for code in holding if code in covered), None)
    if nearest is None and region == NATION:
        return min(covered, default=None)
    return nearest


def _region_fit(region: str, covered: Collection[str]) -> tuple[int, str]:
    """Steps from the case's region to the lawyer's: county 0, city 1, province 2, nation 3."""
    code = _covering(region, covered)
    if region == NATION:
        return int(code != NATION), reason("region_unknown")
    if code is None or code == NATION:
        return 3, reason("everywhere")
    return sum(code[at : at + 2] == "00" for at in (2, 4)), reason("region", code)


def _topic_fit(topic: str, specialities: Collection[str]) -> tuple[int, str]:
    if topic in specialities:
        return 0, reason("speciality", topic)
    return (2, reason("other_topic", topic)) if specialities else (1, reason("all_topics"))


def _reach(now: datetime, hours: OfficeHours) -> tuple[float, str]:
    """Seconds until they can be reached."""
    opening = hours.next_opening(now)
    if opening <= now:
        return 0, reason("here_now")
    told = reason("here_from", opening.month, opening.day, opening.strftime("%H:%M"))
    return (opening - now).total_seconds(), told


def _is_away(candidate: Candidate, today: date) -> bool:
    since, until = candidate.away_from, candidate.away_until
    if since is None and until is None:
        return False
    return (since is None or since <= today) and (until is None or today < until)


def _has_conflict(wanted: Wanted, candidate: Candidate) -> bool:
    name = wanted.employer_name or ""
    return any(same_enterprise(name, conflict) for conflict in candidate.conflict_names)
