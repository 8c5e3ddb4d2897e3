"""Tickets as lines of the queue."""

from dataclasses import dataclass

from gongyou.desk.people.accounts import Person
from gongyou.desk.review.marks import Marks
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.tickets.table import FOR_OFFICERS, TicketLine
from gongyou.web.setting import Setting
from gongyou.web.staff.cases.head import Head, show_head
from gongyou.web.staff.review.words import tell_later, tell_waiting
from gongyou.web.times import Said, tell_days_left, tell_until


@dataclass(frozen=True)
class Row(Head):
    """One line of the queue. `link`: "case", "routing", or "" for one that leads nowhere."""

    deadline: Said | None
    until: Said | None
    is_mine: bool
    is_fallen: bool
    has_news: bool
    link: str
    waiting: str
    is_flagged: bool
    tags: tuple[str, ...]
    later: Said | None


def show_row(
    line: TicketLine,
    person: Person,
    setting: Setting,
    offer: Offer | None,
    has_news: bool,
    marks: Marks,
) -> Row:
    is_saved = line.id in marks.saved
    is_mine = line.person_id == person.id
    return Row(
        **vars(show_head(line, setting)),
        deadline=tell_days_left(line.deadline_on, setting.today),
        until=tell_until(offer.expires_at, setting.now) if offer else None,
        is_mine=is_mine,
        is_fallen=line.fell_at is not None and not line.person_id,
        has_news=has_news and is_mine,
        link=_link(line, person, is_mine),
        waiting=tell_waiting(line, setting.now),
        is_flagged=line.id in marks.flagged,
        tags=tuple(marks.tags.get(line.id, ())),
        later=tell_later(marks.saved[line.id], setting.today) if is_saved else None,
    )


def _link(line: TicketLine, person: Person, is_mine: bool) -> str:
    if line.status == "withdrawn":
        return ""
    fallen = line.fell_at is not None and (person.on_duty or (line.is_care and person.cares))
    if is_mine or person.role == "lawyer" or line.kind in FOR_OFFICERS or fallen:
        return "case"
    return "routing"
