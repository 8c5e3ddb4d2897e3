"""The ways of cutting, by the name a topic's `segments` gives."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from gongyou.rulebook.judging.conditions import judge
from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.judging.pay_cycles import pay_cycles
from gongyou.rulebook.judging.segments import Cut, Segment, Segmenter, piece, whole
from gongyou.rulebook.model import Rule, Topic
from gongyou.rulebook.model.formula import Value
from gongyou.rulebook.model.regions import chain

_DAY: Final = timedelta(days=1)


def days(topic: Topic, known: Known) -> Cut:
    """Each of `work_dates` by itself, with its kind by the official calendar."""
    told = known.get("work_dates")
    if not isinstance(told, tuple):
        return whole(topic, known)
    compensated = known.get("compensated_dates")
    lieu = compensated if isinstance(compensated, tuple) else ()
    hours = _hours_each(known, told)
    return Cut(tuple(_day(known, d, n, d in lieu, hours) for n, d in enumerate(sorted(told), 1)))


def _hours_each(known: Known, told: tuple[date, ...]) -> dict[str, Value]:
    """Overtime hours are told for all workdays together: each takes its share."""
    hours = known.get("overtime_hours")
    workdays = sum(known.calendar.kind(day) == "workday" for day in told)
    return {"overtime_hours": hours / workdays} if isinstance(hours, Decimal) and workdays else {}


def _day(known: Known, day: date, number: int, lieu: bool, hours: Mapping[str, Value]) -> Segment:
    kind = known.calendar.kind(day)
    facts = {"overtime_days": Decimal(1), "compensated": "yes" if lieu else "no"}
    numbers = {"overtime_days": Decimal(1), **hours}
    if kind is not None:
        facts |= {"day_kind": kind}
    return Segment(day, day + _DAY, day, day + _DAY, number, "day", facts, numbers)


def law_periods(topic: Topic, known: Known) -> Cut:
    """The topic's span cut on the days on which its rules begin or end.

    `span` names the first day, the first day after, and the fact that counts its workdays.
    """
    names = (*topic.span, "", "", "")
    since, until = known.get(names[0]), known.get(names[1])
    if not isinstance(since, date):
        return whole(topic, known)
    if not isinstance(until, date):
        return Cut((piece(since, since + _DAY, 1, "whole"),))
    bounds = [since, *_changes(topic, known, since, until), until]
    if len(bounds) == 2:
        return Cut((piece(since, until, 1, "period"),))
    return Cut(
        tuple(
            _period(known, start, end, number, names[2])
            for number, (start, end) in enumerate(itertools.pairwise(bounds), 1)
        )
    )


def _period(known: Known, since: date, until: date, number: int, workdays: str) -> Segment:
    numbers = {workdays: known.workdays(since, until)}
    return Segment(since, until, since, until, number, "period", {}, numbers)


def _changes(topic: Topic, known: Known, since: date, until: date) -> list[date]:
    """Days inside the span on which a paying rule of the region begins or ends."""
    places = chain(known.region)
    ends = {
        day
        for rule in topic.rules
        if rule.amount is not None and rule.region in places and _may_hold(rule, topic, known)
        for day in (rule.since, rule.until)
        if day is not None and since < day < until
    }
    return sorted(ends)


def _may_hold(rule: Rule, topic: Topic, known: Known) -> bool:
    return judge(rule.when, known, {}, topic.facts).holds is not False


SEGMENTERS: Final[Mapping[str, Segmenter]] = {
    "whole": whole,
    "pay_cycles": pay_cycles,
    "days": days,
    "law_periods": law_periods,
}
