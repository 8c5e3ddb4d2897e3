"""Pay cycles cut a stoppage without a gap and without an overlap."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gongyou.rulebook import read_rulebook
from gongyou.rulebook.formulas import Span, mixed_month, share, span_of
from gongyou.rulebook.known import Known
from gongyou.rulebook.segments import Cut, pay_cycles

BOOK = read_rulebook(Path(__file__).parents[2] / "rulebook")
TODAY = date(2026, 11, 21)


def cut(start: date, until: date | None = None, first_day: int = 1) -> Cut:
    facts = {"stop_from": start, "pay_cycle_start_day": first_day}
    if until is not None:
        facts["stop_until"] = until
    return pay_cycles(Known(BOOK.facts, facts, TODAY))


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


@given(st.integers(1, 31), st.decimals(1, 10000, places=2), st.decimals(0, 1, places=2))
def test_a_part_is_never_more_than_the_whole(days: int, base: Decimal, rate: Decimal) -> None:
    values = {"base": base, "rate": rate}
    part, full = Span(days, 31, 0), Span(31, 31, 23)
    assert share(values, part) <= share(values, full)


@given(st.decimals(0, "21.75", places=2))
def test_some_days_of_work_lie_between_none_and_all(days: Decimal) -> None:
    values = {
        "base": Decimal(1900), "rate": Decimal("0.8"), "days": days, "month_days": Decimal("21.75")
    }  # fmt: skip
    amount = mixed_month(values, Span(30, 30, 22))
    assert Decimal(1520) <= amount.quantize(Decimal("0.01")) <= Decimal(1900)


def test_weekdays_are_mondays_to_fridays() -> None:
    span = span_of(date(2020, 3, 1), date(2020, 3, 14), date(2020, 3, 1), date(2020, 4, 1))
    assert span == Span(13, 31, 10)
