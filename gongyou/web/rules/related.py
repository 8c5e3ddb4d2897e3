"""A rule among its kin: earlier and later versions, and what wider and narrower regions say."""

from collections.abc import Callable

from gongyou.rulebook.model import Rule
from gongyou.rulebook.model.regions import chain
from gongyou.web.rules.catalogue import Catalogue, Entry


def versions(catalogue: Catalogue, entry: Entry) -> list[Rule]:
    """The rules of the same place on the same thing before and after, this one too, oldest first.

    A rule in force beside it is for other cases, and no version of it.
    """
    kin = _kin(catalogue, entry, _same_place)
    apart = [one for one in kin if one is entry.rule or not _overlap(one, entry.rule)]
    return sorted(apart, key=lambda rule: rule.since)


def elsewhere(catalogue: Catalogue, entry: Entry) -> list[Rule]:
    """The rules of wider and narrower regions on the same thing, widest first."""
    return sorted(_kin(catalogue, entry, _around), key=lambda rule: (rule.region, rule.since))


def _kin(catalogue: Catalogue, entry: Entry, fits: Callable[[str, str], bool]) -> list[Rule]:
    return [
        other.rule
        for other in catalogue.entries
        if other.topic.name == entry.topic.name
        and fits(other.rule.region, entry.rule.region)
        and _same_thing(other.rule, entry.rule)
    ]


def _same_place(one: str, other: str) -> bool:
    return one == other


def _around(one: str, other: str) -> bool:
    return one != other and (one in chain(other) or other in chain(one))


def _overlap(one: Rule, other: Rule) -> bool:
    """Whether there is a day on which both hold."""
    ends_before = one.until is not None and one.until <= other.since
    begins_after = other.until is not None and other.until <= one.since
    return not (ends_before or begins_after)


def _same_thing(one: Rule, other: Rule) -> bool:
    """The same title (without the place before it), or the same cases with the same amount."""
    if one is other or _bare(one.title) == _bare(other.title):
        return True
    return bool(one.when) and set(one.when) == set(other.when) and _pay(one) == _pay(other)


def _pay(rule: Rule) -> tuple[bool, object]:
    """What is worked out, as far as the rulebook names it."""
    return rule.amount is None, rule.amount.name if rule.amount else None


def _bare(title: str) -> str:
    return title.split("：", 1)[-1].split("（", 1)[0]
