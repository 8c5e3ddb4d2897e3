"""Pay cycles cut a stoppage without a gap and without an overlap."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gongyou.rulebook import FactValue, read_rulebook
from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.judging.pay_cycles import pay_cycles
from gongyou.rulebook.judging.segments import Cut

BOOK = read_rulebook(Path(__file__).parents[2] / "rulebook")
TODAY = date(2026, 11, 21)


def cut(start: date, until: date | None = None, first_day: int = 1) -> Cut:
    facts: dict[str, FactValue] = {"stop_from": start, "pay_cycle_start_day": first_day}
    if until is not None:
        facts["stop_until"] = until
    return pay_cycles(BOOK.topics["wage_shutdown"], Known(BOOK, facts, TODAY))


def test_a_calendar_month_is_the_usual_cycle() -> None:
    made = cut(date(2020, 2, 3), date(2020, 4, 13)).segments
    assert [(s.since, s.until, s.kind) for s in made] == [
        (date(2020, 2, 3), date(2020, 3, 1), "first"),
        (date(2020, 3, 1), date(2020, 4, 1), "later"),
        (date(2020, 4, 1), date(2020, 4, 13), "later"),
    ]


def test_a_stoppage_that_goes_on_runs_through_today() -> None:
    assert cut(date(2026, 11, 1)).segments[-1].until == date(2026, 11, 22)


def test_a_cycle_may_cross_the_year() -> None:
    made = cut(date(2025, 12, 25), date(2026, 1, 25), first_day=21).segments
    assert [(s.cycle_since, s.cycle_until) for s in made] == [
        (date(2025, 12, 21), date(2026, 1, 21)),
        (date(2026, 1, 21), date(2026, 2, 21)),
    ]


@given(
    st.dates(date(1995, 1, 1), date(2026, 10, 1)),
    st.integers(1, 900),
    st.integers(1, 28),
)
def test_cycles_cover_the_stoppage_exactly(start: date, days: int, first_day: int) -> None:
    until = min(start + timedelta(days=days), TODAY)
    made = cut(start, until, first_day).segments
    assert made[0].since == start
    assert made[-1].until == until
    assert all(a.until == b.since == b.cycle_since for a, b in itertools.pairwise(made))
    assert [s.kind for s in made] == ["first", *["later"] * (len(made) - 1)]


def test_weekdays_are_mondays_to_fridays() -> None:
    first = cut(date(2020, 3, 1), date(2020, 3, 14)).segments[0]
    assert first.numbers == {"part_days": 13, "cycle_days": 31, "weekdays": 10}


@given(st.dates(date(1995, 1, 1), date(2026, 1, 1)), st.integers(1, 60))
def test_weekdays_are_counted_without_the_weekends(start: date, days: int) -> None:
    counted = sum((start + timedelta(days=n)).weekday() < 5 for n in range(days))
    made = cut(start, start + timedelta(days=days), first_day=1).segments
    assert (
        sum(s.numbers["weekdays"] for s in made if isinstance(s.numbers["weekdays"], Decimal))
        == counted
    )
