"""What every page and list of the desk shows of a ticket first; nothing that is encrypted."""

from dataclasses import dataclass

from gongyou.casework.priority import reason_text
from gongyou.desk.tickets.moves import read_statuses
from gongyou.desk.tickets.table import Cause, Kind, Ticket, TicketLine
from gongyou.web.setting import Setting
from gongyou.web.texts import read_texts
from gongyou.web.times import Said, show_time, tell_promise


@dataclass(frozen=True)
class Urgency:
    """A ticket's priority: its number, its name, and why."""

    level: int
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Head:
    """What it is about, where it stands, by when an answer is promised."""

    id: int
    kind: str
    topic: str
    region: str
    received: str
    status: str
    status_name: str
    urgency: Urgency
    promise: Said | None
    is_care: bool


def show_head(ticket: Ticket | TicketLine, setting: Setting) -> Head:
    return Head(
        id=ticket.id,
        kind=_kind(ticket.kind, ticket.cause),
        topic=setting.names.topic(ticket.topic),
        region=setting.names.region(ticket.region),
        received=show_time(ticket.created_at),
        status=ticket.status,
        status_name=read_statuses()[ticket.status],
        urgency=show_urgency(ticket.priority, ticket.reasons),
        promise=tell_promise(ticket.due_at, setting.now),
        is_care=ticket.is_care,
    )


def _kind(kind: Kind, cause: Cause | None) -> str:
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
