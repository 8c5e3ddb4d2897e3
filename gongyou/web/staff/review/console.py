"""The live page of one conversation: the officer steps in, writes, hands back to the bot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from gongyou.desk.calls.calls import is_by_phone
from gongyou.desk.errors import NotAllowed, Refused, WrongState
from gongyou.desk.errors import NotFound as NoSuchTicket
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.tickets.moves import HELD, read_statuses
from gongyou.desk.tickets.reading import fetch_ticket, fetch_tickets
from gongyou.desk.tickets.standing import fetch_standing, reads_content
from gongyou.desk.tickets.table import Ticket
from gongyou.desk.tickets.talk import find_news
from gongyou.web import csrf
from gongyou.web.errors import NotFound
from gongyou.web.keys import DESK, NOTIFIER
from gongyou.web.requests import KEY, TEXT_LIMIT, read_int
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases import steps
from gongyou.web.staff.cases.address import case_path, teach_path, ticket_id
from gongyou.web.staff.cases.head import Urgency, show_urgency
from gongyou.web.staff.cases.next_step import open_steps
from gongyou.web.staff.cases.refusals import show_gone, show_refusal
from gongyou.web.staff.cases.steps import Step
from gongyou.web.staff.cases.transcript import Transcript, read_transcript
from gongyou.web.staff.cases.view import FactLine, show_facts
from gongyou.web.staff.pages import back_to, render
from gongyou.web.staff.review.console_steps import give_back, take_word
from gongyou.web.staff.review.ready import ReadyAnswers, read_ready
from gongyou.web.staff.review.tools_view import ToolsView, read_tools
from gongyou.web.texts import call_person, read_texts
from gongyou.web.threads import in_desk, read_desk

HIGHEST = 2**31 - 1


@dataclass(frozen=True)
class Console:
    """The page as it is first shown; from then on the stream tells."""

    id: int
    kind: str
    topic: str
    region: str
    status: str
    status_name: str
    urgency: Urgency
    holder: str
    is_mine: bool
    is_care: bool
    by_phone: bool
    steps: frozenset[str]
    facts: tuple[FactLine, ...]
    transcript: Transcript
    tools: ToolsView | None
    ready: ReadyAnswers | None


def live_path(number: int) -> str:
    return f"{case_path(number)}/live"


@permitted("ticket.read")
async def show_console(request: web.Request, person: Person) -> web.Response:
    """The newest of the chat, and the line to write in; the look goes into the audit trail."""
    number, setting = ticket_id(request), setting_of(request)
    view = await in_desk(request.app[DESK], _read, number, person, setting)
    if view is None:
        return await show_gone(request, person)
    is_late = "late" in request.query and bool(view.holder) and not view.is_mine
    context = {
        "live": view,
        "limit": TEXT_LIMIT,
        "key": csrf.new_key(),
        "teach": "" if view.is_care else teach_path(number, person),
        "is_late": is_late,
        "prefill": view.ready.find(request.query.get("canned", "")) if view.ready else "",
    }
    return render(request, person, "desk/review/console.html", context)


@permitted("ticket.accept")
async def post_accept(request: web.Request, person: Person) -> web.StreamResponse:
    """Of two who press at once one gets it; the other's page says who.

    Lawyers take a case on its own page, which asks whether they are bound to the employer.
    """
    form, path = await csrf.read_form(request), live_path(ticket_id(request))
    step, is_free = _step(request, person, form), person.role != "lawyer"
    try:
        chat = await in_desk(request.app[DESK], steps.accept, step, is_free)
    except (WrongState, NotAllowed, NoSuchTicket):
        if await read_desk(request.app[DESK], fetch_standing, step.ticket_id, person) is None:
            raise NotFound("ticket_missing") from None
        return back_to(f"{path}?late=yes")
    request.app[NOTIFIER].notify(chat)
    return back_to(path)


@permitted("ticket.hand_back")
async def post_back(request: web.Request, person: Person) -> web.StreamResponse:
    """The bot answers from now on; the ticket stays with its holder."""
    return await _do(request, person, give_back)


@permitted("ticket.hand_back")
async def post_step_in(request: web.Request, person: Person) -> web.StreamResponse:
    """The holder answers again."""
    return await _do(request, person, take_word)


@permitted("tickets.list")
async def get_next(request: web.Request, person: Person) -> web.StreamResponse:
    """The next conversation: one's own with news first, then one's own, then what waits."""
    here = read_int(request.query.get("from"), 0, 0, HIGHEST)
    number = await read_desk(request.app[DESK], _find_next, person, here)
    return back_to(live_path(number) if number else "/desk")


async def _do(request: web.Request, person: Person, work: Callable[..., str]) -> web.StreamResponse:
    form = await csrf.read_form(request)
    try:
        chat = await in_desk(request.app[DESK], work, _step(request, person, form))
    except Refused as error:
        return await show_refusal(request, person, "live", error)
    request.app[NOTIFIER].notify(chat)
    return back_to(live_path(ticket_id(request)))


def _step(request: web.Request, person: Person, form: dict[str, str]) -> Step:
    key = form.get("key", "")
    kept = key if KEY.fullmatch(key) else csrf.new_key()
    return Step(ticket_id(request), person, kept, setting_of(request))


def _read(session: Any, number: int, person: Person, setting: Setting) -> Console | None:
    ticket = fetch_ticket(session, number, person, setting.now)
    if ticket is None or not reads_content(ticket, person):
        return None
    transcript = read_transcript(session, ticket, None)
    is_mine = ticket.person_id == person.id and ticket.status in HELD
    return Console(
        id=ticket.id,
        kind=read_texts()["ticket_kinds"][ticket.kind],
        topic=setting.names.topic(ticket.topic),
        region=setting.names.region(ticket.region),
        status=ticket.status,
        status_name=read_statuses()[ticket.status],
        urgency=show_urgency(ticket.priority, ticket.reasons),
        holder=_holder(session, ticket),
        is_mine=is_mine,
        is_care=ticket.is_care,
        by_phone=is_by_phone(session, ticket.conversation_id),
        steps=open_steps(ticket, person),
        facts=show_facts(ticket, setting, transcript),
        transcript=transcript,
        tools=read_tools(session, ticket, person, setting),
        ready=read_ready(session, ticket, person, setting) if is_mine else None,
    )


def _holder(session: Any, ticket: Ticket) -> str:
    if ticket.status not in HELD:
        return ""
    people = fetch_people(session, [ticket.person_id]).values()
    return next((call_person(one.role, one.name) for one in people), "")


def _find_next(session: Any, person: Person, here: int) -> int:
    """0 when there is nothing else to do."""
    mine = fetch_tickets(session, person, "mine").lines
    news = find_news(session, mine)
    waiting = () if person.role == "lawyer" else fetch_tickets(session, person, "todo").lines
    numbers = [line.id for line in mine]
    around = numbers.index(here) + 1 if here in numbers else 0
    cycle = numbers[around:] + numbers[:around]
    ordered = [
        *(one for one in cycle if one in news),
        *cycle,
        *(line.id for line in waiting),
    ]
    return next((one for one in ordered if one != here), 0)
