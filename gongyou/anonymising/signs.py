"""What the search goes by: surnames, titles, endings ... (signs.yaml)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SIGNS = Path(__file__).with_name("signs.yaml")


@dataclass(frozen=True)
class Signs:
    """signs.yaml, read; there each list says what it is."""

    surnames: frozenset[str]
    double_surnames: frozenset[str]
    titles: tuple[str, ...]
    not_after_title: Mapping[str, str]
    nobody_before: str
    kin: tuple[str, ...]
    posts: frozenset[str]
    no_names: frozenset[str]
    sure_ends: tuple[str, ...]
    likely_ends: tuple[str, ...]
    well_known: tuple[str, ...]
    public_bodies: re.Pattern[str]
    no_companies: frozenset[str]
    place_ends: tuple[str, ...]
    no_places: frozenset[str]
    open_places: frozenset[str]

    def begins_as_name(self, word: str) -> bool:
        """Whether its first character, or two, are a surname."""
        return word[:1] in self.surnames or word[:2] in self.double_surnames


@cache
def read_signs() -> Signs:
    """The lists, read once."""
    said: dict[str, Any] = yaml.safe_load(SIGNS.read_text(encoding="utf-8"))
    return Signs(
        surnames=frozenset(said["surnames"].replace(" ", "")),
        double_surnames=frozenset(said["double_surnames"]),
        titles=_longest_first(said["titles"]),
        not_after_title=said["not_after_title"],
        nobody_before=said["nobody_before"],
        kin=tuple(said["kin"]),
        posts=frozenset(said["posts"]),
        no_names=frozenset(said["no_names"]),
        sure_ends=_longest_first(said["company_ends"]["sure"]),
        likely_ends=_longest_first(said["company_ends"]["likely"]),
        well_known=_longest_first(said["well_known"]),
        public_bodies=re.compile(said["public_bodies"].replace(" ", "")),
        no_companies=frozenset(said["no_companies"]),
        place_ends=_longest_first(said["place_ends"]),
        no_places=frozenset(said["no_places"]),
        open_places=frozenset(said["open_places"]),
    )


def _longest_first(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))
