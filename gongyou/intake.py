"""What is worked out about a case as it comes in: how urgent, by when, what the law says.

The meeting of casework (the law) and the desk's promises, for the gateway and the actions.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gongyou.casework.case_facts import read_case_facts
from gongyou.casework.conclusion import conclude
from gongyou.casework.deadlines import find_deadlines, nearest_day
from gongyou.casework.priority import judge_priority
from gongyou.clock import CHINA
from gongyou.desk.routing.promises import answer_due, desk_hours
from gongyou.desk.tickets.opening import Judgement
from gongyou.desk.tickets.table import Kind
from gongyou.rulebook import Rulebook


def judge_case(
    rulebook: Rulebook,
    kind: Kind,
    topic: str,
    stored: Mapping[str, Any],
    now: datetime,
    today: date | None = None,
) -> Judgement:
    """Priority with its reasons, nearest legal deadline, promised answer, what the rulebook says.

    `stored`: facts in any shape a ticket keeps them in. `today`: instead of the clock's day.
    """
    day = today or now.astimezone(CHINA).date()
    facts = read_case_facts(rulebook, stored)
    deadlines = find_deadlines(rulebook, topic, facts, day)
    priority, reasons = judge_priority(topic, facts, deadlines, day)
    return Judgement(
        priority=priority,
        reasons=tuple(reasons),
        deadline_on=nearest_day(deadlines, day),
        conclusion=conclude(rulebook, topic, facts, day),
        due_at=promise(rulebook, kind, priority, now),
    )


def promise(rulebook: Rulebook, kind: Kind, priority: int, now: datetime) -> datetime:
    """By when whoever is asked now is promised an answer."""
    return answer_due(kind, priority, now, desk_hours(rulebook.calendar.is_workday))
