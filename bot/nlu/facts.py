"""Everything a worker's sentence states, as spans of typed facts. No Rasa in here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bot.nlu.phrases import PhraseFinder
from bot.zh.child_age import find_child_age
from bot.zh.circumstances import CircumstanceFinder
from bot.zh.contribution import find_contribution
from bot.zh.dates import DateFinder
from bot.zh.durations import find_durations
from bot.zh.headcount import find_headcount
from bot.zh.lexicon import Lexicon
from bot.zh.money import find_money
from bot.zh.overtime import find_overtime
from bot.zh.pregnancy import find_pregnancy
from bot.zh.regions import RegionFinder
from bot.zh.spans import Span, blank_out
from bot.zh.whose import NOT_OURS

# A reply longer than this is a story, not a yes or a no.
_SHORT = 12
_DENIED = re.compile(r"(?:不是|并非|不在|没在)\s*$")
_PLACE_KINDS = {"region", "region_ambiguous", "region_unknown"}


class FactReader:
    """Reads the facts of one folded text; holds the finders, keeps nothing between texts."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Index the lexicon."""
        self._regions = RegionFinder(
            lexicon.places, lexicon.counties_alone, lexicon.region_false_friends
        )
        self._dates = DateFinder(lexicon.festivals)
        self._circumstances = CircumstanceFinder(lexicon.circumstances)
        self._phrases = PhraseFinder(lexicon)

    def read(self, text: str, today: date) -> list[Span]:
        """Return the facts of a folded text in text order; offsets are those of `text`."""
        places = self._regions.find(text)
        rest = blank_out(text, places)
        counted = list(find_counted(rest))
        rest = blank_out(rest, counted)
        dates = self._dates.find(rest, today)
        rest = blank_out(rest, dates)
        lasting = list(find_durations(rest))
        rest = blank_out(rest, lasting)
        stated = [*places, *dates, *lasting, *find_money(rest)]
        facts = _affirmed(text, stated) + [span for span in counted if span.kind != NOT_OURS]
        facts += self._circumstances.find(text)
        facts += self._phrases.stages(text)
        if len(text.strip()) <= _SHORT and not any(f.kind in _PLACE_KINDS for f in facts):
            facts += [reply for reply in self._phrases.reply(text) if not _leads_to(reply, stated)]
        return sorted(facts, key=lambda fact: (fact.start, fact.end))


def find_counted(text: str) -> Iterator[Span]:
    """Yield what is counted in months, years, hours or heads and is no mere duration; the first
    reader to claim a place has it. Places stand blanked out of `text`."""
    taken: list[Span] = []
    for find in (find_pregnancy, find_child_age, find_contribution, find_overtime, find_headcount):
        found = [span for span in find(text) if not any(span.overlaps(o) for o in taken)]
        taken += found
        yield from found


def _affirmed(text: str, facts: Iterable[Span]) -> list[Span]:
    """Leave out what is denied when something of its kind is put in its place: 不是焦作，是株洲."""
    kept = []
    facts = list(facts)
    for fact in facts:
        denied = _DENIED.search(text[max(0, fact.start - 4) : fact.start])
        if not (denied and any(_same_kind(fact, o) and o.start > fact.end for o in facts)):
            kept.append(fact)
    return kept


def _same_kind(one: Span, other: Span) -> bool:
    return one.kind == other.kind or {one.kind, other.kind} <= _PLACE_KINDS


def _leads_to(reply: Span, facts: Iterable[Span]) -> bool:
    """Say whether a reply is only the beginning of a fact: 不是4000 / 干了20天."""
    return any(fact.start == reply.end for fact in facts)
