"""Pay cycles: a stoppage judged month by month, as the Interim Provisions on Wages want it.

工资支付暂行规定（劳部发〔1994〕489号）第十二条 tells the first pay cycle from those after it.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.judging.segments import Cut, Segment
from gongyou.rulebook.model import ONGOING, UNKNOWN, Topic

MOST_CYCLES: Final = 36
_DAY: Final = timedelta(days=1)


def pay_cycles(topic: Topic, known: Known) -> Cut:
    """[stop_from, stop_until) cut at the starts of pay cycles; asks for what it needs."""
    start = known.get("stop_from")
    if start is None:
        return Cut(missing=("stop_from",))
    end = known.get("stop_until")
    if end in (UNKNOWN, ONGOING) or end is None:
        end = known.on + _DAY
    if not isinstance(start, date) or not isinstance(end, date):
        return Cut(refused="stop_from_unknown")
    first_day = known.get("pay_cycle_start_day")
    cycles = _cycles(start, end, first_day if isinstance(first_day, int) else 1)
    asks = len(cycles) > 1 and not isinstance(first_day, int)
    missing = ("pay_cycle_start_day",) if asks else ()
    if len(cycles) > MOST_CYCLES:
        return Cut(refused="too_long")
    return Cut((*cycles, *_after_resume(known, cycles[-1])), missing)


@lru_cache(maxsize=4096)
def _cycles(start: date, end: date, first_day: int) -> tuple[Segment, ...]:
    """The cycles from `start` to `end`, kept: many stoppages begin and end with a month."""
    since = start.replace(day=first_day)
    if since > start:
        since = _next_month(since, back=True)
    made: list[Segment] = []
    while since < end:
        until = _next_month(since)
        kind = "later" if made else "first"
        made.append(_cycle(max(since, start), min(until, end), since, until, len(made) + 1, kind))
        since = until
    return tuple(made)


def _cycle(
    since: date, until: date, cycle_since: date, cycle_until: date, number: int, kind: str
) -> Segment:
    part = "yes" if kind == "later" and until < cycle_until else "no"
    days = (until - since).days
    numbers = {
        "part_days": Decimal(days),
        "cycle_days": Decimal((cycle_until - cycle_since).days),
        "weekdays": Decimal(_weekdays(since, days)),
    }
    facts = {"cycle": kind, "part": part}
    return Segment(since, until, cycle_since, cycle_until, number, kind, facts, numbers)


def _weekdays(since: date, days: int) -> int:
    """Mondays to Fridays among so many days from `since` on."""
    weeks, rest = divmod(days, 7)
    first = since.weekday()
    weekend = max(0, min(first + rest, 7) - max(first, 5)) + max(0, first + rest - 12)
    return weeks * 5 + rest - weekend


def _after_resume(known: Known, last: Segment) -> tuple[Segment, ...]:
    """The days worked after a stoppage that ended inside a later cycle, when they are known."""
    if last.facts["part"] == "no" or not isinstance(known.get("workdays_after_resume"), int):
        return ()
    after = _cycle(
        last.until,
        last.cycle_until,
        last.cycle_since,
        last.cycle_until,
        last.number,
        "after_resume",
    )
    return (after,)


def _next_month(day: date, back: bool = False) -> date:
    months = day.year * 12 + day.month - 1 + (-1 if back else 1)
    return day.replace(year=months // 12, month=months % 12 + 1)
