"""Days, months, years and intervals as workers write them, relative to a given today."""

from __future__ import annotations

import re
from datetime import date

from bot.zh.calendar import Festivals
from bot.zh.date_reading import read_period
from bot.zh.date_spans import Mention, join_next
from bot.zh.date_words import patterns
from bot.zh.spans import Span


class DateFinder:
    """Finds dates and intervals; knows the festivals it was given."""

    def __init__(self, festivals: Festivals | None = None) -> None:
        """Take festival days by name and year (year 0: every year)."""
        self._festivals = dict(festivals or {})
        self._patterns = patterns(list(self._festivals))

    def find(self, text: str, today: date) -> list[Span]:
        """Return spans of kind `date` or `date_invalid` from a folded text, in text order."""
        mentions = self._mentions(text, today)
        spans, at = [], 0
        while at < len(mentions):
            span, used = join_next(text, mentions, at, today)
            spans.append(span)
            at += used
        return spans

    def _mentions(self, text: str, today: date) -> list[Mention]:
        taken: list[Mention] = []
        for pattern in self._patterns:
            for found in pattern.finditer(text):
                clash = any(found.start() < m.end and m.start < found.end() for m in taken)
                if clash:
                    continue
                mention = self._read(found, today)
                if mention:
                    taken.append(mention)
        return sorted(taken, key=lambda mention: mention.start)

    def _read(self, found: re.Match[str], today: date) -> Mention | None:
        said = {key: value for key, value in found.groupdict().items() if value}
        has_year = bool({"y", "ys", "yw", "dw", "mw", "wk", "n"} & said.keys())
        month_end = said.get("monthpart") in ("月底", "月末")
        has_month = not month_end and ("d" not in said or "m" in said or "mw" in said)
        try:
            period = read_period(said, today, self._festivals)
        except (ValueError, OverflowError):
            return Mention(found.start(), found.end(), None)
        if period is None:
            return None
        return Mention(found.start(), found.end(), period, has_year, has_month, month_end)
