"""A town's workers for the tests of statistics: who asked, when, where, about what."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.statistics.classes import Domain
from gongyou.desk.statistics.snapshots import publish_week
from gongyou.desk.statistics.weeks import start_of
from gongyou.desk.tickets.opening import Employer, open_ticket
from gongyou.desk.tickets.table import Ticket

WEEK = date(2026, 11, 9)  # a Monday; the tests' now is Saturday, 21 November
NEXT = date(2026, 11, 16)
DOMAIN = Domain(topics=34, provinces=34, cities={"410000": 18, "320000": 13})


def at(monday: date, hours: int = 30) -> datetime:
    return start_of(monday) + timedelta(hours=hours)


def ask(
    session: Session,
    number: int,
    monday: date = WEEK,
    employer: str = "",
    answered: bool = False,
    **changed: Any,
) -> list[Ticket]:
    """So many workers open a ticket each in that week, about unpaid wages in 焦作."""
    opened = []
    for _ in range(number):
        chat = open_conversation(session, at(monday))[0].id
        ticket = add_ticket(session, chat, at(monday), employer=Employer(employer), **changed)
        ticket.answered_at = at(monday) if answered else None
        opened.append(ticket)
    session.flush()
    return opened


def add_ticket(session: Session, chat: str, now: datetime, **changed: Any) -> Ticket:
    """One ticket in a chat, with whatever the test changes about it."""
    given: dict[str, Any] = {
        "kind": "legal_aid",
        "topic": "wage_arrears",
        "region": "410800",
        "facts": {},
        "summary": "",
        "words": "",
        "contact": "",
        "consent": True,
        "idempotency_key": chat[:40],
    }
    return open_ticket(session, chat, now=now, **given | changed).ticket


def publish(session: Session, monday: date = WEEK, domain: Domain = DOMAIN) -> bool:
    return publish_week(session, monday, domain, at(monday, 24 * 7 + 1))


def random_town(draw: random.Random) -> list[dict[str, Any]]:
    """What some 150 workers ask in a week: uneven, so that many cells are small."""
    regions = ["410800", "410802", "410100", "410300", "320500", "320000", "000000", "110105"]
    topics = ["wage_arrears", "overtime_pay", "sick_pay", "work_injury", "contract", "crisis"]
    names = ["", "", "宏达机械厂", "明亮电子", "东风制衣", "南山物流", "北河食品"]
    weights = (9, 5, 4, 3, 2, 1, 1, 2)
    return [
        {
            "region": draw.choices(regions, weights)[0],
            "topic": draw.choices(topics, (9, 5, 3, 2, 1, 1))[0],
            "employer": draw.choice(names),
        }
        for _ in range(draw.randrange(80, 200))
    ]
