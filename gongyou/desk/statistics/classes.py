"""A week's workers in classes of five and more: the only thing that is ever published of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gongyou.desk.statistics.places import UNKNOWN, Place

LEAST: Final = 5  # workers in a class
_MOST_HIDDEN: Final = LEAST - 1  # workers in a group that is not published


@dataclass(frozen=True, slots=True)
class Case:
    """What is counted of one worker in one week. `employer` is a key, `park` a name."""

    topic: str
    place: Place
    employer: str | None = None
    park: str | None = None
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """What the workers of a class have in common; None: not told. `city` goes with `province`."""

    province: str | None = None
    city: str | None = None
    park: str | None = None
    employer: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A class and who is in it; `is_answered` is None when that is not told."""

    label: Label
    cases: Sequence[Case]
    level: Sequence[str]
    is_answered: bool | None = None


@dataclass(frozen=True, slots=True)
class Domain:
    """How many topics and provinces there may be, and cities in each province.

    What is not told of a class must have been one of several: see `_hides`.
    """

    topics: int
    provinces: int
    cities: Mapping[str, int] = field(default_factory=dict)


# From the finest to the coarsest: what a class tells. Employers and parks are of one city.
LEVELS: Final = (
    ("province", "city", "park", "employer", "topic"),
    ("province", "city", "park", "employer"),
    ("province", "city", "park", "topic"),
    ("province", "city", "park"),
    ("province", "city", "topic"),
    ("province", "city"),
    ("province", "topic"),
    ("province",),
    ("topic",),
    (),
)
_NEEDED: Final = ("province", "city", "employer")


def form_classes(cases: Iterable[Case], domain: Domain) -> list[Group]:
    """The classes of a week. Whoever fits into none is left out: fewer than five, or not hidden.

    The finest come first; who is in none of them is tried at the next level.
    """
    left, found = list(cases), list[Group]()
    for level in LEVELS:
        groups: dict[Label, list[Case]] = defaultdict(list)
        rest: list[Case] = []
        for case in left:
            label = _label(case, level)
            (rest if label is None else groups[label]).append(case)
        for label, group in groups.items():
            new = Group(label, group, level)
            if len(group) >= LEAST and _hides(new, found, domain):
                found.append(new)
            else:
                rest += group
        left = rest
    return [part for group in found for part in _by_answer(group)]


def _label(case: Case, level: Sequence[str]) -> Label | None:
    """What is told of the case at this level; None where it has nothing to tell."""
    told = {
        "province": case.place.province,
        "city": case.place.city,
        "park": case.park,
        "employer": case.employer,
        "topic": case.topic,
    }
    needed = [name for name in level if name in _NEEDED]
    if "park" in level and "employer" not in level:
        needed.append("park")
    if any(told[name] is None for name in needed):
        return None
    return Label(**{name: told[name] for name in level})


def _hides(new: Group, found: Iterable[Group], domain: Domain) -> bool:
    """Whether each finer group that this class stands for could be empty.

    A finer group that was not published has at most four workers; all but one of those must have
    room for the whole class. Employers are without number, and some are unknown, so they never need
    looking at; nor do the cities of an unknown province.
    """
    for name, candidates in _not_told(new, domain).items():
        finer = {*new.level, name}
        told = {
            getattr(one.label, name)
            for one in found
            if set(one.level) == finer and _agree(one.label, new.label, new.level)
        }
        if len(new.cases) > _MOST_HIDDEN * (candidates - len(told) - 1):
            return False
    return True


def _not_told(group: Group, domain: Domain) -> dict[str, int]:
    """What a finer level would tell of the group, and how many answers there might be."""
    province = group.label.province
    candidates = {"topic": domain.topics, "province": domain.provinces}
    if province != UNKNOWN:
        candidates["city"] = domain.cities.get(province or "", 0)
    levels = [set(level) for level in LEVELS]
    return {
        name: count
        for name, count in candidates.items()
        if name not in group.level and {*group.level, name} in levels
    }


def _agree(one: Label, other: Label, names: Iterable[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _by_answer(group: Group) -> list[Group]:
    """Those who have an answer and those who wait, where either is five and more."""
    answered = [case for case in group.cases if case.is_answered]
    waiting = [case for case in group.cases if not case.is_answered]
    if min(len(answered), len(waiting)) >= LEAST:
        parts = ((answered, True), (waiting, False))
        return [Group(group.label, cases, group.level, told) for cases, told in parts]
    return [group]
