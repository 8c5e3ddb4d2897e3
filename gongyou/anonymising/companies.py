"""Companies: what the tagger takes for an organisation, and what ends as companies' names do."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from gongyou.anonymising.regions import skip_regions
from gongyou.anonymising.signs import Signs, read_signs
from gongyou.anonymising.spans import Span
from gongyou.anonymising.tagging import Word

NAMING = frozenset({"ORG", "PER", "nz", "nw", "LOC"})
INSIDE = NAMING | {"n", "vn", "an", "s"}
# A name's own words before 有限公司: verbs and the rest may be among them.
INSIDE_SURE = INSIDE | {"v", "a", "ad", "f", "m", "d", "xc"}
LONGEST = 6  # words
OPEN, CLOSE = "(", ")"


def find_companies(folded: str, words: Sequence[Word]) -> Iterator[Span]:
    """All of them, overlapping ones as they come, without the region before the name."""
    signs = read_signs()
    for at, word in enumerate(words):
        if word.tag == "ORG" and _is_company(word.text, folded[word.end : word.end + 2], signs):
            yield from _without_region(folded, word.start, _end_of_name(words, at, signs))
        elif word.text.endswith(signs.sure_ends):
            yield from _without_region(folded, _start_of_name(words, at, INSIDE_SURE), word.end)
        elif word.text.endswith(signs.likely_ends) and word.tag in INSIDE:
            start = _start_of_name(words, at, INSIDE)
            if _is_told(words, start, at, folded):
                yield from _without_region(folded, start, word.end)
    for found in _well_known().finditer(folded):
        yield Span(*found.span(), "company")


def _is_company(text: str, after: str, signs: Signs) -> bool:
    own = text[skip_regions(text) :]
    public = signs.public_bodies.search(text + after)
    return bool(own) and own not in signs.no_companies and not public


def _end_of_name(words: Sequence[Word], at: int, signs: Signs) -> int:
    """海底捞 火锅 店: up to the word that ends as a company does, if one follows at once."""
    for after in words[at + 1 : at + 4]:
        if after.tag not in INSIDE:
            break
        if after.text.endswith((*signs.sure_ends, *signs.likely_ends)):
            return after.end
    return words[at].end


def _start_of_name(words: Sequence[Word], at: int, inside: frozenset[str]) -> int:
    """Where the words that belong to the name begin."""
    signs, start = read_signs(), words[at].start
    for before in reversed(words[max(0, at - LONGEST) : at]):
        bracket = before.text in (OPEN, CLOSE)
        ends_it = before.text in signs.no_companies or before.text in signs.posts
        if ends_it or not (before.tag in inside or bracket):
            break
        start = before.start
    return start


def _is_told(words: Sequence[Word], start: int, at: int, folded: str) -> bool:
    """Whether there is a name before the end: 鑫源 电子厂, or a region and then words of its own
    (阜阳市 华星 服饰), not 大 公司."""
    name = [word for word in words[: at + 1] if word.start >= start]
    regions = [word for word in name if skip_regions(word.text) == len(word.text)]
    own = [word for word in name[:-1] if word not in regions]
    return any(word.tag in NAMING for word in own) or bool(regions and own)


def _without_region(folded: str, start: int, end: int) -> Iterator[Span]:
    """Nothing, when what is left says no more than 医院 or 公司."""
    signs, start = read_signs(), start + skip_regions(folded[start:end])
    own = folded[start:end]
    says_nothing = len(own) < 2 or own in signs.no_companies or own in signs.likely_ends
    if not says_nothing and not signs.public_bodies.search(own):
        yield Span(start, end, "company")


@cache
def _well_known() -> re.Pattern[str]:
    signs = read_signs()
    ends = "|".join((*signs.sure_ends, *signs.likely_ends))
    return re.compile(rf"(?:{'|'.join(signs.well_known)})(?:[^\W\d]{{0,4}}?(?:{ends}))?")
