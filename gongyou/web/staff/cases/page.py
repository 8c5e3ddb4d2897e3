"""The case page: an offer before acceptance, the whole case after."""

from typing import Any

from aiohttp import web

from gongyou.casework.calendar_file import render_ics
from gongyou.casework.documents import list_documents
from gongyou.desk.calls.calls import is_by_phone
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.routing.transferring import fetch_pending
from gongyou.desk.tickets.moves import HELD, outcomes_of, read_outcomes
from gongyou.desk.tickets.reading import fetch_ticket
from gongyou.desk.tickets.standing import reads_content
from gongyou.desk.tickets.table import Ticket
from gongyou.desk.tickets.talk import fetch_news, mark_of
from gongyou.web import csrf
from gongyou.web.case_deadlines import deadlines_of
from gongyou.web.errors import NotFound
from gongyou.web.keys import DESK
from gongyou.web.requests import TEXT_LIMIT, read_int
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases.address import teach_path, ticket_id
from gongyou.web.staff.cases.aid import read_papers
from gongyou.web.staff.cases.head import show_head
from gongyou.web.staff.cases.next_step import next_sentence, open_steps
from gongyou.web.staff.cases.parts import read_files, read_versions, show_offer
from gongyou.web.staff.cases.refusals import show_gone
from gongyou.web.staff.cases.step_forms import LIMITS
from gongyou.web.staff.cases.transcript import Transcript, read_transcript
from gongyou.web.staff.cases.view import (
    CaseView,
    Content,
    show_conclusion,
    show_deadline,
    show_facts,
)
from gongyou.web.staff.pages import render
from gongyou.web.staff.review.ready import read_ready
from gongyou.web.staff.review.tools_view import read_tools
from gongyou.web.texts import call_person, read_texts
from gongyou.web.threads import in_desk, read_desk
from gongyou.web.times import show_time

HIGHEST_ID = 2**53


@permitted("ticket.read")
async def show_case(request: web.Request, person: Person) -> web.Response:
    """Everything this person may see of one case; the look goes into the audit trail."""
    before = read_int(request.query.get("before"), 0, 0, HIGHEST_ID) or None
    number, setting = ticket_id(request), setting_of(request)
    view = await in_desk(request.app[DESK], _read, number, person, setting, before)
    if view is None:
        return await show_gone(request, person)
    context = {
        "case": view,
        "documents": list_documents() if view.content else (),
        "limit": TEXT_LIMIT,
        "limits": LIMITS,
        "key": csrf.new_key(),
        "teach": "" if view.is_care else teach_path(number, person),
        "prefill": view.ready.find(request.query.get("canned", "")) if view.ready else "",
    }
    return render(request, person, "desk/cases/case.html", context)


@permitted("ticket.read")
async def get_news(request: web.Request, person: Person) -> web.Response:
    """How many messages came after the last one on the page, and a mark of everything else."""
    after = read_int(request.query.get("after"), 0, 0, HIGHEST_ID)
    news = await read_desk(request.app[DESK], fetch_news, ticket_id(request), person, after)
    if news is None:
        raise NotFound("ticket_missing")
    return web.json_response({"count": news.count, "mark": news.mark})


@permitted("ticket.read")
async def get_calendar(request: web.Request, person: Person) -> web.Response:
    """The legal deadlines as an .ics file, which holds their names and days only."""
    number, setting = ticket_id(request), setting_of(request)
    ticket = await in_desk(request.app[DESK], fetch_ticket, number, person, setting.now)
    if ticket is None:
        raise NotFound("ticket_missing")
    seed = f"ticket:{number}"
    body = render_ics(deadlines_of(ticket, setting), seed=seed, now=setting.now)
    name = f"attachment; filename=deadlines-{number}.ics"
    return web.Response(
        body=body, content_type="text/calendar", headers={"Content-Disposition": name}
    )


def _read(
    session: Any, number: int, person: Person, setting: Setting, before: int | None
) -> CaseView | None:
    ticket = fetch_ticket(session, number, person, setting.now)
    if ticket is None:
        return None
    is_mine = ticket.person_id == person.id
    offer = fetch_pending(session, [number]).get(number)
    is_asked = offer is not None and offer.person_id == person.id
    reads = reads_content(ticket, person)
    transcript = read_transcript(session, ticket, before) if reads else None
    content = _content(session, ticket, is_mine, setting, transcript) if transcript else None
    return _view(session, ticket, person, setting, offer if is_asked else None, content)


def _content(
    session: Any, ticket: Ticket, is_mine: bool, setting: Setting, transcript: Transcript
) -> Content:
    """Words, contact and employer are for the one who took the case, a review's words for all."""
    return Content(
        summary=ticket.summary,
        words=ticket.words if is_mine or ticket.kind == "review" else "",
        contact=ticket.contact if is_mine else "",
        employer=ticket.employer if is_mine else "",
        by_phone=is_by_phone(session, ticket.conversation_id),
        consent=show_time(ticket.consent_at) if ticket.consent_at else "",
        consent_to=read_texts()["consent_to"][ticket.kind],
        conclusion=show_conclusion(ticket, setting),
        transcript=transcript,
        versions=read_versions(session, ticket, setting.names),
        files=read_files(session, ticket.id),
        papers=read_papers(session, ticket.id),
    )


def _view(
    session: Any,
    ticket: Ticket,
    person: Person,
    setting: Setting,
    offer: Offer | None,
    content: Content | None,
) -> CaseView:
    deadlines = (show_deadline(one, setting) for one in deadlines_of(ticket, setting))
    steps = open_steps(ticket, person)
    return CaseView(
        **vars(show_head(ticket, setting)),
        next=next_sentence(ticket, person, _holder(session, ticket)),
        ending=read_outcomes().get(ticket.outcome or "", "") if ticket.status == "closed" else "",
        transfer_note=(ticket.transfer_note or "") if content else "",
        note=(ticket.closing_note or "") if content and ticket.status == "closed" else "",
        is_mine=ticket.person_id == person.id,
        facts=show_facts(ticket, setting, content.transcript if content else None),
        deadlines=tuple(deadlines),
        offer=show_offer(ticket, offer, setting) if offer else None,
        content=content,
        steps=steps,
        mark=mark_of(session, ticket, person),
        outcomes=outcomes_of(ticket.kind),
        tools=read_tools(session, ticket, person, setting) if content else None,
        ready=read_ready(session, ticket, person, setting) if "reply" in steps else None,
    )


def _holder(session: Any, ticket: Ticket) -> str:
    """李律师; "" when nobody has it in hand."""
    if ticket.status not in HELD:
        return ""
    people = fetch_people(session, [ticket.person_id])
    return next((call_person(one.role, one.name) for one in people.values()), "")
