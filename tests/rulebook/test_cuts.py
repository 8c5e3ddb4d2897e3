"""Days judged one by one by the calendar; a span cut where the law changes."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from gongyou.rulebook import NeedFacts
from tests.rulebook.tiny import Tiny, rule, tiny

PER_DAY = "{{formula: {} * overtime_days}}"
HEAD = "segments: days\nfacts: [day_kind, overtime_days, compensated, wage]"


def overtime(folder: Path) -> Tiny:
    return tiny(
        folder,
        rule("REST", when="{day_kind: rest, compensated: no}", amount=PER_DAY.format(200)),
        rule("LIEU", when="{day_kind: rest, compensated: yes}", amount=PER_DAY.format(0)),
        rule("HOLIDAY", when="{day_kind: statutory}", amount=PER_DAY.format(300)),
        head=HEAD,
    )


def test_each_date_is_judged_by_the_official_calendar(tmp_path: Path) -> None:
    days = (date(2020, 1, 25), date(2020, 1, 28))  # New Year's Day of the moon; a day off in lieu
    assert overtime(tmp_path).answer(work_dates=days).total == Decimal(500)


def test_a_rest_day_given_back_is_not_paid_again(tmp_path: Path) -> None:
    days = (date(2026, 11, 14), date(2026, 11, 15))
    answer = overtime(tmp_path).answer(work_dates=days, compensated_dates=days[:1])
    assert answer.total == Decimal(200)


def test_without_dates_the_kind_of_day_is_asked(tmp_path: Path) -> None:
    made = overtime(tmp_path)
    assert isinstance(made.ask(), NeedFacts)
    assert made.answer(day_kind="statutory", overtime_days=Decimal(2)).total == Decimal(600)


def test_in_a_year_without_a_calendar_the_kind_of_day_is_asked(tmp_path: Path) -> None:
    outcome = overtime(tmp_path).ask(work_dates=(date(2001, 5, 1),))
    assert isinstance(outcome, NeedFacts)
    assert outcome.missing[0] == "day_kind"


def periods(folder: Path) -> Tiny:
    return tiny(
        folder,
        rule("OLD", until="2023-01-08", amount="{formula: 100 * workdays}"),
        rule("NEW", since="2023-01-08", amount="{formula: 10 * workdays}"),
        head="segments: law_periods\nspan: [began, ended, workdays]\nfacts: [began, workdays]",
    )


def test_a_span_is_cut_on_the_day_the_law_changes(tmp_path: Path) -> None:
    answer = periods(tmp_path).answer(began=date(2023, 1, 2), ended=date(2023, 1, 14))
    assert [step.amount for step in answer.steps] == [Decimal(400), Decimal(50)]
    assert answer.total == Decimal(450)


def test_a_span_within_one_law_takes_the_workdays_told(tmp_path: Path) -> None:
    made = periods(tmp_path)
    days = {"began": date(2022, 3, 1), "ended": date(2022, 3, 15)}
    assert made.answer(**days, workdays=Decimal(8)).total == Decimal(800)


def test_a_span_without_an_end_is_judged_by_its_first_day(tmp_path: Path) -> None:
    answer = periods(tmp_path).answer(began=date(2022, 12, 30), workdays=Decimal(5))
    assert answer.total == Decimal(500)


def test_hours_told_for_several_workdays_are_shared_among_them(tmp_path: Path) -> None:
    pay = rule("WORKDAY", when="{day_kind: workday}", amount="{formula: 10 * overtime_hours}")
    made = tiny(tmp_path, pay, head="segments: days\nfacts: [day_kind, overtime_hours]")
    days = (date(2026, 11, 19), date(2026, 11, 20))
    assert made.answer(work_dates=days, overtime_hours=Decimal(6)).total == Decimal(60)
