"""Addresses finer than a district: townships, villages, streets, houses, rooms."""

import re
from collections.abc import Iterator, Sequence

from gongyou.anonymising.regions import skip_regions
from gongyou.anonymising.signs import Signs, read_signs
from gongyou.anonymising.spans import Span
from gongyou.anonymising.tagging import Word

_COUNT = r"[0-9A-Za-z一二三四五六七八九十百甲乙丙丁东西南北#\-—~]"
_UNIT = r"号楼|号院|号|栋|幢|单元|弄|室|楼|层|房|院|排|户|座"
# 12号3单元502: what may follow a place.
HOUSE = re.compile(rf"(?:{_COUNT}{{1,6}}(?:{_UNIT})[内]?)+(?:\d{{2,4}}(?![\d元块.]))?")
STREET = re.compile(
    rf"[^\W\d在住到去从是我你他她给位于家和找寄]{{2,6}}(?:路|街|大道|巷|胡同)(?:{_COUNT}{{1,5}}(?:{_UNIT}))+"
)
JOINS = frozenset("与和、")


def find_addresses(folded: str, words: Sequence[Word]) -> Iterator[Span]:
    """All of them, overlapping ones as they come, without the region before the place."""
    signs = read_signs()
    for word in words:
        start = word.start + skip_regions(word.text)
        is_place = word.tag == "LOC" and folded[start : word.end] not in signs.open_places
        if word.end - start > 1 and (is_place or _ends_as_place(folded[start : word.end], signs)):
            yield Span(start, _end_of_house(folded, word.end), "address")
    for found in STREET.finditer(folded):
        start = found.start() + skip_regions(found[0])
        yield Span(start, _end_of_house(folded, found.end()), "address")


def join_neighbours(folded: str, spans: Sequence[Span]) -> list[Span]:
    """One address of two that touch, or of a crossing: 大学路 与 长江路."""
    joined: list[Span] = []
    for span in sorted(spans):
        last = joined[-1] if joined else None
        if last and folded[last.end : span.start] in ("", *JOINS):
            joined[-1] = Span(last.start, max(last.end, span.end), "address")
        else:
            joined.append(span)
    return joined


def _ends_as_place(text: str, signs: Signs) -> bool:
    """二铺营村, 荣盛小区; not 农村, nor 一条路."""
    long_enough = len(text) > 2 and text not in signs.no_places
    return long_enough and text.endswith(signs.place_ends) and not text.endswith(_no_place(signs))


def _no_place(signs: Signs) -> tuple[str, ...]:
    return tuple(word for word in signs.no_places if len(word) > 1)


def _end_of_house(folded: str, end: int) -> int:
    house = HOUSE.match(folded, end)
    return house.end() if house else end
