"""Places named in a text, as GB/T 2260 codes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bot.zh.region_names import find_unknown, short_names
from bot.zh.spans import Span

_ROAD = re.compile(r"[东西南北中一二三]?(?:路|街|大道|大街|巷|桥|站台)|人寿|银行|时间|大学")
_JOINT = re.compile(r"[\s,、的·]{0,2}$")
_CUE = re.compile(r"[在是到去于从]$")
_LEVELS = {"province": 0, "city": 1, "county": 2}


@dataclass(frozen=True)
class Place:
    """One row of the list of regions: six-digit code, full name, level."""

    code: str
    name: str
    level: str


class RegionFinder:
    """Finds places by full name, by short name, and by province, city and county together."""

    def __init__(
        self,
        places: Iterable[Place],
        alone: Collection[str] = (),
        false_friends: Collection[str] = (),
    ) -> None:
        """Index the places.

        `alone`: short county names taken without their city or province nearby.
        `false_friends`: short names of provinces and cities that are also everyday words; they
        count only beside another place.
        """
        self._level = {place.code: place.level for place in places}
        self._full: dict[str, set[str]] = defaultdict(set)
        self._short: dict[str, set[str]] = defaultdict(set)
        for place in places:
            self._full[place.name].add(place.code)
            for short in short_names(place.name):
                self._short[short].add(place.code)
        self._alone, self._false_friends = frozenset(alone), frozenset(false_friends)
        self._everyday = {frozenset(self._short[name]) for name in self._false_friends}
        self._longest = max((len(name) for name in self._full), default=0)

    def find(self, text: str) -> list[Span]:
        """Return spans of kind `region`, `region_ambiguous` or `region_unknown`, in text order."""
        named = list(self._candidates(text))
        known = [span for span in named if self._is_certain(text, span, named)]
        spans = list(self._joined(text, self._resolved(known)))
        return sorted([*spans, *find_unknown(text, spans)], key=lambda span: span.start)

    def _candidates(self, text: str) -> Iterator[Span]:
        at = 0
        while at < len(text):
            span = self._longest_at(text, at)
            if span:
                yield span
            at = span.end if span else at + 1

    def _longest_at(self, text: str, at: int) -> Span | None:
        for size in range(min(self._longest, len(text) - at), 1, -1):
            name = text[at : at + size]
            codes = self._full.get(name) or self._short.get(name)
            if not codes or _ROAD.match(text, at + size):
                continue
            if not (name.endswith("市") and text.startswith("市中区", at + size - 1)):
                return Span(at, at + size, "full" if name in self._full else "short", codes)
        return None

    def _is_certain(self, text: str, span: Span, named: list[Span]) -> bool:
        """Say whether a name is meant as a place: full, well known, or in the company of one."""
        name = text[span.start : span.end]
        if (span.kind == "full" and len(name) > 2) or name in self._alone:
            return True
        upper = any(self._level[code] != "county" for code in span.value)
        if upper and name not in self._false_friends:
            return True
        if (upper or name.endswith("县")) and self._is_pointed_at(text, span):
            return True
        return any(self._holds(o, span) for o in named if 0 <= span.start - o.end <= 3)

    def _is_pointed_at(self, text: str, span: Span) -> bool:
        """Say whether 在, 到, 从 ... stands before a name, or the name is the whole text."""
        if len(span.value) == 1 and text.strip(" ,。的") == text[span.start : span.end]:
            return True
        return _CUE.search(text[: span.start]) is not None

    def _holds(self, other: Span, span: Span) -> bool:
        """Say whether some reading of `other` contains some reading of `span`."""
        return any(_within(inner, outer) for inner in span.value for outer in other.value)

    def _resolved(self, spans: list[Span]) -> list[Span]:
        readings = {frozenset(span.value) for span in spans}
        narrowed = {own: self._narrow(own, readings) for own in readings}
        return [
            Span(span.start, span.end, span.kind, narrowed[frozenset(span.value)]) for span in spans
        ]

    def _narrow(self, own: frozenset[str], readings: set[frozenset[str]]) -> frozenset[str]:
        """Keep the readings that fit the other places named; else those of the highest level."""
        outer = {code for other in readings if other != own for code in other}
        fitting = {code for code in own if any(_within(code, over) for over in outer)}
        if fitting or own in self._everyday:
            return frozenset(fitting or own)
        top = min(_LEVELS[self._level[code]] for code in own)
        return frozenset(code for code in own if _LEVELS[self._level[code]] == top)

    def _joined(self, text: str, spans: list[Span]) -> Iterator[Span]:
        """Merge 河南 + 焦作 + 武陟 into one span with the code of the last."""
        group: list[Span] = []
        for span in spans:
            if group and not self._continues(text, group[-1], span):
                yield _one(group)
                group = []
            group.append(_inside(span, group[-1]) if group else span)
        if group:
            yield _one(group)

    def _continues(self, text: str, left: Span, right: Span) -> bool:
        if not _JOINT.match(text[left.end : right.start]):
            return False
        return any(_within(inner, outer) for inner in right.value for outer in left.value)


def _one(group: list[Span]) -> Span:
    codes = group[-1].value
    start, end = group[0].start, group[-1].end
    if len(codes) == 1:
        return Span(start, end, "region", next(iter(codes)))
    return Span(start, end, "region_ambiguous", {"codes": sorted(codes)})


def _inside(span: Span, outer: Span) -> Span:
    """Keep of a place's readings those inside the place just named before it."""
    fitting = {code for code in span.value if any(_within(code, over) for over in outer.value)}
    return Span(span.start, span.end, span.kind, fitting)


def _within(inner: str, outer: str) -> bool:
    """Say whether the place `inner` lies inside the place `outer`."""
    if inner == outer:
        return False
    head = outer.rstrip("0")
    head += "0" * (len(head) % 2)
    return inner.startswith(head)
