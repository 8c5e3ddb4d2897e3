"""Times somebody came → workers: one case for each, of whatever is known of them that week."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from gongyou.desk.statistics.classes import Case
from gongyou.desk.statistics.places import UNKNOWN, place_of
from gongyou.desk.statistics.sources import ANSWER

_NO_TOPIC: Final = ("human_handoff", "unanswered")  # say only that a person was asked for


class Asked(NamedTuple):
    """A row of the sources, in the order of its columns."""

    conversation_id: str
    topic: str
    region: str
    employer_key: str | None
    rank: int
    is_answered: bool | None


def to_cases(rows: Iterable[Any], parks: Mapping[str, str]) -> list[Case]:
    """One case a worker. `parks`: the park of an employer's key."""
    by_worker: dict[str, list[Asked]] = defaultdict(list)
    for row in rows:
        asked = Asked(*row)
        by_worker[asked.conversation_id].append(asked)
    return [_case(asked, parks) for _, asked in sorted(by_worker.items())]


def _case(asked: list[Asked], parks: Mapping[str, str]) -> Case:
    """The employer and where it is come first; then a case's topic, an answer's, a call's."""
    asked = sorted(asked, key=lambda one: (one.employer_key is None, one.rank, one[1:4]))
    by_topic = sorted(asked, key=lambda one: (one.topic in _NO_TOPIC, one.rank))
    region = next((one.region for one in asked if one.region != UNKNOWN), UNKNOWN)
    employer = asked[0].employer_key
    people = [one for one in asked if one.rank != ANSWER] or asked
    return Case(
        topic=by_topic[0].topic,
        place=place_of(region),
        employer=employer,
        park=parks.get(employer or ""),
        is_answered=all(one.is_answered for one in people),
    )
