"""How far the rulebook reaches: topic by province by period, found out by asking it.

For every topic one plain case of each of its matters is asked in every province on days spread
over every period, the first and the last among them; the commonest outcome counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from gongyou.rulebook.checking.plain_case import PlainCase, ask, moved, plain_cases
from gongyou.rulebook.model import Rulebook, Topic
from gongyou.rulebook.model.errors import FactError
from gongyou.rulebook.model.outcomes import Answer, NeedFacts, NoRule
from gongyou.rulebook.reading.cases import Cases

type Reach = Literal["answered", "unverified", "needs a person"]

_STEPS: Final = 4
REACHES: Final[tuple[Reach, ...]] = ("answered", "unverified", "needs a person")
_BORDERS: Final = (date(2020, 1, 24), date(2023, 1, 8), date(2025, 9, 1))


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the law of the epidemic: [since, until)."""

    since: date
    until: date

    @property
    def days(self) -> tuple[date, ...]:
        """Days spread evenly from the first to the last."""
        length = (self.until - self.since).days - 1
        return tuple(self.since + timedelta(days=length * n // _STEPS) for n in range(_STEPS + 1))

    def __str__(self) -> str:
        return f"{self.since}..{self.until - timedelta(days=1)}"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a plain case of one matter comes to in one province and period, and why.

    `answered`: on how many of the days asked about (of `asked`) there was an answer.
    """

    topic: str
    matter: str | None
    region: str
    period: Period
    reach: Reach
    why: str = ""
    answered: int = 0
    asked: int = 0


def periods(today: date) -> tuple[Period, ...]:
    """2020-01-24..2023-01-07, ..2025-08-31, and since then up to and including today."""
    ends = (*_BORDERS[1:], today + timedelta(days=1))
    return tuple(Period(*pair) for pair in zip(_BORDERS, ends, strict=True))


def provinces(rulebook: Rulebook) -> list[str]:
    """The codes of the 31 provinces of the mainland."""
    return [code for code in rulebook.regions.by_code if code.endswith("0000") and code < "7"]


def cover(
    rulebook: Rulebook, cases: Cases, today: date, topics: Iterable[Topic] | None = None
) -> Iterator[Cell]:
    """Every cell, topic by topic; of these topics, or of all."""
    for topic in topics or rulebook.topics.values():
        for plain in plain_cases(rulebook, topic, cases, today):
            for region in provinces(rulebook):
                for period in periods(today):
                    yield _cell(rulebook, plain, region, period)


def _cell(rulebook: Rulebook, plain: PlainCase, region: str, period: Period) -> Cell:
    judged = [_judge(rulebook, moved(rulebook, plain, region, day)) for day in period.days]
    counts = Counter(reach for reach, _ in judged)
    reach = max(REACHES, key=lambda one: (counts[one], REACHES.index(one)))
    why = next(why for found, why in judged if found == reach)
    answered = counts["answered"]
    return Cell(plain.topic, plain.matter, region, period, reach, why, answered, len(judged))


def _judge(rulebook: Rulebook, case: PlainCase) -> tuple[Reach, str]:
    try:
        outcome = ask(rulebook, case)
    except FactError as error:
        return "needs a person", f"the plain case cannot be moved here: {error}"
    match outcome:
        case NoRule():
            return "needs a person", "no rule"
        case NeedFacts():
            return "needs a person", f"needs {outcome.missing[0]}"
        case Answer():
            return _judge_answer(outcome)


def _judge_answer(answer: Answer) -> tuple[Reach, str]:
    missing = [text for total in answer.totals for text in total.missing]
    missing += [step.missing for step in answer.steps if step.missing]
    if answer.status == "unverified":
        return "unverified", missing[0] if missing else answer.title
    if missing:
        return "needs a person", missing[0]
    if any(one.eligible is None for one in answer.eligibility):
        return "needs a person", "eligible or not hangs on facts not known"
    return "answered", ""
