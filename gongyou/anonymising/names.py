"""Names of people: what the tagger takes for one, and what stands where a name stands."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from gongyou.anonymising.signs import Signs, read_signs
from gongyou.anonymising.spans import Span
from gongyou.anonymising.tagging import Word

DOT = "·•・‧∙"
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
SMALL_WORDS = frozenset({"p", "c", "d", "u", "r", "xc"})
NOT_IN_NAMES = SMALL_WORDS | {"w", "m", "q", "TIME", "LOC", "ORG"}


def find_names(folded: str, words: Sequence[Word]) -> Iterator[Span]:
    """All of them, overlapping ones as they come; a name found once is found wherever it stands."""
    signs = read_signs()
    found = [
        *_tagged(words, signs),
        *_dotted(words),
        *_after_posts(words, signs),
        *_with_titles(folded, words, signs),
    ]
    yield from found
    yield from _again(folded, words, found)


def _tagged(words: Sequence[Word], signs: Signs) -> Iterator[Span]:
    """PER; a surname alone takes the next word with it: 曹 建设."""
    for at, word in enumerate(words):
        if word.tag != "PER" or word.text in signs.no_names or not _has_letters(word.text):
            continue
        end = word.end
        if word.text in signs.surnames | signs.double_surnames and at + 1 < len(words):
            follower = words[at + 1]
            if follower.tag not in NOT_IN_NAMES and len(follower.text) <= 2:
                end = follower.end
        if end - word.start > 1:
            yield Span(word.start, end, "name")


def _dotted(words: Sequence[Word]) -> Iterator[Span]:
    """阿依古丽·买买提: the words on both sides of the dot, up to a second name after it."""
    for at in range(1, len(words) - 1):
        if words[at].text not in DOT or not CHINESE.fullmatch(words[at - 1].text):
            continue
        after = words[at + 1 : at + 4]
        ends = [word.end for word in after if word.tag == "PER"]
        end = ends[0] if ends else after[0].end
        if not ends and len(after) > 1 and len(after[0].text) == 1 and after[1].tag != "w":
            end = after[1].end
        yield Span(words[at - 1].start, end, "name")


def _after_posts(words: Sequence[Word], signs: Signs) -> Iterator[Span]:
    """班长 花木: after a post or 我叫, a word that begins with a surname."""
    no_name = {*signs.posts, *signs.titles}
    for before, word in pairwise(words):
        fits = word.tag not in NOT_IN_NAMES | {"v", "a"} and 2 <= len(word.text) <= 4
        begins = before.text in signs.posts and signs.begins_as_name(word.text)
        if fits and begins and word.text not in no_name:
            yield Span(word.start, word.end, "name")


def _with_titles(folded: str, words: Sequence[Word], signs: Signs) -> Iterator[Span]:
    """何总, 林主任; 强哥, where no 我 or 大 stands before 哥. Not 费律师 in 律师费律师."""
    begins = {word.start for word in words if word.tag not in SMALL_WORDS | {"q", "m"}}
    for found in _title_pattern().finditer(folded):
        title, after = found["title"], folded[found.end() : found.end() + 1]
        is_word = after and after in signs.not_after_title.get(title, "")
        if found.start() not in begins or is_word or found[0] in signs.no_names:
            continue
        yield Span(*found.span(), "name")
    for found in _kin_pattern().finditer(folded):
        if found.start() in begins and found[0] not in signs.no_names:
            yield Span(*found.span(), "name")


def _again(folded: str, words: Sequence[Word], found: Sequence[Span]) -> Iterator[Span]:
    """The same name elsewhere, unless it is a verb or an adjective there: 他高兴就给批假."""
    plain = {word.start for word in words if word.tag in ("v", "a", "ad", "d", "vn")}
    for name in {folded[span.start : span.end] for span in found}:
        for again in re.finditer(re.escape(name), folded):
            if again.start() not in plain:
                yield Span(*again.span(), "name")


def _has_letters(text: str) -> bool:
    return any(char.isalpha() for char in text)


@cache
def _title_pattern() -> re.Pattern[str]:
    signs = read_signs()
    surnames = "|".join((*signs.double_surnames, *signs.surnames))
    return re.compile(rf"(?:{surnames})(?P<title>{'|'.join(signs.titles)})")


@cache
def _kin_pattern() -> re.Pattern[str]:
    signs = read_signs()
    return re.compile(rf"[^\W\d_a-zA-Z{signs.nobody_before}](?:{'|'.join(signs.kin)})(?!妹|们|儿)")
