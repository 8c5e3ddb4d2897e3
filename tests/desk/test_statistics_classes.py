"""Classes of a week: five workers or more, each worker in one, the finest that can be told."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations_with_replacement, compress, product

import pytest

from gongyou.desk.statistics.classes import Case, Domain, form_classes
from gongyou.desk.statistics.classes import Group as Classes
from gongyou.desk.statistics.places import Place, place_of

DOMAIN = Domain(topics=30, provinces=34, cities={"410000": 18, "320000": 13})


def people(number: int, topic="wage_arrears", region="410800", **more) -> list[Case]:
    return [Case(topic, place_of(region), **more) for _ in range(number)]


def sizes(cases: list[Case], domain: Domain = DOMAIN) -> dict[tuple[str | None, ...], int]:
    """Workers by what is told of them: city or province, employer, topic."""
    return {
        (one.label.city or one.label.province, one.label.employer, one.label.topic): len(one.cases)
        for one in form_classes(cases, domain)
    }


def test_five_of_one_employer_and_topic_are_a_class():
    assert sizes(people(5, employer="e")) == {("410800", "e", "wage_arrears"): 5}


def test_four_workers_are_nowhere_in_the_figures():
    assert sizes(people(4)) == {}


def test_an_employers_small_topics_go_together():
    cases = people(3, "sick_pay", employer="e") + people(3, "contract", employer="e")
    assert sizes(cases) == {("410800", "e", None): 6}


def test_small_employers_are_told_by_topic_alone():
    cases = people(3, employer="a") + people(3, employer="b")
    assert sizes(cases) == {("410800", None, "wage_arrears"): 6}


def test_small_employers_of_one_park_are_told_by_the_park():
    cases = people(3, employer="a", park="p") + people(3, employer="b", park="p") + people(9)
    parks = {one.label.park: len(one.cases) for one in form_classes(cases, DOMAIN)}
    assert parks == {"p": 6, None: 9}


def test_few_in_a_city_are_told_by_the_province():
    cases = people(3, region="410100") + people(3, region="410200")
    assert sizes(cases) == {("410000", None, "wage_arrears"): 6}


def test_few_in_a_province_are_told_by_topic_and_not_by_place():
    cases = people(3, region="410100") + people(3, region="320500")
    assert sizes(cases) == {(None, None, "wage_arrears"): 6}


def test_a_region_not_known_is_a_region():
    assert sizes(people(5, region="000000")) == {("000000", None, "wage_arrears"): 5}


def test_the_four_beside_a_large_class_cannot_be_told_from_any_total():
    cases = people(12, employer="e") + people(4, employer="f")
    assert sum(sizes(cases).values()) == 12


def test_two_groups_that_would_have_to_be_filled_are_not_told_together():
    """Six in the only two cities of a province, at most four in either: neither can be empty."""
    cases = people(3, region="410100") + people(3, region="410200")
    two = Domain(topics=30, provinces=1, cities={"410000": 2})
    assert sizes(cases, two) == {}


def test_answered_and_waiting_are_told_where_both_are_five():
    cases = people(5, is_answered=True) + people(6) + people(4, "contract", is_answered=True)
    cases += people(6, "contract")
    found = form_classes(cases, DOMAIN)
    told = Counter((one.label.topic, one.is_answered, len(one.cases)) for one in found)
    expected = [("wage_arrears", True, 5), ("wage_arrears", False, 6), ("contract", None, 10)]
    assert told == Counter(expected)


@pytest.mark.parametrize(
    ("region", "place"),
    [
        ("410802", Place("410000", "410800")),
        ("410800", Place("410000", "410800")),
        ("410000", Place("410000", None)),
        ("419001", Place("410000", "419001")),
        ("110105", Place("110000", "110000")),
        ("000000", Place("000000", None)),
    ],
)
def test_a_region_is_told_by_its_city(region, place):
    assert place_of(region) == place


# every possible world of a small town

MOST = 10  # workers
type Group = tuple[tuple[str, str], ...]

TWO_CITIES = [Case(t, place_of(city)) for city in ("410100", "410200") for t in "abc"]
ONE_EMPLOYER = [Case(t, place_of("410100"), employer) for employer in ("e", None) for t in "abc"]


def told(case: Case) -> dict[str, str | None]:
    return {"city": case.place.city, "employer": case.employer, "topic": case.topic}


def groups_of(cells: list[Case], *names: str) -> list[Group]:
    """Whoever has these things in common: each value of each name, alone and with others."""
    found: set[Group] = set()
    for case, chosen in product(cells, product((False, True), repeat=len(names))):
        pairs = [(name, told(case)[name]) for name in compress(names, chosen)]
        if pairs and all(value is not None for _, value in pairs):
            found.add(tuple((name, str(value)) for name, value in pairs))
    return sorted(found)


def count_hidden(world: Sequence[Case], found: Sequence[Classes], group: Group) -> int:
    """How many of the group are in no class that says they are of it."""
    known = sum(
        len(one.cases)
        for one in found
        if all(getattr(one.label, name) == value for name, value in group)
    )
    return sum(all(told(case)[n] == value for n, value in group) for case in world) - known


def is_told(found: Sequence[Classes], group: Group, names: Sequence[str]) -> bool:
    """Whether a class is the group itself."""
    wanted = [dict(group).get(name) for name in names]
    return any([getattr(one.label, name) for name in names] == wanted for one in found)


@pytest.mark.parametrize(
    ("cells", "names", "cities"),
    [(TWO_CITIES, ("city", "topic"), 2), (ONE_EMPLOYER, ("employer", "topic"), 1)],
    ids=["two cities", "one employer"],
)
def test_no_world_is_told_from_one_in_which_a_small_group_is_empty_or_full(cells, names, cities):
    """Whatever is published, as many as 0 and as 4 of every group may be hidden behind it.

    Four are kept free in each world, since the worlds end at ten workers.
    """
    domain = Domain(topics=3, provinces=1, cities={"410000": cities})
    groups = groups_of(cells, *names)
    seen: dict[object, dict[Group, set[int]]] = {}
    for number in range(MOST + 1):
        for world in combinations_with_replacement(cells, number):
            found = form_classes(world, domain)
            published = tuple(sorted((str(one.label), len(one.cases)) for one in found))
            if sum(size for _, size in published) > MOST - 4 or (not found and number > 5):
                continue
            hidden = seen.setdefault(published, {})
            for group in groups:
                if not is_told(found, group, names):
                    hidden.setdefault(group, set()).add(count_hidden(world, found, group))
    assert len(seen) > 10
    for published, by_group in seen.items():
        for group, numbers in by_group.items():
            assert set(range(5)) <= numbers, (published, group)
