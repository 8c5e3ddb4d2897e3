"""Early warning: what workers of the officer's scope asked in a closed week, in published figures.

Each table is a sum of whole classes of five workers and more (gongyou/desk/statistics); the page
takes no other question than which week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from aiohttp import web

from gongyou.desk.people.accounts import Person
from gongyou.desk.statistics.figures import sum_by, total
from gongyou.desk.statistics.reading import (
    fetch_alerts,
    fetch_counts,
    fetch_employer_names,
    fetch_weeks,
)
from gongyou.desk.statistics.weeks import WEEK, number_of
from gongyou.reporting import Bar, Line, columns_chart, rows_chart, tell_risk, tell_week
from gongyou.web.keys import CATALOGUE, DESK
from gongyou.web.requests import read_int
from gongyou.web.staff.access import permitted
from gongyou.web.staff.pages import render
from gongyou.web.threads import read_desk
from gongyou.weekly import WEEKS_SHOWN, Naming, Tables, to_risk

PAGE = "/desk/early-warning"
MOST_BARS = 10  # a table goes on where the chart ends


@dataclass(frozen=True)
class Part:
    """One table with its chart; `kind` names its headings in the template."""

    kind: str
    lines: Sequence[Line]
    chart: str


@dataclass(frozen=True)
class WeekLink:
    number: int
    span: str
    is_shown: bool


@dataclass(frozen=True)
class Overview:
    """The page. `monday` is None before any week was published."""

    monday: date | None
    span: str
    weeks: tuple[WeekLink, ...]
    workers: int
    before: int
    answered: int
    waiting: int
    untold: int
    risks: tuple[str, ...]
    parts: tuple[Part, ...]


@permitted("statistics.read")
async def show_early_warning(request: web.Request, person: Person) -> web.Response:
    asked = read_int(request.query.get("week"), 0, 0, 999_999)
    naming = Naming(request.app[CATALOGUE].rulebook)
    overview = await read_desk(request.app[DESK], _read, person, naming, asked)
    context = {"here": PAGE, "overview": overview}
    return render(request, person, "desk/oversight/early_warning.html", context)


def tell_span(monday: date) -> str:
    """11/9—11/15."""
    return f"{tell_week(monday)}—{tell_week(monday + timedelta(days=6))}"


def _read(session: Any, person: Person, naming: Naming, asked: int) -> Overview:
    """The week asked for, else the newest."""
    weeks = fetch_weeks(session, WEEKS_SHOWN)
    monday = next((one for one in weeks if number_of(one) == asked), weeks[-1] if weeks else None)
    counts = fetch_counts(session, person, weeks)
    now = [count for count in counts if count.monday == monday]
    before = [count for count in counts if monday and count.monday == monday - WEEK]
    keys = {count.employer for count in now if count.employer}
    tables = Tables(naming, fetch_employer_names(session, keys), now, before)
    alerts = fetch_alerts(session, person, [monday] if monday else [])
    answered = sum_by(now, lambda one: str(one.is_answered))
    by_week = sum_by(counts, lambda one: one.monday)
    return Overview(
        monday=monday,
        span=tell_span(monday) if monday else "",
        weeks=tuple(WeekLink(number_of(w), tell_span(w), w == monday) for w in reversed(weeks)),
        workers=total(now),
        before=total(before),
        answered=answered.get("True", 0),
        waiting=answered.get("False", 0),
        untold=answered.get("None", 0),
        risks=tuple(tell_risk(to_risk(alert, naming)) for alert in alerts),
        parts=(_weeks([(w, by_week.get(w, 0)) for w in weeks], monday), *_parts(tables)),
    )


def _weeks(totals: Sequence[tuple[date, int]], shown: date | None) -> Part:
    bars = [Bar(tell_week(monday), workers, monday == shown) for monday, workers in totals]
    lines = [Line(tell_span(monday), workers) for monday, workers in reversed(totals)]
    return Part("weeks", lines, columns_chart(bars))


def _parts(tables: Tables) -> list[Part]:
    found = {
        "topics": tables.topics(),
        "regions": tables.regions(),
        "employers": tables.employers(),
        "parks": tables.parks(),
    }
    return [Part(kind, lines, _bars(lines)) for kind, lines in found.items() if lines]


def _bars(lines: Sequence[Line]) -> str:
    return rows_chart([Bar(line.name, line.workers) for line in lines[:MOST_BARS]])
