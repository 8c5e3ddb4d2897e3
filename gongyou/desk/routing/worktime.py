"""Working time: when somebody is reachable, and how much of that lies between two instants.

Every datetime taken is aware (a naive one raises ValueError) and every one given is in China's
zone. A timedelta called `working` counts only the time inside the hours.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

type IsWorkday = Callable[[date], bool]
type Span = tuple[time, time]  # [start, end) of one day
type Week = Mapping[int, Sequence[Span]]  # 0 is Monday

CHINA: Final = ZoneInfo("Asia/Shanghai")
LONGEST_SEARCH: Final = 400  # days; more than any year without a workday would need
_NOTHING: Final = timedelta()
_SATURDAY: Final = 5


class NeverOpen(ValueError):
    """No such working time within LONGEST_SEARCH days: hours that hardly or never open."""

    def __init__(self) -> None:
        super().__init__(f"these hours do not open long enough within {LONGEST_SEARCH} days")


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Open in `spans` of the weekday, on the days for which `is_workday` holds.

    A make-up workday (调休) has the spans of the weekday it falls on. ValueError for spans that
    overlap, are out of order or end before they start.
    """

    is_workday: IsWorkday
    spans: Week

    def __post_init__(self) -> None:
        for spans in self.spans.values():
            edges = [edge for span in spans for edge in span]
            if any(later <= earlier for earlier, later in pairwise(edges)):
                raise ValueError("spans of a day must follow one another")

    def is_open(self, at: datetime) -> bool:
        """Whether `at` lies in the hours; the instant a span ends does not."""
        at = in_china(at)
        return any(start <= at < end for start, end in self._spans_from(at, days=1))

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself when open, else the next start. Raises NeverOpen."""
        for start, _ in self._spans_from(in_china(at)):
            return start
        raise NeverOpen

    def add(self, at: datetime, working: timedelta) -> datetime:
        """The first instant by which that much working time has passed; `at` for none.

        ValueError for a negative time. Raises NeverOpen.
        """
        at = in_china(at)
        if working < _NOTHING:
            raise ValueError("working time cannot be negative")
        if not working:
            return at
        for start, end in self._spans_from(at):
            if working <= end - start:
                return start + working
            working -= end - start
        raise NeverOpen

    def between(self, since: datetime, until: datetime) -> timedelta:
        """Working time of [since, until); none when the clock was moved back."""
        since, until = in_china(since), in_china(until)
        days = (until.date() - since.date()).days + 1
        spans = self._spans_from(since, days)
        return sum((max(min(end, until) - start, _NOTHING) for start, end in spans), _NOTHING)

    def _spans_from(
        self, at: datetime, days: int = LONGEST_SEARCH
    ) -> Iterator[tuple[datetime, datetime]]:
        """What is left of the hours from `at` on, for that many days."""
        for day in (at.date() + timedelta(days=n) for n in range(days)):
            for start, end in self.spans.get(day.weekday(), ()) if self.is_workday(day) else ():
                opens, closes = (
                    datetime.combine(day, start, CHINA),
                    datetime.combine(day, end, CHINA),
                )
                if closes > at:
                    yield max(opens, at), closes


def office_hours(is_workday: IsWorkday, spans: Sequence[Span]) -> OfficeHours:
    """The same hours on every workday, whichever weekday it is."""
    return OfficeHours(is_workday, dict.fromkeys(range(7), spans))


def own_hours(is_workday: IsWorkday, hours: Mapping[str, Sequence[str]]) -> OfficeHours:
    """A volunteer's hours as stored, {"0": ["19:00", "22:00"]}; ValueError for what is no span.

    Monday to Friday they hold on workdays only: nobody is expected on a holiday. Hours given for
    a Saturday or Sunday always hold, that is when a volunteer has time. A weekend made a workday
    (调休) adds nothing: who gave no hours for Saturdays stays out of reach on that one.
    """
    week = {int(weekday): [_span_of(span)] for weekday, span in hours.items()}
    return OfficeHours(lambda day: day.weekday() >= _SATURDAY or is_workday(day), week)


def read_spans(written: Sequence[Sequence[str]]) -> tuple[Span, ...]:
    """[["09:00", "12:00"], …] as times of day."""
    return tuple(_span_of(span) for span in written)


def in_china(at: datetime) -> datetime:
    """The same instant in China's zone. ValueError for a naive datetime."""
    if at.tzinfo is None:
        raise ValueError("naive datetime")
    return at.astimezone(CHINA)


def _span_of(written: Sequence[str]) -> Span:
    start, end = written
    return time.fromisoformat(start), time.fromisoformat(end)
