"""Small sentences of the officers' tools: when to look again, how long somebody has waited."""

from datetime import date, datetime

from gongyou.desk.tickets.table import TicketLine
from gongyou.rulebook.model.text import day_text
from gongyou.web.texts import read_texts
from gongyou.web.times import Said, Tone, tell_span

OWED = ("opened", "offered", "accepted")  # states in which the worker waits for the desk


def tell_later(until: date | None, today: date) -> Said:
    """「稍后看」; 「2026年11月25日再看」; today stands out, and so does a day that is past."""
    words = read_texts()["later_words"]
    if until is None:
        return Said(words["open"])
    tone: Tone = "calm" if until > today else "near" if until == today else "late"
    return Said(words[tone].format(day=day_text(until)), tone)


def tell_waiting(line: TicketLine, now: datetime) -> str:
    """「等了 3 小时」; "" for who does not wait for the desk."""
    if line.status not in OWED:
        return ""
    span = tell_span(now - (line.asked_at or line.created_at))
    return str(read_texts()["queue_waiting"]).format(span=span)
