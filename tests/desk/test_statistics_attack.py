"""A differencing attack on the published figures learns nothing of fewer than five people.

The attacker asks pairs of questions that differ by one region, week, topic or employer, and takes
one answer from the other; also totals minus parts, a province minus its cities, the same week
before and after cases changed, and what two officers of different scopes see. Unprotected counts
of the same people are attacked beside them, to show that the attack works.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from gongyou.desk.keeping.erasing import erase_conversation
from gongyou.desk.people.accounts import Person
from gongyou.desk.statistics.classes import Case, Domain, form_classes
from gongyou.desk.statistics.figures import Count, Query, answer
from gongyou.desk.statistics.places import place_of
from gongyou.desk.statistics.reading import fetch_counts, fetch_region_counts
from tests.desk.statistics import DOMAIN, NEXT, WEEK, ask, at, publish, random_town

LEAST = 5  # people
SEEDS = range(8)
PAIRS = 100
REGIONS = ("410000", "410800", "410100", "410300", "320000", "320500", "110000", "000000", None)
TOPICS = ("wage_arrears", "overtime_pay", "sick_pay", "work_injury", "contract", "crisis", None)


@dataclass(frozen=True)
class Town:
    """Two weeks of one town: each worker, and the classes they are published in."""

    workers: Sequence[tuple[date, Case]]
    classes: Sequence[tuple[Count, frozenset[int]]]

    def published(self, query: Query) -> frozenset[int]:
        """Who is behind the published answer."""
        taken = [people for count, people in self.classes if query.takes(count)]
        return frozenset().union(*taken)

    def raw(self, query: Query) -> frozenset[int]:
        """Who would be behind an unprotected one."""
        return frozenset(
            number
            for number, (monday, case) in enumerate(self.workers)
            if query.takes(count_of(monday, case))
        )

    def figure(self, query: Query) -> int:
        return answer((count for count, _ in self.classes), query) or 0


def count_of(monday: date, case: Case) -> Count:
    region = case.place.city or case.place.province
    return Count(monday, region, case.park, case.employer, case.topic, case.is_answered, 1)


def build_town(seed: int, domain: Domain = DOMAIN) -> Town:
    draw = random.Random(seed)
    workers = [
        (monday, Case(row["topic"], place_of(row["region"]), row["employer"] or None))
        for monday in (WEEK, NEXT)
        for row in random_town(draw)
    ]
    classes = []
    for monday in (WEEK, NEXT):
        numbered = {id(case): n for n, (week, case) in enumerate(workers) if week == monday}
        for group in form_classes([c for m, c in workers if m == monday], domain):
            label = group.label
            region = label.city or label.province or ""
            count = Count(
                monday, region, label.park, label.employer, label.topic, None, len(group.cases)
            )
            classes.append((count, frozenset(numbered[id(case)] for case in group.cases)))
    return Town(workers, classes)


def random_pairs(town: Town, draw: random.Random) -> Iterable[tuple[Query, Query]]:
    """Two questions that differ in one thing: another one, or none asked for."""
    employers = sorted({case.employer for _, case in town.workers if case.employer})
    choices = {
        "monday": (WEEK, NEXT),
        "region": REGIONS,
        "topic": TOPICS,
        "employer": (*employers, None, None, None),
    }
    for _ in range(PAIRS):
        query = Query(**{name: draw.choice(values) for name, values in choices.items()})
        name = draw.choice(list(choices))
        yield query, replace(query, **{name: draw.choice(choices[name])})


def is_safe(people: frozenset[int]) -> bool:
    return not people or len(people) >= LEAST


@pytest.fixture(params=SEEDS)
def town(request) -> Town:
    return build_town(request.param)


def test_a_hundred_pairs_of_questions_differ_by_nobody_or_by_five_and_more(town):
    leaks = 0
    for one, other in random_pairs(town, random.Random(len(town.workers))):
        mine, theirs = town.published(one), town.published(other)
        assert town.figure(one) == len(mine) and town.figure(other) == len(theirs)
        assert all(is_safe(people) for people in (mine, theirs, mine - theirs, theirs - mine))
        raw = (town.raw(one), town.raw(other))
        leaks += not (is_safe(raw[0] - raw[1]) and is_safe(raw[1] - raw[0]))
    assert leaks > 10  # without the protection the same pairs tell of one to four people


def test_a_total_minus_its_parts_leaves_nobody_or_five_and_more(town):
    for monday in (WEEK, NEXT):
        total = town.published(Query(monday))
        for name, values in (("region", REGIONS), ("topic", TOPICS)):
            parts = [town.published(Query(monday, **{name: value})) for value in values if value]
            assert is_safe(total - frozenset().union(*parts))


def test_a_province_minus_any_of_its_cities_leaves_nobody_or_five_and_more(town):
    for topic in TOPICS:
        province = town.published(Query(WEEK, "410000", topic))
        for cities in (("410800",), ("410100",), ("410800", "410100", "410300")):
            parts = (town.published(Query(WEEK, city, topic)) for city in cities)
            assert is_safe(province - frozenset().union(*parts))


def test_any_sum_and_difference_of_all_figures_is_one_of_whole_classes(town):
    """No two classes share a worker, so nothing finer than a class can be worked out at all."""
    counted = [number for _, people in town.classes for number in people]
    assert len(counted) == len(set(counted))
    assert min(len(people) for _, people in town.classes) >= LEAST
    assert len(counted) > 0.7 * len(town.workers)  # and the figures are worth something


# on a real desk


@pytest.fixture
def officers(session) -> list[Person]:
    scopes = {
        "nation": {"regions": ["000000"]},
        "province": {"regions": ["410000"]},
        "city": {"regions": ["410800"]},
        "two": {"regions": ["410800", "320500"]},
        "union": {"regions": ["410000"], "employer": "宏达机械厂"},
        "other union": {"regions": ["000000"], "employer": "明亮电子"},
    }
    people = [
        Person(login=name, name=name, role="officer", password_hash="", **scope)
        for name, scope in scopes.items()
    ]
    session.add_all(people)
    session.flush()
    return people


@pytest.fixture
def asked(session):
    return [ticket for row in random_town(random.Random(7)) for ticket in ask(session, 1, **row)]


def test_two_officers_see_the_same_classes_whole_or_not_at_all(session, asked, officers):
    publish(session)
    everything = fetch_counts(session, officers[0], [WEEK])
    assert all(count.workers >= LEAST for count in everything)
    for officer in officers[1:]:
        seen = fetch_counts(session, officer, [WEEK])
        assert seen and set(seen) < set(everything)


def test_reports_of_a_region_and_of_its_parts_differ_by_whole_classes(session, asked):
    publish(session)
    nation, province, city = (
        set(fetch_region_counts(session, [WEEK], region))
        for region in ("000000", "410000", "410800")
    )
    assert city and city < province < nation
    assert all(count.workers >= LEAST for count in nation)


def test_an_erased_worker_makes_no_difference_to_be_taken(session, asked, officers):
    publish(session)
    before = [fetch_counts(session, officer, [WEEK]) for officer in officers]
    for ticket in asked[::9]:
        erase_conversation(session, ticket.conversation_id, at(NEXT))
    publish(session)
    publish(session, NEXT)
    assert [fetch_counts(session, officer, [WEEK]) for officer in officers] == before
