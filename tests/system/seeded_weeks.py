"""Twelve published weeks of a province, for the pages and reports that show them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from gongyou.desk.statistics.alerts import put_alerts
from gongyou.desk.statistics.table import Week, WeeklyCount
from gongyou.desk.statistics.weeks import WEEK, start_of

LAST = date(2026, 11, 16)
CITIES = ("410800", "410100", "410300", "419001", "410000", "000000")
TOPICS = ("wage_arrears", "overtime_pay", "social_insurance", "work_injury", "sick_pay", None)
NAMES = ("宏达", "明亮", "东风制衣", "南山物流配送服务")


def publish_weeks(session: Session) -> None:
    """More each week; in the fourth nobody comes; 宏达 has trouble in the last."""
    for number in range(12):
        monday = LAST - WEEK * (11 - number)
        made = start_of(monday) + timedelta(days=7, minutes=1)
        session.add(Week(monday=monday, made_at=made))
        session.flush()
        if number != 3:
            session.add_all(WeeklyCount(monday=monday, **row) for row in _rows(number))
            session.flush()
        put_alerts(session, monday, made)


def _rows(number: int) -> Iterator[dict[str, Any]]:
    blank: dict[str, Any] = dict.fromkeys(("park", "employer_key", "employer", "is_answered"))
    for place, region in enumerate(CITIES):
        for row, topic in enumerate(TOPICS):
            if (place * row) % 4 == 0:
                workers = max(5, 9 + number // 2 - 2 * row - place)
                yield blank | {"region": region, "topic": topic, "workers": workers}
    for row, name in enumerate(NAMES):
        if (number + row) % 2 or row == 0:
            told = {"employer": name, "employer_key": f"key{row}", "is_answered": row % 2 == 0}
            told |= {"park": "焦作高新区电子产业园" if row < 2 else None, "topic": TOPICS[row]}
            workers = 27 if (number, row) == (11, 0) else 6 + row
            yield blank | told | {"region": "410800", "workers": workers}
