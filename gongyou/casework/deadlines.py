"""The deadlines of a case. Periods, articles and their days in force are the rulebook's.

What a case gives for them, fact by fact, stands in deadlines.yaml; `plans.py` reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gongyou.casework.deadline import Certainty, Deadline
from gongyou.casework.periods import judge_period
from gongyou.casework.plans import read_plans
from gongyou.casework.windows import find_windows
from gongyou.rulebook import FactValue, Rulebook

__all__ = ["Certainty", "Deadline", "find_deadlines", "nearest_day"]


def find_deadlines(
    rulebook: Rulebook, topic: str, facts: Mapping[str, FactValue], today: date
) -> list[Deadline]:
    """What matters to the case: open ones nearest first, then undated, then ended ones."""
    plans = read_plans()
    judged = (
        judge_period(rulebook, plan, facts, today)
        for plan in plans.periods
        if plan.matters(topic, facts)
    )
    found = [deadline for deadline in judged if deadline is not None]
    found += find_windows(rulebook, topic, facts, today)
    return sorted(found, key=lambda one: _place(one, today))


def nearest_day(deadlines: Sequence[Deadline], today: date) -> date | None:
    """The nearest last day on which the worker can still act; None when there is none."""
    days = [one.last_day for one in deadlines if one.whose == "worker" and not one.is_over(today)]
    return min((day for day in days if day is not None), default=None)


def _place(deadline: Deadline, today: date) -> tuple[int, int]:
    """Open ones by their day, undated ones, ended ones with the latest first."""
    left = deadline.days_left(today)
    if left is None:
        return (1, 0)
    return (0, left) if left >= 0 else (2, -left)
