"""Tickets as lines of the queue."""

from dataclasses import dataclass

from gongyou.casework.priority import reason_text
from gongyou.desk.people.accounts import Person
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.tickets.moves import read_statuses
from gongyou.desk.tickets.table import FOR_OFFICERS, Cause, Kind, TicketLine
from gongyou.web.staff.setting import Setting
from gongyou.web.staff.times import Said, show_time, tell_days_left, tell_promise, tell_until
from gongyou.web.texts import read_texts


@dataclass(frozen=True)
class Urgency:
    """A ticket's priority: its number, its name, and why."""

    level: int
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One line of the queue. `link`: "case", "routing", or "" for one that leads nowhere."""

    id: int
    kind: str
    topic: str
    region: str
    received: str
    status: str
    status_name: str
    urgency: Urgency
    deadline: Said | None
    promise: Said | None
    until: Said | None
    is_mine: bool
    is_fallen: bool
    has_news: bool
    link: str


def show_row(
    line: TicketLine, person: Person, setting: Setting, offer: Offer | None, has_news: bool
) -> Row:
    is_mine = line.person_id == person.id
    return Row(
        id=line.id,
        kind=show_kind(line.kind, line.cause),
        topic=setting.names.topic(line.topic),
        region=setting.names.region(line.region),
        received=show_time(line.created_at),
        status=line.status,
        status_name=read_statuses()[line.status],
        urgency=show_urgency(line.priority, line.reasons),
        deadline=tell_days_left(line.deadline_on, setting.today),
        promise=tell_promise(line.due_at, setting.now),
        until=tell_until(offer.expires_at, setting.now) if offer else None,
        is_mine=is_mine,
        is_fallen=line.fell_at is not None and not line.person_id,
        has_news=has_news and is_mine,
        link=_link(line, person, is_mine),
    )


def show_kind(kind: Kind, cause: Cause | None) -> str:
    """「法律援助」; 「要人看看（职工说没解决）」 where officers have it for a cause."""
    texts = read_texts()
    name = str(texts["ticket_kinds"][kind])
    if cause is None:
        return name
    return str(texts["kind_and_cause"]).format(kind=name, cause=texts["ticket_causes"][cause])


def show_urgency(priority: int, reasons: list[str]) -> Urgency:
    names = read_texts()["priorities"]
    return Urgency(priority, names[priority], tuple(filter(None, map(_reason, reasons))))


def _reason(key: str) -> str:
    """Nothing for a reason that priority.yaml has no more."""
    try:
        return reason_text(key)
    except KeyError:
        return ""


def _link(line: TicketLine, person: Person, is_mine: bool) -> str:
    if line.status == "withdrawn":
        return ""
    fallen = line.fell_at is not None and person.on_duty
    if is_mine or person.role == "lawyer" or line.kind in FOR_OFFICERS or fallen:
        return "case"
    return "routing"
