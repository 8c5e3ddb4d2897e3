"""An auditor's page: who did what to which case or account, and whether the trail is whole."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from gongyou.clock import CHINA
from gongyou.desk.audit import AuditEvent, record
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.people.naming import fetch_names
from gongyou.desk.trail import TrailPage, Wanted, fetch_trail, verify_trail
from gongyou.web import csrf
from gongyou.web.days import read_day
from gongyou.web.keys import CLOCK, DESK
from gongyou.web.requests import clean, read_int
from gongyou.web.staff.access import permitted
from gongyou.web.staff.pages import render
from gongyou.web.texts import read_texts, say
from gongyou.web.threads import in_desk, read_desk
from gongyou.web.times import show_time

PAGE = "/desk/trail"
SUBJECT = "trail:0"
FIELDS = ("kind", "number", "actor", "action", "day")


@dataclass(frozen=True)
class Line:
    """One event in words."""

    id: int
    at: str
    actor: str
    action: str
    subject: str


@permitted("audit.read")
async def show_trail(request: web.Request, person: Person) -> web.Response:
    """The look goes into the trail, too."""
    return await _page(request, person)


@permitted("audit.verify")
async def post_verify(request: web.Request, person: Person) -> web.Response:
    """Follow the whole chain of seals, and name the first event that is not as written."""
    await csrf.read_form(request)
    broken = await read_desk(request.app[DESK], verify_trail)
    now = request.app[CLOCK]()
    await in_desk(request.app[DESK], _record, person, "trail.verify", now)
    sentence = say("trail_broken", number=broken) if broken else say("trail_whole")
    return await _page(request, person, verdict=sentence, is_broken=broken is not None)


async def _page(
    request: web.Request, person: Person, verdict: str = "", is_broken: bool = False
) -> web.Response:
    typed = {name: clean(request.query.get(name, ""))[:64] for name in FIELDS}
    wanted, errors = _read_wanted(typed)
    before = read_int(request.query.get("before"), 0, 0, 2**53) or None
    now = request.app[CLOCK]()
    page, names = await in_desk(request.app[DESK], _read, person, wanted, before, now)
    lines = [_show(event, names) for event in page.events]
    older = {name: value for name, value in typed.items() if value}
    older |= {"before": str(lines[-1].id)} if lines else {}
    context = {
        "here": PAGE,
        "typed": typed,
        "errors": errors,
        "is_narrowed": any(typed.values()) or before is not None,
        "lines": lines,
        "older": f"{PAGE}?{urlencode(older)}" if page.more else "",
        "actors": read_texts()["trail_actors"] | names,
        "actions": read_texts()["trail_actions"],
        "kinds": read_texts()["trail_subjects"],
        "verdict": verdict,
        "is_broken": is_broken,
    }
    return render(request, person, "desk/oversight/trail.html", context, 400 if errors else 200)


def _read_wanted(typed: dict[str, str]) -> tuple[Wanted, dict[str, str]]:
    """What narrows the trail; a wrong field is named and otherwise left aside."""
    errors: dict[str, str] = {}
    subject, number = "", typed["number"]
    if number and not (number.isascii() and number.isdigit() and len(number) < 10):
        errors["number"] = say("trail_number", typed=number)
    elif number:
        subject = f"{typed['kind'] or 'ticket'}:{int(number)}"
    day = read_day(typed["day"])
    if typed["day"] and day is None:
        errors["day"] = say("rules_day", typed=typed["day"])
    since = datetime.combine(day, time(), CHINA) if day else None
    until = since + timedelta(days=1) if since else None
    return Wanted(subject, typed["actor"], typed["action"], since, until), errors


def _read(
    session: Any, person: Person, wanted: Wanted, before: int | None, now: datetime
) -> tuple[TrailPage, dict[str, str]]:
    _record(session, person, "trail.read", now)
    return fetch_trail(session, wanted, before), fetch_names(session)


def _record(session: Any, person: Person, action: str, now: datetime) -> None:
    record(session, actor_of(person), action, SUBJECT, now)


def _show(event: AuditEvent, names: dict[str, str]) -> Line:
    return Line(
        id=event.id,
        at=show_time(event.at),
        actor=_who(event.actor, names),
        action=read_texts()["trail_actions"].get(event.action, event.action),
        subject=_what(event.subject, names),
    )


def _who(actor: str, names: dict[str, str]) -> str:
    """「李律师」, 「职工」; one whom nobody knows as the trail has them."""
    return names.get(actor) or str(read_texts()["trail_actors"].get(actor, actor))


def _what(subject: str, names: dict[str, str]) -> str:
    """「工单 5 号」, 「李律师 · 账号 3 号」."""
    kind, _, number = subject.partition(":")
    word = read_texts()["trail_subjects"].get(kind)
    if word is None:
        return subject
    is_one = number.isdigit() and int(number) > 0
    shown = say("trail_subject", kind=word, number=number) if is_one else str(word)
    name = names.get(subject)
    return f"{name} · {shown}" if name else shown
