"""Read the word lists of data/lexicon and the list of regions."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.zh.calendar import Festivals
from bot.zh.region_names import short_names
from bot.zh.regions import Place


@dataclass(frozen=True)
class Lexicon:
    """The words of data/lexicon, and the places of rulebook/regions.csv."""

    stages: tuple[tuple[str, str], ...]
    replies: tuple[tuple[str, str], ...]
    crisis: tuple[str, ...]
    crisis_figures: tuple[str, ...]
    counties_alone: tuple[str, ...]
    region_false_friends: tuple[str, ...]
    words: tuple[str, ...]
    circumstances: tuple[tuple[str, str, str], ...]
    festivals: Festivals
    places: tuple[Place, ...]

    def dictionary(self) -> list[str]:
        """Return every word the tokeniser must keep whole, sorted, each once."""
        words = {phrase for _, phrase in (*self.stages, *self.replies)}
        words |= {*self.words, *self.counties_alone}
        words |= {phrase for phrase in self.crisis if "…" not in phrase}
        for place in self.places:
            words.add(place.name)
            if place.level != "county":
                words |= short_names(place.name)
        return sorted(word for word in words if len(word) > 1)


def read_lexicon(folder: Path, regions: Path) -> Lexicon:
    """Load the lists from `folder` and the regions from a CSV file of code, name, level."""
    return Lexicon(
        stages=_pairs(folder / "stages.tsv"),
        replies=_pairs(folder / "replies.tsv"),
        crisis=_lines(folder / "crisis.txt"),
        crisis_figures=_lines(folder / "crisis_figures.txt"),
        counties_alone=_lines(folder / "counties_alone.txt"),
        region_false_friends=_lines(folder / "region_false_friends.txt"),
        words=_lines(folder / "words.txt"),
        circumstances=tuple(_triples(folder / "circumstances.tsv")),
        festivals=_festivals(folder / "festivals.tsv"),
        places=tuple(_places(regions)),
    )


def _lines(path: Path) -> tuple[str, ...]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _pairs(path: Path) -> tuple[tuple[str, str], ...]:
    rows = (line.split("\t") for line in _lines(path))
    return tuple((left.strip(), right.strip()) for left, right in rows)


def _triples(path: Path) -> Iterator[tuple[str, str, str]]:
    for line in _lines(path):
        kind, value, phrase = line.split("\t")
        yield kind, value, phrase


def _festivals(path: Path) -> Festivals:
    days: dict[str, dict[int, tuple[int, int]]] = {}
    for line in _lines(path):
        name, year, first = line.split("\t")
        month, _, day = first.partition("-")
        days.setdefault(name, {})[0 if year == "*" else int(year)] = (int(month), int(day))
    return days


def _places(path: Path) -> Iterator[Place]:
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield Place(row["code"], row["name"], row["level"])
