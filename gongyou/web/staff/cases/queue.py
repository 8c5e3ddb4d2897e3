"""The queue: what waits to be taken, what one has in hand, what is done."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from gongyou.desk.audit import record
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.review.marks import fetch_marks
from gongyou.desk.routing.transferring import fetch_pending
from gongyou.desk.tickets.reading import (
    MOST_COUNTED,
    Tab,
    count_causes,
    count_tickets,
    fetch_tickets,
)
from gongyou.desk.tickets.talk import find_news
from gongyou.web.keys import DESK
from gongyou.web.requests import read_int
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases.lines import Row, show_row
from gongyou.web.staff.pages import render
from gongyou.web.staff.review.queue_filter import (
    CauseLink,
    QueueFilter,
    read_queue_filter,
    show_causes,
)
from gongyou.web.texts import read_texts
from gongyou.web.threads import in_desk

TABS: dict[str, tuple[Tab, ...]] = {
    "lawyer": ("todo", "mine", "done"),
    "officer": ("todo", "mine", "later", "all", "done"),
}
CARE_TABS: tuple[Tab, ...] = ("care", *TABS["officer"])
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Tabbed:
    """A tab with its name and how many lines it has: 3, or 99+."""

    name: Tab
    title: str
    count: str


@dataclass(frozen=True)
class Queue:
    """One page (from 1) of one tab."""

    tab: Tab
    tabs: tuple[Tabbed, ...]
    rows: tuple[Row, ...]
    page: int
    more: bool
    filter: QueueFilter
    causes: tuple[CauseLink, ...]


@permitted("tickets.list")
async def show_queue(request: web.Request, person: Person) -> web.Response:
    """`?tab=`, `&page=`, and what narrows the tab (review/queue_filter.py).

    The look goes into the audit trail.
    """
    page = read_int(request.query.get("page"), 1, 1, LAST_PAGE)
    wanted = request.query.get("tab", "")
    setting = setting_of(request)
    narrow = read_queue_filter(request.query, person, setting.catalogue.places, setting.now)
    queue = await in_desk(request.app[DESK], _read, person, wanted, page, setting, narrow)
    texts = read_texts()
    context = {"queue": queue, "waits": texts["queue_waited"], "orders": texts["queue_orders"]}
    return render(request, person, "desk/cases/queue.html", context)


def _read(
    session: Any, person: Person, wanted: str, page: int, setting: Setting, narrow: QueueFilter
) -> Queue:
    record(session, actor_of(person), "tickets.list", actor_of(person), setting.now)
    tabs = CARE_TABS if person.cares else TABS[person.role]
    counts = {tab: count_tickets(session, person, tab) for tab in tabs}
    tab = next((one for one in tabs if one == wanted), None) or _first(counts)
    found = fetch_tickets(session, person, tab, page - 1, narrow.wanted)
    numbers = [line.id for line in found.lines]
    offers, marks = fetch_pending(session, numbers), fetch_marks(session, person, numbers)
    news = find_news(session, found.lines) if tab == "mine" else frozenset[int]()
    rows = (
        show_row(line, person, setting, offers.get(line.id), line.id in news, marks)
        for line in found.lines
    )
    is_officer = person.role == "officer"
    causes = count_causes(session, person, tab, narrow.wanted) if is_officer else {}
    return Queue(
        tab=tab,
        tabs=tuple(_tabbed(*one) for one in counts.items()),
        rows=tuple(rows),
        page=page,
        more=found.more,
        filter=narrow,
        causes=show_causes(causes, narrow, tab, MOST_COUNTED),
    )


def _first(counts: dict[Tab, int]) -> Tab:
    """Who is in distress comes first, then what waits; with nothing waiting, what is in hand."""
    if counts.get("care"):
        return "care"
    return "mine" if not counts["todo"] and counts["mine"] else "todo"


def _tabbed(tab: Tab, count: int) -> Tabbed:
    shown = f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)
    return Tabbed(tab, read_texts()["queue_tabs"][tab], shown)
