"""The legal deadlines of a worker's case, each in a few lines."""

from dataclasses import dataclass

from gongyou.casework.deadline import Deadline
from gongyou.desk.tickets.table import Ticket
from gongyou.rulebook.model import Basis
from gongyou.rulebook.model.text import day_text
from gongyou.web.case_deadlines import deadlines_of
from gongyou.web.texts import read_texts
from gongyou.web.times import Said, tell_days_left
from gongyou.web.worker.cases.own import Visit


@dataclass(frozen=True)
class DeadlineLine:
    """`day`: the last day in words, "" when there is none; `left`: how long that is."""

    title: str
    day: str
    left: Said | None
    says: str
    basis: str
    is_ahead: bool


def show_deadlines(ticket: Ticket, visit: Visit) -> list[DeadlineLine]:
    return [_line(one, visit) for one in deadlines_of(ticket, visit)]


def _line(one: Deadline, visit: Visit) -> DeadlineLine:
    words = read_texts()["own_case"]["deadlines"]
    is_ahead = one.last_day is not None and not one.is_over(visit.today)
    return DeadlineLine(
        title=words["employer"].format(title=one.title) if one.whose == "employer" else one.title,
        day=day_text(one.last_day) if one.last_day else "",
        left=tell_days_left(one.last_day, visit.today),
        says=one.reason or ("" if one.last_day else one.says or _needed(one, visit)),
        basis=_basis(one.basis) if one.basis else "",
        is_ahead=is_ahead,
    )


def _needed(one: Deadline, visit: Visit) -> str:
    """Which facts are missing; "" when none is."""
    if not one.needs:
        return ""
    labels = "」「".join(visit.rulebook.facts[name].label for name in one.needs)
    return str(read_texts()["own_case"]["deadlines"]["needs"]).format(labels=labels)


def _basis(basis: Basis) -> str:
    number = f"（{basis.number}）" if basis.number else ""
    return f"《{basis.document}》{number}{basis.article}"
