"""Weekly reports to download: those made each Monday, and any other whole region on demand."""

from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from gongyou.desk.audit import record
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.statistics.reading import fetch_weeks
from gongyou.desk.statistics.sight import may_report
from gongyou.desk.statistics.weeks import monday_of, number_of
from gongyou.reporting import report_name
from gongyou.rulebook import NATION
from gongyou.web.errors import NotFound
from gongyou.web.files import send_bytes
from gongyou.web.keys import CATALOGUE, CLOCK, DESK, NAMES
from gongyou.web.staff.access import permitted
from gongyou.web.staff.oversight.early_warning import tell_span
from gongyou.web.staff.pages import render
from gongyou.web.threads import in_desk, read_desk
from gongyou.weekly import WEEKS_SHOWN, Naming, get_report

PAGE = "/desk/reports"
PLACE_LONGEST: Final = 40  # characters
OFFICE: Final = "application/vnd.openxmlformats-officedocument"
MEDIA: Final = {
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class RegionReports:
    """One region's weeks: number and span of each."""

    region: str
    name: str
    weeks: tuple[tuple[int, str], ...]


@permitted("report.read")
async def show_reports(request: web.Request, person: Person) -> web.Response:
    """The person's regions, or the place they asked for."""
    naming = Naming(request.app[CATALOGUE].rulebook)
    place = request.query.get("place", "").strip()[:PLACE_LONGEST]
    code = _code(request, place) if place else ""
    wanted = [code] if place else person.regions
    regions = [one for one in wanted if naming.is_reported(one) and may_report(person, one)]
    weeks = await read_desk(request.app[DESK], fetch_weeks, WEEKS_SHOWN)
    lines = tuple((number_of(monday), tell_span(monday)) for monday in reversed(weeks))
    context = {
        "here": PAGE,
        "place": place,
        "regions": [
            RegionReports(region, naming.region(region, is_whole=True), lines) for region in regions
        ],
        "has_weeks": bool(weeks),
        "is_enterprise": bool(person.employer),
    }
    return render(request, person, "desk/oversight/reports.html", context)


@permitted("report.read")
async def get_document(request: web.Request, person: Person) -> web.Response:
    return await _send(request, person, "docx")


@permitted("report.read")
async def get_workbook(request: web.Request, person: Person) -> web.Response:
    return await _send(request, person, "xlsx")


async def _send(request: web.Request, person: Person, kind: str) -> web.Response:
    """The file. Raises NotFound for a week or region the person has no report of."""
    found = request.match_info
    region = found["region"]
    naming, now = Naming(request.app[CATALOGUE].rulebook), request.app[CLOCK]()
    if not naming.is_reported(region) or not may_report(person, region):
        raise NotFound("report_missing")
    work = in_desk(request.app[DESK], _fetch, person, naming, int(found["week"]), region, kind, now)
    name, content = await work
    return send_bytes(f"{name}.{kind}", MEDIA[kind], content)


def _code(request: web.Request, place: str) -> str:
    """The code of a place as somebody wrote it; "" when there is no one such place."""
    naming = Naming(request.app[CATALOGUE].rulebook)
    if place == naming.region(NATION, is_whole=True):
        return NATION
    code = request.app[NAMES].region_code(place)
    return "" if code == NATION else code


def _fetch(
    session: Any, person: Person, naming: Naming, week: int, region: str, kind: str, now: Any
) -> tuple[str, bytes]:
    try:
        monday = monday_of(week)
    except ValueError:
        raise NotFound("report_missing") from None
    report = get_report(session, naming, monday, region, now)
    if report is None:
        raise NotFound("report_missing")
    record(session, actor_of(person), "report.read", f"week:{week}", now)
    name = report_name(naming.region(region, is_whole=True), monday)
    return name, report.document if kind == "docx" else report.workbook
